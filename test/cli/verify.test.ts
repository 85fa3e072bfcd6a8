// verify: true or false, and why; the body byte for byte.
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
const genuine = ['verify', '--signature', signature, '--event', 'Message.Received']

describe('a genuine signature is true, and exit code 0', () => {
  test.each([
    ['of a file', [...genuine, '--file', file], { env }],
    ['of standard input', genuine, { env, input: body }],
    ['without a name, which it does not cover', ['verify', '--signature', signature], { env, input: body }],
    ['with the secret typed', [...genuine, '--secret', secret], { input: body }],
    ['with several secrets', [...genuine, '--secret', secret, '--secret', 'old'], { input: body }],
    [
      'with the typed secret before that of the environment',
      [...genuine, '--secret', secret],
      { env: { GALLABOX_WEBHOOK_SECRET: 'x' }, input: body },
    ],
  ])('%s', async (_title, args, options) => {
    expect(await runCli(args, options)).toMatchObject({ code: 0, out: 'true', err: 'The signature is right.' })
  })
})

describe('any other is false, with the reason and exit code 1', () => {
  test.each([
    ['a final newline that an editor dropped', body.trim(), genuine, /White space at the ends of the body/],
    ['another body', '{}', genuine, /no known mistake explains it/],
    ['a prefix', body, ['verify', '--signature', `sha256=${signature}`], /something stands before it/],
    ['an empty signature', body, ['verify', '--signature', ''], /holds no signature/],
  ])('%s', async (_title, input, args, reason) => {
    const { code, out, err } = await runCli(args, { env, input })
    expect({ code, out }).toEqual({ code: 1, out: 'false' })
    expect(err).toMatch(reason)
    expect(err).toMatch(/\nMore: docs\/why-401\.md#[a-z0-9-]+$/)
  })
})

test('bytes that are no text are verified too', async () => {
  const bytes = Uint8Array.of(0xff, 0x00, 0xfe)
  const args = ['verify', '--signature', signBody(bytes, secret)]
  expect(await runCli(args, { env, input: bytes })).toMatchObject({ code: 0, out: 'true' })
})

test('--json is the diagnosis, for programs', async () => {
  const { code, out, err } = await runCli([...genuine, '--json'], { env, input: `${body} ` })
  expect(JSON.parse(out)).toMatchObject({
    genuine: false,
    code: 'body-whitespace',
    docs: 'docs/why-401.md#body-whitespace',
  })
  expect({ code, err }).toEqual({ code: 1, err: '' })
})

test('colours are for those who see them', async () => {
  expect((await runCli(genuine, { env, input: body, color: true })).out).toBe('\u001B[32mtrue\u001B[0m')
  expect((await runCli(genuine, { env, input: '', color: true })).out).toBe('\u001B[31mfalse\u001B[0m')
})

describe('called wrongly: exit code 2, and what to change', () => {
  test.each([
    ['no signature', ['verify'], { env }, /--signature is missing/],
    ['no secret', genuine, {}, /There is no secret: set GALLABOX_WEBHOOK_SECRET/],
    ['a blank secret', genuine, { env: { GALLABOX_WEBHOOK_SECRET: ' ' } }, /The secret is blank/],
    ['an encrypted secret', [...genuine, '--secret', 'U2FsdGVkX1+abc'], {}, /encrypted, as the REST API shows it/],
    ['a file that is not there', [...genuine, '--file', join(folder, 'none')], { env }, /cannot be read: ENOENT/],
    ['a body among the arguments', [...genuine, body], { env }, /--file or standard input/],
    ['an unknown option', [...genuine, '--sekret', 'x'], { env }, /Unknown option '--sekret'/],
    ['an option without its value', ['verify', '--signature'], { env }, /--signature/],
  ])('%s', async (_title, args, options, reason) => {
    const { code, out, err } = await runCli(args, options)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
    expect(err).toMatch(/See: gallabox-webhooks verify --help$/)
    expect(err).not.toContain(secret)
  })
})
