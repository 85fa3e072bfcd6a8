import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const secret = 'whsec_Jg8mZ2vQ'
const body = '{"id":"1","text":"₹80"}\n'
const signature = signBody(body, secret)
const folder = temporaryFolder()

const file = join(folder, 'body.json')
writeFileSync(file, body)

const env = { GALLABOX_WEBHOOK_SECRET: secret }
const verifyArgs = ['verify', '--signature', signature, '--event', 'Message.Received']

describe('prints true and exits with 0 for a valid signature', () => {
  test.each([
    ['of a file', [...verifyArgs, '--file', file], { env }],
    ['of standard input', verifyArgs, { env, input: body }],
    ['without an event name, which is not signed', ['verify', '--signature', signature], { env, input: body }],
    ['with --secret', [...verifyArgs, '--secret', secret], { input: body }],
    ['with several secrets', [...verifyArgs, '--secret', secret, '--secret', 'old'], { input: body }],
    [
      'with --secret instead of the environment variable',
      [...verifyArgs, '--secret', secret],
      { env: { GALLABOX_WEBHOOK_SECRET: 'x' }, input: body },
    ],
  ])('%s', async (_title, args, options) => {
    expect(await runCli(args, options)).toMatchObject({ code: 0, out: 'true', err: 'The signature is valid.' })
  })
})

describe('prints false and the reason, and exits with 1 otherwise', () => {
  test.each([
    ['a missing final newline', body.trim(), verifyArgs, /Leading or trailing whitespace was added or removed/],
    ['another body', '{}', verifyArgs, /no known mistake explains it/],
    ['a prefix', body, ['verify', '--signature', `sha256=${signature}`], /has a prefix/],
    ['a short signature', body, ['verify', '--signature', 'x'], /is not the base64 of 32 bytes/],
  ])('%s', async (_title, input, args, reason) => {
    const { code, out, err } = await runCli(args, { env, input })
    expect({ code, out }).toEqual({ code: 1, out: 'false' })
    expect(err).toMatch(reason)
    expect(err).toMatch(/\nMore: .*docs\/troubleshooting\/why-401\.md#[a-z0-9-]+$/)
  })
})

test('verifies a body that is not UTF-8', async () => {
  const bytes = Uint8Array.of(0xff, 0x00, 0xfe)
  const args = ['verify', '--signature', signBody(bytes, secret)]
  expect(await runCli(args, { env, input: bytes })).toMatchObject({ code: 0, out: 'true' })
})

test('--json prints the diagnosis', async () => {
  const { code, out, err } = await runCli([...verifyArgs, '--json'], { env, input: `${body} ` })
  expect(JSON.parse(out)).toMatchObject({
    verified: false,
    code: 'body-whitespace',
    docs: 'docs/troubleshooting/why-401.md#body-whitespace',
  })
  expect({ code, err }).toEqual({ code: 1, err: '' })
})

test('shows colors in a terminal', async () => {
  expect((await runCli(verifyArgs, { env, input: body, color: true })).out).toBe('\u001B[32mtrue\u001B[0m')
  expect((await runCli(verifyArgs, { env, input: '', color: true })).out).toBe('\u001B[31mfalse\u001B[0m')
})

describe('a usage error exits with 2 and says what to change', () => {
  test.each([
    ['no signature', ['verify'], { env }, /--signature is missing/],
    [
      'an empty signature',
      ['verify', '--signature', ''],
      { env },
      /--signature is empty\. Pass the value of the header/,
    ],
    ['a blank signature', ['verify', '--signature', ' '], { env }, /--signature is empty/],
    ['no secret', verifyArgs, {}, /The secret is missing\. Set GALLABOX_WEBHOOK_SECRET/],
    ['a blank secret', verifyArgs, { env: { GALLABOX_WEBHOOK_SECRET: ' ' } }, /got a blank value/],
    ['an encrypted secret', [...verifyArgs, '--secret', 'U2FsdGVkX1+abc'], {}, /the REST API's encrypted form/],
    ['a missing file', [...verifyArgs, '--file', join(folder, 'none')], { env }, /Cannot read .*: ENOENT/],
    ['a body as an argument', [...verifyArgs, body], { env }, /--file or on standard input/],
    ['an unknown option', [...verifyArgs, '--sekret', 'x'], { env }, /Unknown option '--sekret'/],
    ['an option without a value', ['verify', '--signature'], { env }, /--signature/],
  ])('%s', async (_title, args, options, reason) => {
    const { code, out, err } = await runCli(args, options)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
    expect(err).toMatch(/See: gallabox-webhooks verify --help$/)
    expect(err).not.toContain(secret)
  })
})
