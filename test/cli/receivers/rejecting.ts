// Receivers that reject valid deliveries. The first check must explain why.
import { createHash, createHmac } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createManualReceiver, digestOf, isEqual, readAll, respond, type StepContext, secret } from './by-hand.js'
import type { FaultyReceiver } from './faulty.js'

function expectSignature(expected: (context: StepContext) => string): RequestListener {
  return createManualReceiver({ verify: (context) => isEqual(context.signature, expected(context)) })
}

function hashChangedBody(change: (text: string, body: Buffer) => string | Buffer): RequestListener {
  return expectSignature(({ body }) => digestOf(change(body.toString(), body)).toString('base64'))
}

function verifyWithKey(key: string | Buffer): RequestListener {
  return expectSignature(({ body }) => digestOf(body, key).toString('base64'))
}

function respondWith(status: number, headers: Record<string, string> = {}): RequestListener {
  return (req, res) => void req.resume().on('end', () => res.writeHead(status, headers).end())
}

function serializeLikePython(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 1).replace(/,\n */g, ', ').replace(/\n */g, '')
}

function sortKeys(value: unknown): unknown {
  if (Object(value) !== value || Array.isArray(value)) return value
  const sorted = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, member]) => [key, sortKeys(member)]))
}

interface MoreAbout {
  /** The ids of checks that fail in addition to valid-delivery. */
  readonly fails?: readonly string[]
  readonly timeoutMs?: number
}

const rows: readonly (readonly [title: string, listener: RequestListener, explanation: RegExp, more?: MoreAbout])[] = [
  [
    'compares with hex',
    expectSignature(({ body }) => digestOf(body).toString('hex')),
    /compares with the digest in hex/,
  ],
  ...[
    'x-webhook-secret',
    'x-gallabox-token',
    'x-gallabox-secret',
    'x-shared-secret',
    'x-webhook-token',
    'authorization',
  ].map(
    (header) =>
      [
        `expects the secret in the header ${header}`,
        createManualReceiver({ read: readAll, verify: ({ req }) => isEqual(req.headers[header] as string, secret) }),
        new RegExp(`reads ${header}\\. It expects the secret itself in a header`),
      ] as const,
  ),
  [
    'expects the secret as a bearer token',
    createManualReceiver({
      read: readAll,
      verify: ({ req }) => isEqual(req.headers.authorization, `Bearer ${secret}`),
    }),
    /expects the secret itself in a header/,
  ],
  [
    'expects the secret in place of the signature',
    expectSignature(() => secret),
    /expects the secret itself in a header/,
  ],
  ...['secret', 'key', 'token'].map(
    (name) =>
      [
        `expects the secret in the parameter ${name}`,
        createManualReceiver({
          read: readAll,
          verify: ({ req }) => new URL(req.url ?? '', 'http://localhost').searchParams.get(name) === secret,
        }),
        new RegExp(`reads \\?${name}=\\. It expects the secret itself in the URL`),
      ] as const,
  ),
  [
    'compares with upper-case hex',
    expectSignature(({ body }) => digestOf(body).toString('hex').toUpperCase()),
    /compares with the digest in hex/,
  ],
  [
    'expects sha256= and hex',
    expectSignature(({ body }) => `sha256=${digestOf(body).toString('hex')}`),
    /expects sha256= before the signature/,
  ],
  [
    'compares with base64url',
    expectSignature(({ body }) => digestOf(body).toString('base64url')),
    /digest as base64url/,
  ],
  [
    'compares with the base64 of hex',
    expectSignature(({ body }) => Buffer.from(digestOf(body).toString('hex')).toString('base64')),
    /encodes the hex digest as base64/,
  ],
  [
    'reads another header',
    createManualReceiver({
      read: readAll,
      verify: ({ req, body }) =>
        isEqual(req.headers['x-hub-signature-256'] as string, `sha256=${digestOf(body).toString('hex')}`),
    }),
    /reads x-hub-signature-256\. It does not read x-gallabox-signature/,
  ],
  [
    'hashes JSON as Python writes it',
    hashChangedBody(serializeLikePython),
    /parses the body, serializes it again/,
    { fails: ['unsigned-invalid-json'] },
  ],
  [
    'hashes JSON as Python writes it, in hex',
    expectSignature(({ body }) => digestOf(serializeLikePython(body.toString())).toString('hex')),
    /parses the body, serializes it again.*compares with the digest in hex/,
    { fails: ['unsigned-invalid-json'] },
  ],
  [
    'hashes JSON as PHP writes it',
    hashChangedBody((text) => text.replaceAll('/', '\\/')),
    /parses the body, serializes it again/,
  ],
  [
    'hashes JSON with sorted keys',
    hashChangedBody((text) => JSON.stringify(sortKeys(JSON.parse(text)))),
    /parses the body, serializes it again/,
    { fails: ['unsigned-invalid-json'] },
  ],
  [
    'hashes indented JSON',
    hashChangedBody((text) => JSON.stringify(JSON.parse(text), null, 2)),
    /parses the body, serializes it again/,
    { fails: ['unsigned-invalid-json'] },
  ],
  ['hashes the body as a JSON string', hashChangedBody((text) => JSON.stringify(text)), /as a JSON string/],
  [
    'hashes the base64 of the body',
    hashChangedBody((_text, body) => body.toString('base64')),
    /hashes the base64 of the body/,
  ],
  [
    'hashes an object converted to a string',
    hashChangedBody(() => String({})),
    /what is left after the body was consumed/,
    { fails: ['unread-body'] },
  ],
  [
    'hashes a consumed body',
    hashChangedBody(() => ''),
    /what is left after the body was consumed/,
    { fails: ['unread-body'] },
  ],
  [
    'hashes with echo, which adds a line break',
    hashChangedBody((text) => `${text}\n`),
    /whitespace at the start or end of the body/,
  ],
  ['uses a secret with a line break', verifyWithKey(`${secret}\n`), /secret has different whitespace/],
  ['uses a secret in quotation marks', verifyWithKey(`"${secret}"`), /secret is in quotation marks/],
  [
    'decodes the secret from base64',
    verifyWithKey(Buffer.from(secret.slice(6), 'base64')),
    /decodes the secret from base64/,
  ],
  [
    'encodes the secret as hex',
    verifyWithKey(Buffer.from(secret).toString('hex')),
    /encodes the secret as base64 or hex/,
  ],
  ['uses an empty secret', verifyWithKey(''), /Its secret is empty/, { fails: ['empty-secret'] }],
  [
    'uses the string undefined as the secret',
    verifyWithKey('undefined'),
    /Its secret is empty, or the string undefined/,
    { fails: ['guessable-secret'] },
  ],
  ['uses another secret', verifyWithKey('another'), /Most likely its secret is different/],
  [
    'compares with a plain hash',
    expectSignature(({ body }) => createHash('sha256').update(body).digest('base64')),
    /compares with a plain SHA-256 hash/,
    { fails: ['plain-hash'] },
  ],
  [
    'hashes the secret and the body',
    expectSignature(({ body }) => createHash('sha256').update(secret).update(body).digest('hex')),
    /the secret joined to the body/,
  ],
  [
    'uses SHA-1',
    expectSignature(({ body }) => createHmac('sha1', secret).update(body).digest('hex')),
    /does not use SHA-256/,
    { fails: ['sha1'] },
  ],
  [
    'swaps key and message',
    expectSignature(({ body }) => digestOf(secret, body).toString('base64')),
    /body as the key/,
  ],
  [
    'passes an object to the hash',
    createManualReceiver({ verify: ({ body }) => Boolean(digestOf(JSON.parse(body.toString()))) }),
    /fails on a valid delivery, whatever the signature is/,
  ],
  [
    'rejects only valid deliveries',
    createManualReceiver({
      read: readAll,
      verify: ({ signature, body }) => signature !== digestOf(body).toString('base64'),
    }),
    /no known mistake explains it/,
    { fails: ['unsigned', 'wrong-secret', 'flood'] },
  ],
  [
    'compares with hex, and accepts a missing header',
    createManualReceiver({
      read: readAll,
      verify: ({ signature, body }) => !signature || signature === digestOf(body).toString('hex'),
    }),
    /compares with the digest in hex/,
    { fails: ['unsigned', 'flood'] },
  ],
  ['has another path', respondWith(404), /route does not exist/],
  ['has another method', respondWith(405), /does not accept the method/],
  ['parses the body first', respondWith(408), /Something else, such as a body parser, read it first/],
  ['has a small body limit', respondWith(413), /not accept a body of this size/],
  ['expects another content type', respondWith(415), /does not accept application\/json/],
  ['redirects', respondWith(302, { location: '/login\u00a0' }), /It is a redirect/],
  ['is a gateway without a server', respondWith(502), /fails on a valid delivery/, { fails: ['unsigned'] }],
  ['is behind a firewall', respondWith(403), /no known mistake explains it/],
  ['does not respond', () => {}, /something else read the body first/, { timeoutMs: 200 }],
  ['does not speak HTTP', (req) => req.socket.destroy(), /No receiver was found/],
  ['fails always', (_req, res) => respond(res, 500, 'x'), /fails on a valid delivery/, { fails: ['unsigned'] }],
]

export const rejectingReceivers: readonly FaultyReceiver[] = rows.map(
  ([title, listener, explanation, { fails = [], timeoutMs = 10_000 } = {}]) => ({
    title,
    listener,
    explanation,
    fails: ['valid-delivery', ...fails],
    timeoutMs,
  }),
)
