// Receivers that take what is forged, or fail at it.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { byHand, digestOf, isEqual, isGenuine, readAll, reply, type Steps, secret, type Visit } from './by-hand.js'
import type { WrongReceiver } from './wrong.js'

function expectedOf({ body }: Visit, key: string = secret): string {
  return digestOf(body, key).toString('base64')
}

/** One that verifies wrongly, and reads what has no signature too. */
function verifying(verify: NonNullable<Steps['verify']>) {
  return byHand({ read: readAll, verify })
}

function isGenuineOrUnder(key: string) {
  return verifying((visit) => isGenuine(visit) || isEqual(visit.given, expectedOf(visit, key)))
}

function isGenuineOr(other: (visit: Visit) => string) {
  return verifying((visit) => isGenuine(visit) || isEqual(visit.given, other(visit)))
}

/** One that compares by hand: four bytes at a time, lest chance let another forgery through. */
function comparing(fold: (found: number, a: number, b: number) => number) {
  return verifying((visit) => {
    const given = Buffer.from(visit.given ?? '', 'base64')
    if (given.toString('base64') !== visit.given || given.byteLength !== 32) return false
    const expected = digestOf(visit.body)
    const words = Array.from({ length: 8 }, (_, i) => 4 * i)
    return words.reduce((found, at) => fold(found, expected.readInt32BE(at), given.readInt32BE(at)), 0) === 0
  })
}

/** Receivers that let strangers in, or let them make it fail. */
export const deceived: readonly WrongReceiver[] = [
  {
    title: 'takes what has no signature',
    listener: verifying((visit) => !visit.given || isGenuine(visit)),
    fails: ['unsigned', 'flood'],
    says: /Anybody who knows the address can invent events/,
  },
  {
    title: 'takes everything, for want of a secret',
    listener: verifying(() => true),
    fails: ['unsigned', 'wrong-secret', 'flood'],
    says: /^answered 200 to: JSON, an empty signature/,
  },
  {
    title: 'logs what is forged, and goes on',
    listener: byHand({ read: readAll, refuse: ({ res }) => reply(res, 200) }),
    fails: ['unsigned', 'wrong-secret', 'flood'],
    says: /Anybody who knows the address/,
  },
  {
    title: 'verifies JSON alone, and asks of all else no more than that it is signed somehow',
    listener: verifying(
      (visit) => (Boolean(visit.given) && visit.req.headers['content-type'] !== 'application/json') || isGenuine(visit),
    ),
    fails: ['unsigned-other-type'],
    says: /wrongly signed/,
  },
  {
    title: 'keeps the last difference alone',
    listener: comparing((_found, a, b) => a ^ b),
    fails: ['nearly-right-signature'],
    says: /^answered 200 to: the second half right/,
  },
  {
    title: 'lets two differences make none',
    listener: comparing((found, a, b) => found ^ a ^ b),
    fails: ['nearly-right-signature'],
    says: /two bytes exchanged/,
  },
  {
    title: 'finds the signature anywhere in the header',
    listener: verifying((visit) => Boolean(visit.given?.includes(expectedOf(visit)))),
    fails: ['extended-signature'],
    says: /anywhere in the header/,
  },
  {
    title: 'compares as much as it is given',
    listener: verifying((visit) => expectedOf(visit).startsWith(visit.given ?? '-')),
    fails: ['unsigned', 'truncated-signature'],
    says: /^answered 200 to: an empty signature, a blank signature/,
  },
  {
    title: 'compares as many bytes as it is given',
    listener: verifying((visit) => {
      const given = Buffer.from(visit.given ?? '-', 'base64')
      return given.byteLength > 0 && digestOf(visit.body).subarray(0, given.byteLength).equals(given)
    }),
    fails: ['truncated-signature'],
    says: /compares only as much as it is given/,
  },
  {
    title: 'falls back to an empty secret',
    listener: isGenuineOrUnder(''),
    fails: ['empty-secret'],
    says: /falls back to an empty one/,
  },
  {
    title: 'falls back to the word undefined',
    listener: isGenuineOrUnder('undefined'),
    fails: ['guessable-secret'],
    says: /Answered 200 to: "undefined"/i,
  },
  {
    title: 'takes a plain hash too',
    listener: isGenuineOr(({ body }) => createHash('sha256').update(body).digest('hex')),
    fails: ['plain-hash'],
    says: /answered 200 to: hex/,
  },
  {
    title: 'takes HMAC-SHA1 too',
    listener: isGenuineOr(({ body }) => createHmac('sha1', secret).update(body).digest('base64')),
    fails: ['sha1'],
    says: /answered 200 to: base64/,
  },
  {
    title: 'takes the signature of an empty body',
    listener: isGenuineOr(() => digestOf('').toString('base64')),
    fails: ['unread-body'],
    says: /answered 200 to: nothing/,
  },
  {
    title: 'verifies POST alone',
    listener: verifying((visit) => visit.req.method !== 'POST' || isGenuine(visit)),
    fails: ['unsigned-other-method'],
    says: /for POST alone/,
  },
  {
    title: 'verifies JSON alone',
    listener: verifying((visit) => !visit.req.headers['content-type']?.includes('json') || isGenuine(visit)),
    fails: ['unsigned-other-type'],
    says: /for application\/json alone/,
  },
  {
    title: 'reads the signature from the address',
    listener: verifying((visit) => {
      const query = new URL(visit.req.url ?? '', 'http://localhost').searchParams
      return isEqual(visit.given ?? query.get('signature') ?? undefined, expectedOf(visit))
    }),
    fails: ['signature-in-query'],
    says: /answered 200 to: \?signature=/,
  },
  {
    title: 'remembers the signature, and never the body',
    listener: (() => {
      const seen = new Set<string>()
      return verifying((visit) => {
        if (isGenuine(visit)) seen.add(visit.given as string)
        return seen.has(visit.given as string)
      })
    })(),
    fails: ['tampered-body', 'signature-of-another-body'],
    says: /Whoever has seen one delivery can change it/,
  },
  {
    title: 'trims the body',
    listener: verifying(({ given, body }) => isEqual(given, digestOf(body.toString().trim()).toString('base64'))),
    fails: ['body-ends'],
    says: /The body is trimmed before it is hashed/,
  },
  {
    title: 'throws where the signature has another length',
    listener: byHand({
      verify: (visit) => timingSafeEqual(Buffer.from(visit.given ?? ''), Buffer.from(expectedOf(visit))),
    }),
    fails: ['malformed-signature'],
    says: /as timingSafeEqual does/,
  },
  {
    title: 'refuses with 500',
    listener: byHand({ refuse: ({ res }) => reply(res, 500) }),
    fails: ['wrong-secret'],
    says: /A stranger can make it throw/,
  },
  {
    title: 'refuses with a redirect',
    listener: byHand({ refuse: ({ res }) => res.writeHead(302, { location: '/login' }).end() }),
    fails: ['wrong-secret'],
    says: /A redirect says neither yes nor no/,
  },
  {
    title: 'refuses without an answer',
    listener: byHand({ refuse: () => {} }),
    fails: ['wrong-secret'],
    says: /^no answer within 600 ms\. A stranger can keep it busy/,
    timeoutMs: 600,
  },
  {
    title: 'parses before it verifies',
    listener: verifying((visit) => Boolean(JSON.parse(visit.body.toString())) && isGenuine(visit)),
    fails: ['unsigned-invalid-json', 'invalid-json'],
    says: /A parser throws/,
  },
  {
    title: 'tells how much of the signature is right',
    listener: byHand({
      refuse: (visit) => {
        const expected = expectedOf(visit)
        const at = Array.from(expected).findIndex((character, index) => character !== visit.given?.[index])
        reply(visit.res, 401, `wrong at ${at}`)
      },
    }),
    fails: ['oracle'],
    says: /character by character/,
  },
  {
    title: 'tells the right signature in a header',
    listener: byHand({
      refuse: (visit) => {
        visit.res.setHeader('x-expected', expectedOf(visit))
        reply(visit.res, 401)
      },
    }),
    fails: ['secret-in-reply'],
    says: /ask it for the right signature/,
  },
  {
    title: 'tells the right signature',
    listener: byHand({ refuse: (visit) => reply(visit.res, 401, `expected ${expectedOf(visit)}`) }),
    fails: ['secret-in-reply'],
    says: /ask it for the right signature/,
  },
  {
    title: 'tells the right signature, as HTML',
    listener: byHand({
      refuse: (visit) => reply(visit.res, 401, expectedOf(visit).replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;')),
    }),
    fails: ['secret-in-reply'],
    says: /ask it for the right signature/,
  },
  {
    title: 'tells the secret',
    listener: byHand({ refuse: ({ res }) => reply(res, 401, `not signed with ${secret}`) }),
    fails: ['secret-in-reply'],
    says: /has the secret in it/,
  },
]
