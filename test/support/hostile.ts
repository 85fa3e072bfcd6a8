// Requests of attackers and of unusual senders, in one table for every entry point.
import { createHmac } from 'node:crypto'
import type { OutcomeCode } from 'gallabox-webhooks'
import { samplePayload, signBody } from 'gallabox-webhooks/testing'
import { secret, signedHeaders } from './client.js'

export interface HostileRow {
  readonly title: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: Buffer
  /** The expected outcome code. Middleware reports `verified` instead of `handled`. */
  readonly code: OutcomeCode
  readonly status: number
  /** The type of the event that the handler receives, if it is called. */
  readonly type?: string
  /** False if HTTP cannot transport it. A status if the server responds before the adapter runs. */
  readonly http?: false | number
}

const text = JSON.stringify(samplePayload('Message.Received'))
const body = Buffer.from(text)
const base64 = signBody(body, secret)
const hex = signBody(body, secret, 'hex')

function signature(title: string, value: string | string[], http?: HostileRow['http']): HostileRow {
  const wellFormed =
    typeof value === 'string' && (/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(value) || /^[0-9a-f]{64}$/i.test(value))
  const headers = { 'x-event-name': 'Message.Received', 'x-gallabox-signature': value }
  const code = wellFormed ? 'signature-mismatch' : 'signature-malformed'
  return {
    title: `a signature that is ${title}`,
    headers,
    body,
    code,
    status: 401,
    ...(http === undefined ? {} : { http }),
  }
}

const { 'x-gallabox-signature': _signature, ...unsigned } = signedHeaders(body)

export const signatureRows: readonly HostileRow[] = [
  { title: 'no signature', headers: unsigned, body, code: 'signature-missing', status: 401 },
  signature('empty', ''),
  signature('blank', ' '),
  signature('sent twice', [base64, base64]),
  signature('sent twice, once valid', [base64, signBody(body, 'another')]),
  signature('repeated in one value', `${base64}, ${base64}`),
  signature('15 kB long', 'A'.repeat(15_000)),
  signature('1 MB long', 'A'.repeat(1_000_000), 431),
  signature('44 non-ASCII characters', 'é'.repeat(44)),
  signature('not Latin-1', '₹'.repeat(44), false),
  signature('64 characters that are not hex', 'g'.repeat(64)),
  signature('base64url', Buffer.alloc(32, 0xfb).toString('base64url').padEnd(44, '=')),
  signature('unpadded', base64.slice(0, 43)),
  signature('broken by a newline', `${base64.slice(0, 20)}\n${base64.slice(21)}`, false),
  signature('followed by a newline', `${base64}\n`, false),
  signature('broken by a surrogate', `${base64.slice(0, 43)}\ud800`, false),
  signature('broken by a NUL', `${base64.slice(0, 43)}\0`, false),
  signature('one character too long', `${base64}A`),
  signature('one digit too long', `${hex}0`),
  signature('all zero', Buffer.alloc(32).toString('base64')),
  signature('all zero, in hex', '0'.repeat(64)),
  signature('all 0xFF', Buffer.alloc(32, 255).toString('base64')),
  signature('all 0xFF, in hex', 'f'.repeat(64)),
  signature('prefixed', `sha256=${hex}`),
  signature('prefixed, in base64', `sha256=${base64}`),
  signature('quoted', `"${base64}"`),
  signature('of another body', signBody(`${text} `, secret)),
  signature('of another secret', signBody(body, 'another')),
  signature('of the body serialized again', signBody(JSON.stringify(JSON.parse(text), null, 2), secret)),
  signature('an HMAC-SHA1', createHmac('sha1', secret).update(body).digest('base64')),
  signature('an HMAC-SHA512', createHmac('sha512', secret).update(body).digest('hex')),
  ...[1, 10, 22, 43].map((length) => signature(`only its first ${length} characters`, base64.slice(0, length))),
]

function signedRow(
  title: string,
  content: string | Buffer,
  code: OutcomeCode,
  status: number,
  type?: string,
): HostileRow {
  const bytes = Buffer.from(content as string)
  return { title, headers: signedHeaders(bytes), body: bytes, code, status, ...(type ? { type } : {}) }
}
function accepted(title: string, content: string, type = 'unrecognized'): HostileRow {
  return signedRow(title, content, 'handled', 200, type)
}
/** Returns the sample's JSON with a member inserted before the others. */
function withMember(member: string): string {
  return `{${member},${text.slice(1)}`
}

export const bodyRows: readonly HostileRow[] = [
  signedRow('an empty body', '', 'body-not-json', 400),
  signedRow('a body of spaces', '  ', 'body-not-json', 400),
  signedRow('half a body', text.slice(0, 100), 'body-not-json', 400),
  signedRow('a body with a trailing character', `${text}x`, 'body-not-json', 400),
  signedRow('invalid UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'body-not-utf8', 400),
  signedRow(
    'a lone surrogate encoded in three bytes',
    Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    'body-not-utf8',
    400,
  ),
  signedRow('an overlong encoding of a slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'body-not-utf8', 400),
  accepted('{}', '{}'),
  accepted('null', 'null'),
  accepted('an array', `[${text}]`),
  accepted('a string', '"Message.Received"'),
  accepted('a number that overflows', '1e400'),
  accepted('ten thousand nested arrays', `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  accepted('ten thousand nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  accepted('a body with a BOM', `\uFEFF${text}`, 'Message.Received'),
  accepted('an escaped surrogate', withMember('"x":"\\ud800"'), 'Message.Received'),
  accepted('80.0, 1e400 and big integers', withMember('"x":[80.0,1e400,12345678901234567890]'), 'Message.Received'),
  accepted('₹80.00 and emoji', withMember('"x":"₹80.00 🪔 नमस्ते"'), 'Message.Received'),
  accepted('a duplicate key with a valid last value', withMember('"id":7'), 'Message.Received'),
  accepted('a duplicate key with an invalid last value', `${text.slice(0, -1)},"id":7}`),
  accepted(
    'keys of Object.prototype',
    withMember('"__proto__":{"isAdmin":true},"constructor":1,"toString":2'),
    'Message.Received',
  ),
  accepted('a __proto__ key around the members', `{"__proto__":${text}}`),
  {
    title: 'a body that was serialized again',
    headers: signedHeaders(body),
    body: Buffer.from(JSON.stringify(JSON.parse(text), null, 1)),
    code: 'signature-mismatch',
    status: 401,
  },
  ...[
    '__proto__',
    'constructor',
    'toString',
    'unrecognized',
    ' ',
    'Message.Received, Contact.Created',
    'x'.repeat(5000),
  ].map(
    (name): HostileRow => ({
      title: `the event name ${JSON.stringify(name.slice(0, 40))}`,
      headers: { ...signedHeaders(body), 'x-event-name': name },
      body,
      code: 'handled',
      status: 200,
      type: 'unrecognized',
    }),
  ),
]
