import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { secret } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const input = '{}'
const verifyArgs = ['verify', '--signature', signBody(input, secret)]

let files = 0
function createFile(content: string | Uint8Array): string {
  const file = join(folder, `${files++}.env`)
  writeFileSync(file, content)
  return file
}

const file = createFile(`# The webhook\nexport GALLABOX_WEBHOOK_SECRET="${secret}"\nOTHER=1\n`)

describe('--dotenv', () => {
  test.each([
    ['after the command', [...verifyArgs, '--dotenv', file]],
    ['before the command', ['--dotenv', file, ...verifyArgs]],
    ['with an equals sign', [...verifyArgs, `--dotenv=${file}`]],
  ])('sets the secret %s', async (_title, args) => {
    expect(await runCli(args, { input })).toMatchObject({ code: 0, out: 'true' })
  })

  test.each([
    ['a file with a BOM and Windows line ends', `\uFEFFGALLABOX_WEBHOOK_SECRET=${secret}\r\nOTHER=1\r\n`],
    ['a secret in single quotes', `GALLABOX_WEBHOOK_SECRET='${secret}'`],
  ])('reads %s', async (_title, content) => {
    expect((await runCli([...verifyArgs, '--dotenv', createFile(content)], { input })).out).toBe('true')
  })

  test('does not replace a variable of the environment', async () => {
    const env = { GALLABOX_WEBHOOK_SECRET: 'another' }
    expect((await runCli([...verifyArgs, '--dotenv', file], { input, env })).out).toBe('false')
  })

  test('works for every command, and after -- it is an argument', async () => {
    const { code, err } = await runCli(['explain', '--', '--dotenv'])
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('Unknown code "--dotenv".') })
    for (const args of [['explain'], ['doctor', '--list']])
      expect(await runCli([...args, '--dotenv', file])).toMatchObject({ code: 0, err: '' })
  })

  test.each([
    ['no file', ['--dotenv'], /^--dotenv needs a file, such as --dotenv \.env\./],
    ['an option instead of a file', ['--dotenv', '--json'], /^--dotenv needs a file/],
    ['an empty name', ['--dotenv='], /^--dotenv needs a file/],
    ['a missing file', ['--dotenv', join(folder, 'none')], /^--dotenv: cannot read .*none: ENOENT\./],
    ['a folder', ['--dotenv', folder], /^--dotenv: cannot read .*: EISDIR\./],
    ['UTF-16', ['--dotenv', createFile(Buffer.from(`A=${secret}`, 'utf16le'))], /is not UTF-8\. Save it as UTF-8\./],
  ])('is a usage error with %s', async (_title, args, reason) => {
    const { code, out, err } = await runCli([...verifyArgs, ...args], { input })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
    expect(err).not.toContain(secret)
  })
})
