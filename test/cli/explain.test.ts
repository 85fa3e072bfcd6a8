import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { accountFindings } from '../../src/cli/commands/account/findings.js'
import { causes } from '../../src/cli/commands/doctor/causes.js'
import { checks } from '../../src/cli/commands/doctor/run-checks.js'
import { codeSources, listCodes } from '../../src/cli/commands/explain/sources.js'
import { locatePage } from '../../src/cli/shared/package.js'
import { findings } from '../../src/diagnose/findings.js'
import { outcomes } from '../../src/receiver/outcome.js'
import { runCli } from '../support/cli.js'

describe('explain with a code', () => {
  test.each(Object.entries(findings))(
    'prints message, hint and page of the finding %s',
    async (code, { message, hint }) => {
      const { code: exitCode, out, err } = await runCli(['explain', code])
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
      expect(out).toContain(
        `Diagnosis: ${message}\n${hint && `Fix: ${hint}\n`}More: ${locatePage(`docs/troubleshooting/why-401.md#${code}`)}`,
      )
    },
  )

  test.each(Object.keys(outcomes))('prints status and page of the outcome %s', async (code) => {
    const { code: exitCode, out } = await runCli(['explain', code])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^Outcome, HTTP \d{3}: .+\./)
    expect(out).toContain(`More: ${locatePage(`docs/troubleshooting/outcomes.md#${code}`)}`)
  })

  test('prints both meanings when the code is an outcome and a finding', async () => {
    const { out } = await runCli(['explain', 'signature-missing'])
    expect(out).toMatch(/^Outcome, HTTP 401: .*\n\nDiagnosis: The x-gallabox-signature header is missing\.\nFix: /s)
  })

  test.each(checks)('prints cause and fix of the check $id', async ({ id, title, cause, fix }) => {
    const { out } = await runCli(['explain', id])
    expect(out).toContain(
      `Check: ${title}. If not: ${cause}\nFix: ${fix}\nMore: ${locatePage('docs/reference/commands/doctor.md#checks')}`,
    )
  })

  test('explains a mistake that doctor finds, and a finding of account', async () => {
    expect((await runCli(['explain', 'hash-swapped'])).out).toMatch(/^Mistake: It uses the body as the key/)
    expect((await runCli(['explain', 'webhook-unsigned'])).out).toMatch(/^Account finding: The webhook has no secret/)
  })

  test('prints no Markdown link', async () => {
    for (const code of listCodes()) expect((await runCli(['explain', code])).out).not.toContain('](')
    const { out } = await runCli(['explain', 'signature-mismatch'])
    expect(out).toContain('Fix: Find the mistake with "Why is it 401?" (docs/troubleshooting/why-401.md).')
  })

  test('prints JSON with --json', async () => {
    const { out } = await runCli(['explain', 'secret-out-of-scope', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      code: 'secret-out-of-scope',
      meanings: [
        { kind: 'outcome', status: 401, docs: 'docs/troubleshooting/outcomes.md#secret-out-of-scope' },
        { kind: 'diagnosis', cause: expect.any(String), fix: expect.any(String) },
      ],
    })
  })
})

describe('explain without a code', () => {
  test('lists all codes', async () => {
    const { code, out } = await runCli(['explain'])
    expect(code).toBe(0)
    for (const listed of [...Object.keys(outcomes), ...Object.keys(findings)]) expect(out).toContain(`\n  ${listed}`)
  })

  test('lists all codes as JSON with --json', async () => {
    const { out } = await runCli(['explain', '--json'])
    expect(JSON.parse(out)).toEqual({
      outcomes: Object.keys(outcomes),
      diagnoses: Object.keys(findings),
      checks: expect.arrayContaining(checks.map(({ id }) => id)),
      mistakes: Object.keys(causes),
      'account findings': Object.keys(accountFindings),
    })
  })
})

test('each source describes each of its codes, with a page that exists', async () => {
  for (const { codes, describe } of codeSources) {
    for (const code of codes) {
      const { cause, docs } = describe(code)
      expect(cause).toMatch(/\.$/)
      const [page, anchor] = (docs as string).split('#')
      expect(readFileSync(page as string, 'utf8')).toMatch(new RegExp(`\n###? ${anchor}\n`, 'i'))
    }
  }
})

describe('a usage error exits with 2 and says what to change', () => {
  test.each([
    ['a misspelled code', ['signature-mising'], 'Unknown code "signature-mising". Did you mean "signature-missing"?'],
    ['an unknown code', ['xyz'], 'Unknown code "xyz".'],
    ['a name of Object.prototype', ['constructor'], 'Unknown code "constructor".'],
    ['two codes', ['handled', 'ignored'], 'Too many arguments. Pass one code.'],
  ])('%s', async (_title, args, message) => {
    const { code, out, err } = await runCli(['explain', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(`${message}\nSee: gallabox-webhooks explain --help`)
  })
})
