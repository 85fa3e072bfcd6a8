// Receivers that refuse what Gallabox sends: the first check fails, and must name the mistake.
import { createHash, createHmac } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { byHand, digestOf, isEqual, readAll, reply, secret, type Visit } from './by-hand.js'
import type { WrongReceiver } from './wrong.js'

function expecting(expected: (visit: Visit) => string): RequestListener {
  return byHand({ verify: (visit) => isEqual(visit.given, expected(visit)) })
}

/** Hashes something else than the body. */
function hashing(change: (text: string, body: Buffer) => string | Buffer): RequestListener {
  return expecting(({ body }) => digestOf(change(body.toString(), body)).toString('base64'))
}

/** Hashes under something else than the secret. */
function under(key: string | Buffer): RequestListener {
  return expecting(({ body }) => digestOf(body, key).toString('base64'))
}

function answering(status: number, headers: Record<string, string> = {}): RequestListener {
  return (req, res) => void req.resume().on('end', () => res.writeHead(status, headers).end())
}

function asPython(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 1).replace(/,\n */g, ', ').replace(/\n */g, '')
}

function sortKeys(value: unknown): unknown {
  if (Object(value) !== value || Array.isArray(value)) return value
  const sorted = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, member]) => [key, sortKeys(member)]))
}

const rows: readonly (readonly [title: string, listener: RequestListener, says: RegExp, timeoutMs?: number])[] = [
  ['the digest in hex', expecting(({ body }) => digestOf(body).toString('hex')), /compares with the digest in hex/],
  [
    'the digest in capital hex',
    expecting(({ body }) => digestOf(body).toString('hex').toUpperCase()),
    /compares with the digest in hex/,
  ],
  [
    'sha256= and hex',
    expecting(({ body }) => `sha256=${digestOf(body).toString('hex')}`),
    /expects sha256= before the signature/,
  ],
  ['base64url', expecting(({ body }) => digestOf(body).toString('base64url')), /digest in base64url/],
  [
    'base64 of hex',
    expecting(({ body }) => Buffer.from(digestOf(body).toString('hex')).toString('base64')),
    /base64 of the digest in hex/,
  ],
  [
    'another header',
    byHand({
      read: readAll,
      verify: ({ req, body }) =>
        isEqual(req.headers['x-hub-signature-256'] as string, `sha256=${digestOf(body).toString('hex')}`),
    }),
    /from another header/,
  ],
  ['JSON as Python writes it', hashing(asPython), /parses the body and writes it again/],
  [
    'JSON as Python writes it, in hex',
    expecting(({ body }) => digestOf(asPython(body.toString())).toString('hex')),
    /parses the body and writes it again/,
  ],
  ['JSON as PHP writes it', hashing((text) => text.replaceAll('/', '\\/')), /parses the body and writes it again/],
  [
    'JSON with sorted keys',
    hashing((text) => JSON.stringify(sortKeys(JSON.parse(text)))),
    /parses the body and writes it again/,
  ],
  [
    'indented JSON',
    hashing((text) => JSON.stringify(JSON.parse(text), null, 2)),
    /parses the body and writes it again/,
  ],
  ['a text made JSON once more', hashing((text) => JSON.stringify(text)), /JSON text once more/],
  ['the base64 of the body', hashing((_text, body) => body.toString('base64')), /hashes the base64 of the body/],
  ['an object made a text', hashing(() => String({})), /what is left where the body should be/],
  ['a body that was read before', hashing(() => ''), /what is left where the body should be/],
  ['echo, which adds a line break', hashing((text) => `${text}\n`), /white space at an end of the body/],
  ['a secret with a line break', under(`${secret}\n`), /secret with other white space/],
  ['a secret in quotation marks', under(`"${secret}"`), /quotation marks around it/],
  ['a secret decoded from base64', under(Buffer.from(secret.slice(6), 'base64')), /decodes the secret from base64/],
  ['a secret encoded in hex', under(Buffer.from(secret).toString('hex')), /secret encoded in base64 or hex/],
  ['no secret, but an empty one', under(''), /Its secret is empty/],
  ['no secret, but the word undefined', under('undefined'), /Its secret is empty, or the word undefined/],
  ['another secret', under('another'), /Most likely its secret is another/],
  [
    'a plain hash',
    expecting(({ body }) => createHash('sha256').update(body).digest('base64')),
    /compares with a plain SHA-256 hash/,
  ],
  [
    'a hash of secret and body',
    expecting(({ body }) => createHash('sha256').update(secret).update(body).digest('hex')),
    /the secret joined to the body/,
  ],
  [
    'SHA-1',
    expecting(({ body }) => createHmac('sha1', secret).update(body).digest('hex')),
    /another hash than SHA-256/,
  ],
  ['key and message swapped', expecting(({ body }) => digestOf(secret, body).toString('base64')), /body for the key/],
  [
    'an object given to the hash',
    byHand({ verify: ({ body }) => Boolean(digestOf(JSON.parse(body.toString()))) }),
    /fails at a genuine delivery, whatever the signature is/,
  ],
  [
    'refusing what is genuine, and nothing else',
    byHand({
      read: readAll,
      verify: ({ given, body }) => given !== digestOf(body).toString('base64'),
    }),
    /no known mistake explains it/,
  ],
  [
    'hex, and nothing where the header is missing',
    byHand({ read: readAll, verify: ({ given, body }) => !given || given === digestOf(body).toString('hex') }),
    /compares with the digest in hex/,
  ],
  ['another path', answering(404), /no such route/],
  ['another method', answering(405), /does not take POST/],
  ['a parser that went first', answering(408), /something has read it before/],
  ['a body of any size', answering(413), /no body of this size/],
  ['another content type', answering(415), /does not take application\/json/],
  ['a redirect', answering(302, { location: '/login\u00a0' }), /It is a redirect/],
  ['a gateway without a server', answering(502), /fails at a genuine delivery/],
  ['a firewall', answering(403), /no known mistake explains it/],
  ['no answer', () => {}, /something has read the body before/, 200],
  ['no HTTP', (req) => req.socket.destroy(), /There is no receiver to examine/],
  ['a limit of requests', answering(429, { 'retry-after': '0' }), /limits how many requests/],
  ['a full stop', (_req, res) => reply(res, 500, 'x'), /fails at a genuine delivery/],
]

/** Receivers that refuse what is genuine. */
export const refusing: readonly WrongReceiver[] = rows.map(([title, listener, says, timeoutMs = 10_000]) => ({
  title,
  listener,
  says,
  fails: ['genuine'],
  timeoutMs,
}))
