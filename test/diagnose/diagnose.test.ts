// Each known mistake is named, and a near miss of it is not.
import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import { createReceiver, type Delivery, type DiagnoseOptions, type DiagnosisCode, diagnose } from 'gallabox-webhooks'
import { samplePayload, signBody } from 'gallabox-webhooks/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bodyVariants } from '../../src/diagnose/bodies.js'
import { findings } from '../../src/diagnose/findings.js'
import { badSecrets } from '../support/bad-secrets.js'

const secret = 'whsec_Jg8mZ2vQ'
const other = 'whsec_9kPd'
// What JSON.stringify would write otherwise, in several ways.
const body = '{"id":"1","price":80.0,"text":"₹80 & “so”/on","a":{"z":1,"b":[true,null]}}'
const compact = JSON.stringify(JSON.parse(body))
const right = signBody(body, secret)
const hex = signBody(body, secret, 'hex')
// One whose base64 has + and /, so that base64url differs.
const wordy = Array.from({ length: 99 }, (_, i) => `{"id":"${i}"}`).find((text) =>
  /[+].*[/]/.test(signBody(text, secret)),
) as string
const wordySignature = signBody(wordy, secret)

interface Row {
  readonly title: string
  readonly code: DiagnosisCode
  readonly headers?: Delivery['headers']
  readonly signature?: string | string[]
  readonly rawBody?: Delivery['rawBody']
  readonly options?: Partial<DiagnoseOptions>
}

let library = { diagnose }

function diagnoseRow({ headers, signature = right, rawBody = body, options }: Row) {
  const own = headers ?? { 'x-gallabox-signature': signature, 'x-event-name': 'Message.Received' }
  return library.diagnose({ method: 'POST', headers: own, rawBody }, { secret, ...options })
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const signedAs = (rawBody: string | Uint8Array, key: string | Uint8Array = secret) => signBody(rawBody, key)
// signBody refuses what no sender should use as a key.
const anyKey = (key: string) => createHmac('sha256', key).update(body).digest('base64')

const named = { 'x-event-name': 'Message.Received' }
const unread = () => Promise.reject(new Error('never to be read'))
const sorted = '{"a":{"b":[true,null],"z":1},"id":"1","price":80,"text":"₹80 & “so”/on"}'
const python = '{"id": "1", "price": 80, "text": "\\u20b980 & \\u201cso\\u201d/on", "a": {"z": 1, "b": [true, null]}}'

const mistakes: readonly Row[] = [
  { title: 'a genuine delivery', code: 'genuine' },
  { title: 'hex', code: 'signature-hex', signature: hex },
  { title: 'hex in capitals', code: 'signature-hex', signature: hex.toUpperCase() },
  { title: 'the second secret of a list', code: 'secret-older', options: { secret: [other, secret] } },
  {
    title: 'the name in the body',
    code: 'event-name-elsewhere',
    headers: { 'x-gallabox-signature': signedAs('{"event":"Message.received"}') },
    rawBody: '{"event":"Message.received"}',
  },
  {
    title: 'the name in another header',
    code: 'event-name-elsewhere',
    headers: { 'x-gallabox-signature': right, 'X-Gallabox-Event': 'Message.Received' },
  },
  { title: 'no name', code: 'event-name-missing', headers: { 'x-gallabox-signature': right } },
  {
    title: 'no name, and a body that is no object',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': signedAs('null') },
    rawBody: 'null',
  },
  {
    title: 'no name, and a body that is no UTF-8',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': signedAs(Uint8Array.of(0xff)) },
    rawBody: Uint8Array.of(0xff),
  },
  {
    title: 'no name, and a body that is no JSON',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': signedAs('?') },
    rawBody: '?',
  },
  { title: 'an encrypted secret', code: 'secret-encrypted', options: { secret: 'U2FsdGVkX1+abcdefghijklmnop' } },
  {
    title: "a secret's function that throws",
    code: 'secret-unavailable',
    options: {
      secret: () => {
        throw new Error('vault')
      },
    },
  },
  {
    title: "a secret's function that rejects",
    code: 'secret-unavailable',
    options: { secret: () => Promise.reject(new Error('vault')) },
  },
  { title: "a secret's function that gives none", code: 'secret-missing', options: { secret: () => undefined } },
  { title: 'no signature', code: 'signature-missing', headers: named },
  { title: 'no signature, and the body is left unread', code: 'signature-missing', headers: named, rawBody: unread },
  {
    title: 'the signature in another header',
    code: 'signature-elsewhere',
    headers: { ...named, 'x-signature': right },
  },
  {
    title: 'the signature of another service in its header',
    code: 'signature-elsewhere',
    headers: { ...named, 'x-hub-signature-256': `sha256=${hex}` },
  },
  { title: 'the header twice', code: 'signature-repeated', signature: [right, right] },
  { title: 'the header twice, joined by a comma', code: 'signature-repeated', signature: `${right}, ${right}` },
  { title: 'the header twice with nonsense', code: 'signature-repeated', signature: ['a', 'b'] },
  {
    title: 'base64url',
    code: 'signature-base64url',
    signature: wordySignature.replaceAll('+', '-').replaceAll('/', '_'),
    rawBody: wordy,
  },
  {
    title: 'base64url without padding',
    code: 'signature-base64url',
    signature: Buffer.from(wordySignature, 'base64').toString('base64url'),
    rawBody: wordy,
  },
  { title: 'no padding', code: 'signature-unpadded', signature: right.slice(0, -1) },
  { title: 'sha256=', code: 'signature-prefixed', signature: `sha256=${right}` },
  { title: 'sha256= and hex', code: 'signature-prefixed', signature: `sha256=${hex}` },
  { title: 'a time before it', code: 'signature-prefixed', signature: `t=1700000000,v1=${hex}` },
  { title: 'a scheme before it', code: 'signature-prefixed', signature: `HMAC ${right}` },
  { title: 'spaces around it', code: 'signature-wrapped', signature: ` ${right}\n` },
  { title: 'quotes around it', code: 'signature-wrapped', signature: `"${right}"` },
  { title: 'encoded for an address', code: 'signature-url-encoded', signature: encodeURIComponent(right) },
  {
    title: 'decoded as from an address',
    code: 'signature-url-encoded',
    signature: wordySignature.replaceAll('+', ' '),
    rawBody: wordy,
  },
  { title: 'base64 of hex', code: 'signature-encoded-twice', signature: base64(hex) },
  { title: 'an empty header', code: 'signature-malformed', signature: '' },
  { title: 'nonsense', code: 'signature-malformed', signature: 'deadbeef' },
  {
    title: 'nonsense, and the body is left unread',
    code: 'signature-malformed',
    signature: 'deadbeef',
    rawBody: unread,
  },
  { title: 'a megabyte of header', code: 'signature-malformed', signature: 'a'.repeat(1_000_000) },
  { title: 'a truncated signature', code: 'signature-malformed', signature: right.slice(0, 20) },
  { title: 'a parsed body', code: 'body-parsed', rawBody: { id: '1' } as never },
  {
    title: 'a reader that finds a parsed body',
    code: 'body-parsed',
    rawBody: () => Promise.reject(Object.assign(new Error(), { code: 'body-already-parsed' })),
  },
  {
    title: 'a reader that finds a body that was read',
    code: 'body-parsed',
    rawBody: () => {
      throw Object.assign(new Error(), { code: 'body-already-read' })
    },
  },
  { title: 'a reader that fails', code: 'body-unread', rawBody: unread },
  { title: 'a reader that fails with nothing', code: 'body-unread', rawBody: () => Promise.reject(undefined) },
  {
    title: 'a reader that finds too much',
    code: 'body-unread',
    rawBody: () => Promise.reject(Object.assign(new Error(), { code: 'body-too-large' })),
  },
  {
    title: 'a secret for other events',
    code: 'secret-out-of-scope',
    options: { secret: [{ secret, events: ['Contact.Created'] }] },
  },
  {
    title: 'the secret of another webhook',
    code: 'secret-of-another-webhook',
    signature: signedAs(body, other),
    options: { otherSecrets: [{ id: 'shop', secret: other }] },
  },
  { title: 'a space after the secret', code: 'secret-whitespace', options: { secret: `${secret} ` } },
  { title: 'a newline after the secret', code: 'secret-whitespace', options: { secret: `${secret}\n` } },
  {
    title: 'a newline written as \\n after the secret',
    code: 'secret-whitespace',
    options: { secret: `${secret}\\n` },
  },
  {
    title: 'a secret from a file, with its newline',
    code: 'secret-whitespace',
    options: { secret: Buffer.from(`${secret}\n`) },
  },
  { title: "a space after Gallabox's secret", code: 'secret-whitespace', signature: signedAs(body, `${secret} `) },
  { title: 'a newline after it', code: 'secret-whitespace', signature: signedAs(body, `${secret}\n`) },
  ...['\t', '  ', '\r\n'].flatMap((space) => [
    {
      title: `${JSON.stringify(space)} after Gallabox's secret`,
      code: 'secret-whitespace' as const,
      signature: signedAs(body, `${secret}${space}`),
    },
    {
      title: `${JSON.stringify(space)} before it`,
      code: 'secret-whitespace' as const,
      signature: signedAs(body, `${space}${secret}`),
    },
  ]),
  { title: 'quotes and spaces around the secret', code: 'secret-quotes', options: { secret: `" ${secret} "` } },
  { title: 'a quote at one end of the secret', code: 'secret-quotes', options: { secret: `${secret}'` } },
  { title: "an editor's quotes around the secret", code: 'secret-quotes', options: { secret: `“${secret}”` } },
  {
    title: "an editor's quotes around Gallabox's secret",
    code: 'secret-quotes',
    signature: signedAs(body, `“${secret}”`),
  },
  { title: 'quotes around the secret', code: 'secret-quotes', options: { secret: `"${secret}"` } },
  { title: "quotes around Gallabox's secret", code: 'secret-quotes', signature: signedAs(body, `'${secret}'`) },
  {
    title: 'a secret that is decoded from base64 to bytes',
    code: 'secret-decoded',
    signature: signedAs(body, 'c2VjcmV0IQ=='),
    options: { secret: Buffer.from('secret!') },
  },
  {
    title: 'a secret that is decoded from base64 to text',
    code: 'secret-decoded',
    signature: signedAs(body, 'c2VjcmV0IQ=='),
    options: { secret: 'secret!' },
  },
  {
    title: 'a secret with a ₹ that is decoded',
    code: 'secret-decoded',
    signature: signedAs(body, base64('geheim ₹')),
    options: { secret: 'geheim ₹' },
  },
  {
    title: 'a secret that is decoded from hex',
    code: 'secret-decoded',
    signature: signedAs(body, 'CAFE01'),
    options: { secret: Buffer.from('CAFE01', 'hex') },
  },
  {
    title: 'bytes that are no UTF-8, decoded from base64url',
    code: 'secret-decoded',
    signature: signedAs(body, '-_-_'),
    options: { secret: Buffer.from('-_-_', 'base64url') },
  },
  {
    title: 'a sender that decodes base64',
    code: 'secret-not-decoded',
    signature: signedAs(body, Buffer.from('secret!')),
    options: { secret: 'c2VjcmV0IQ==' },
  },
  {
    title: 'a sender that decodes base64 after whsec_',
    code: 'secret-not-decoded',
    signature: signedAs(body, Buffer.from('secret!')),
    options: { secret: 'whsec_c2VjcmV0IQ==' },
  },
  {
    title: 'a sender that decodes hex',
    code: 'secret-not-decoded',
    signature: signedAs(body, Buffer.from('cafe01', 'hex')),
    options: { secret: 'cafe01' },
  },
  { title: 'an empty secret', code: 'sender-without-secret', signature: anyKey('') },
  { title: 'the secret undefined', code: 'sender-without-secret', signature: anyKey('undefined') },
  { title: 'an empty body', code: 'body-empty', rawBody: '' },
  { title: 'a body still in base64', code: 'body-base64', rawBody: base64(body) },
  { title: 'a lost BOM', code: 'body-bom', signature: signedAs(`\uFEFF${body}`) },
  { title: 'an added BOM', code: 'body-bom', rawBody: `\uFEFF${body}` },
  { title: 'a lost newline', code: 'body-whitespace', signature: signedAs(`${body}\n`) },
  { title: 'an added newline', code: 'body-whitespace', rawBody: `${body}\n` },
  { title: 'LF for CRLF', code: 'body-line-ends', signature: signedAs('{\r\n"a":1}'), rawBody: '{\n"a":1}' },
  { title: 'CRLF for LF', code: 'body-line-ends', signature: signedAs('{\n"a":1}'), rawBody: '{\r\n"a":1}' },
  { title: 'bytes decoded as Latin-1', code: 'body-latin1', rawBody: Buffer.from(body).toString('latin1') },
  {
    title: 'bytes decoded as Windows-1252',
    code: 'body-latin1',
    rawBody: new TextDecoder('windows-1252').decode(Buffer.from(body)),
  },
  { title: 'written again', code: 'body-reserialized', signature: signedAs(compact) },
  { title: 'written again with sorted keys', code: 'body-reserialized', signature: signedAs(sorted) },
  ...[1, 3].map((indent) => ({
    title: `written again with an indentation of ${indent}`,
    code: 'body-reserialized' as const,
    signature: signedAs(JSON.stringify(JSON.parse(body), null, indent)),
  })),
  {
    title: 'written again with an indentation of two',
    code: 'body-reserialized',
    signature: signedAs(JSON.stringify(JSON.parse(body), null, 2)),
  },
  {
    title: 'written again with tabs',
    code: 'body-reserialized',
    signature: signedAs(JSON.stringify(JSON.parse(body), null, '\t')),
  },
  { title: "written again by Python's json", code: 'body-reserialized', signature: signedAs(python) },
  {
    title: "written again by PHP's json_encode",
    code: 'body-reserialized',
    signature: signedAs(compact.replaceAll('/', '\\/').replace(/[₹“”]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)),
  },
  {
    title: "written again by Go's encoding/json",
    code: 'body-reserialized',
    signature: signedAs(compact.replace('&', '\\u0026')),
  },
  {
    title: 'a Content-Encoding',
    code: 'body-compressed',
    headers: { ...named, 'x-gallabox-signature': right, 'content-encoding': 'gzip' },
    rawBody: 'compressed',
  },
  { title: 'another secret', code: 'unexplained', options: { secret: other } },
]

const nearMisses: readonly Row[] = [
  {
    title: 'base64url of another body',
    code: 'signature-malformed',
    signature: wordySignature.replaceAll('+', '-').replaceAll('/', '_'),
  },
  { title: 'no padding, and another body', code: 'signature-malformed', signature: wordySignature.slice(0, -1) },
  { title: 'hex of another body', code: 'unexplained', signature: signBody(wordy, secret, 'hex') },
  { title: 'sha256= before another digest', code: 'signature-malformed', signature: `sha256=${wordySignature}` },
  { title: 'quotes around another digest', code: 'signature-malformed', signature: `"${wordySignature}"` },
  {
    title: 'base64 of the hex of another digest',
    code: 'signature-malformed',
    signature: base64(signBody(wordy, secret, 'hex')),
  },
  { title: '88 characters that are no base64', code: 'signature-malformed', signature: '-'.repeat(88) },
  {
    title: 'a wrong signature in another header',
    code: 'signature-missing',
    headers: { ...named, 'x-signature': wordySignature },
  },
  {
    title: 'an unknown name in the body',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': signedAs('{"event":"Ticket.Opened"}') },
    rawBody: '{"event":"Ticket.Opened"}',
  },
  {
    title: 'two scoped secrets are no rotation',
    code: 'genuine',
    options: {
      secret: [
        { secret: other, events: ['Contact.Created'] },
        { secret, events: ['Message.received'] },
      ],
    },
  },
  { title: 'a secret with a space in it', code: 'unexplained', options: { secret: 'whsec_ Jg8mZ2vQ' } },
  {
    title: 'a quote in the middle',
    code: 'unexplained',
    options: { secret: `${secret.slice(0, 5)}"${secret.slice(5)}` },
  },
  { title: 'another secret in base64', code: 'unexplained', options: { secret: base64(other) } },
  { title: 'another empty-looking secret', code: 'unexplained', signature: anyKey('nil') },
  { title: 'an empty body that was signed', code: 'genuine', signature: signedAs(''), rawBody: '' },
  { title: 'another body in base64', code: 'unexplained', rawBody: base64(wordy) },
  { title: 'a BOM before another body', code: 'unexplained', rawBody: `\uFEFF${wordy}` },
  { title: 'a space in the body', code: 'unexplained', rawBody: body.replace('so', 'so ') },
  {
    title: 'Latin-1 of another body',
    code: 'unexplained',
    rawBody: Buffer.from(body.replace('80', '81')).toString('latin1'),
  },
  { title: 'another JSON written again', code: 'unexplained', signature: signedAs(compact.replace('80', '81')) },
  {
    title: 'the keys in a third order',
    code: 'unexplained',
    signature: signedAs('{"text":1,"id":2}'),
    rawBody: '{"id":2,"text":1}'.replace('2', '3'),
  },
  {
    title: 'an identity encoding',
    code: 'unexplained',
    headers: { ...named, 'x-gallabox-signature': right, 'content-encoding': 'identity' },
    rawBody: wordy,
  },
  {
    title: 'the other webhook did not sign it either',
    code: 'unexplained',
    signature: signedAs(body, 'a third'),
    options: { otherSecrets: [{ id: 'shop', secret: other }, { secret: '' }] },
  },
  { title: 'invalid UTF-8', code: 'unexplained', rawBody: Uint8Array.of(0xff, 0xfe) },
  { title: '10 000 levels deep', code: 'unexplained', rawBody: '['.repeat(10_000) + ']'.repeat(10_000) },
]

describe.each(['node:crypto', 'WebCrypto alone'])('with %s', (platform) => {
  beforeAll(async () => {
    if (platform === 'node:crypto') return
    vi.resetModules()
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
    library = await import('gallabox-webhooks')
  })
  afterAll(() => {
    vi.restoreAllMocks()
    library = { diagnose }
  })

  test.each(mistakes)('$title is $code', async (row) => {
    const found = await diagnoseRow(row)
    expect(found.code).toBe(row.code)
    expect(found).toMatchObject({
      message: findings[row.code][0],
      fix: findings[row.code][1],
      docs: `docs/why-401.md#${row.code}`,
    })
  })

  test.each(nearMisses)('a near miss: $title is $code', async (row) => {
    expect((await diagnoseRow(row)).code).toBe(row.code)
  })
})

test('every finding has its mistake here', () => {
  const covered = new Set(mistakes.map(({ code }) => code))
  covered.add('secret-missing')
  expect(Object.keys(findings).filter((code) => !covered.has(code as DiagnosisCode))).toEqual([])
})

test.each(badSecrets)('a secret that is %s is a finding, not an exception', async (title, bad) => {
  const { genuine, code } = await diagnoseRow({ title: '', code: 'genuine', options: { secret: bad as never } })
  expect({ genuine, code }).toEqual({
    genuine: false,
    code: /encrypted/.test(title) ? 'secret-encrypted' : 'secret-missing',
  })
})

test('it says genuine of exactly what a receiver takes', async () => {
  for (const row of [...mistakes, ...nearMisses]) {
    if (['secret-missing', 'secret-encrypted', 'body-parsed'].includes(row.code)) continue
    const { headers, signature = right, rawBody = body, options } = row
    const own = headers ?? { 'x-gallabox-signature': signature, 'x-event-name': 'Ticket.Opened' }
    const scoped = row.code === 'secret-out-of-scope' || row.title.includes('scoped')
    const delivery = { headers: scoped ? { ...own, ...named } : own, rawBody }
    const receiver = createReceiver({ secret: options?.secret ?? secret, onEvent: () => {} })
    const { code } = await receiver.receive(delivery)
    const { genuine } = await diagnoseRow({ ...row, headers: delivery.headers })
    // What is genuine may still be no JSON, and no text.
    expect([row.title, genuine]).toEqual([row.title, /^(handled|body-not-json|body-not-utf8)$/.test(code)])
  }
})

test('of a body of more than 64 kB only the signature as it is is checked', async () => {
  const large = JSON.stringify({ text: 'x'.repeat(65_536) })
  expect((await diagnoseRow({ title: '', code: 'genuine', signature: signedAs(large), rawBody: large })).code).toBe(
    'genuine',
  )
  expect(
    (await diagnoseRow({ title: '', code: 'genuine', signature: signedAs(`${large}\n`), rawBody: large })).code,
  ).toBe('unexplained')
  const limits: unknown[] = []
  await diagnoseRow({
    title: '',
    code: 'genuine',
    rawBody(given) {
      limits.push(given.limitBytes)
      return body
    },
  })
  expect(limits).toEqual([65_536])
})

test('it says which secret it is about', async () => {
  const secretOf = async (options: Partial<DiagnoseOptions>, signature = right) =>
    (await diagnoseRow({ title: '', code: 'genuine', signature, options })).secretId
  expect(await secretOf({})).toBe('1')
  expect(await secretOf({ secret: [other, secret] })).toBe('2')
  expect(
    await secretOf({
      secret: [
        { id: 'new', secret: other },
        { id: 'old', secret: `${secret} ` },
      ],
    }),
  ).toBe('old')
  expect(await secretOf({ otherSecrets: [{ id: 'shop', secret: other }] }, signedAs(body, other))).toBe('shop')
  expect(await secretOf({}, signedAs(body, 'a third'))).toBeUndefined()
})

test('a secret or a body that never comes is waited for no longer than ten seconds', async () => {
  vi.useFakeTimers()
  try {
    const never = () => new Promise<never>(() => {})
    const late = [
      diagnoseRow({ title: '', code: 'genuine', rawBody: never }),
      diagnoseRow({ title: '', code: 'genuine', options: { secret: never } }),
    ]
    await vi.advanceTimersByTimeAsync(10_001)
    expect((await Promise.all(late)).map(({ code }) => code)).toEqual(['body-unread', 'secret-unavailable'])
  } finally {
    vi.useRealTimers()
  }
})

test("what is tried of a stranger's body stays in proportion to it, however deep it is nested", () => {
  const flat = `[${Array(20_000).fill('1').join()}]`
  const deep = `${'['.repeat(1000)}${flat}${']'.repeat(1000)}`
  const sizeOf = (text: string) =>
    [...bodyVariants(Buffer.from(text))].reduce((sum, [, { byteLength }]) => sum + byteLength, 0) / text.length
  expect(sizeOf(deep)).toBeLessThan(sizeOf(flat))
})

test('nothing secret is in what it says', async () => {
  for (const row of [...mistakes, ...nearMisses]) {
    const said = inspect(await diagnoseRow(row), { depth: 9, showHidden: true })
    for (const hidden of [secret, other, right, right.slice(0, 20), hex.slice(0, 20), '₹80'])
      expect(said).not.toContain(hidden)
  }
})

test('one line wires it to a receiver, also where a framework has read the body already', async () => {
  const said: string[] = []
  const receiver = createReceiver({
    secret,
    onEvent: () => {},
    onRejected: async ({ delivery }) => said.push((await diagnose(delivery, { secret })).code),
  })
  const data = JSON.stringify(samplePayload('Message.Received'))
  const headers = { ...named, 'x-gallabox-signature': signedAs(data) }
  await receiver.receive({ headers, rawBody: () => `${data}\n` })
  await receiver.receive({ headers: named, rawBody: () => data })
  await expect.poll(() => [...said].sort()).toEqual(['body-whitespace', 'signature-missing'])
})
