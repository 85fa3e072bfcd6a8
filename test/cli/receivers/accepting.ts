// Receivers that accept forged deliveries, or fail on them.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  createManualReceiver,
  digestOf,
  isEqual,
  isVerified,
  readAll,
  respond,
  type StepContext,
  type Steps,
  secret,
} from './by-hand.js'
import type { FaultyReceiver } from './faulty.js'

function expectedSignature({ body }: StepContext, key: string = secret): string {
  return digestOf(body, key).toString('base64')
}

/** Creates a receiver that reads the whole body, signed or not. */
function createUnboundedReceiver(verify: NonNullable<Steps['verify']>) {
  return createManualReceiver({ read: readAll, verify })
}

function isVerifiedOrSignedWith(key: string) {
  return createUnboundedReceiver(
    (context) => isVerified(context) || isEqual(context.signature, expectedSignature(context, key)),
  )
}

function isVerifiedOr(other: (context: StepContext) => string) {
  return createUnboundedReceiver((context) => isVerified(context) || isEqual(context.signature, other(context)))
}

/** Compares four bytes at a time, so that no other forgery is accepted by chance. */
function createComparingReceiver(fold: (observed: number, a: number, b: number) => number) {
  return createUnboundedReceiver((context) => {
    const signature = Buffer.from(context.signature ?? '', 'base64')
    if (signature.toString('base64') !== context.signature || signature.byteLength !== 32) return false
    const expected = digestOf(context.body)
    const words = Array.from({ length: 8 }, (_, i) => 4 * i)
    return words.reduce((observed, at) => fold(observed, expected.readInt32BE(at), signature.readInt32BE(at)), 0) === 0
  })
}

export const acceptingReceivers: readonly FaultyReceiver[] = [
  {
    title: 'accepts unsigned deliveries',
    listener: createUnboundedReceiver((context) => !context.signature || isVerified(context)),
    fails: ['unsigned', 'flood'],
    explanation: /Anyone who has the URL can forge events/,
  },
  {
    title: 'accepts everything, because it has no secret',
    listener: createUnboundedReceiver(() => true),
    fails: ['unsigned', 'wrong-secret', 'flood'],
    explanation: /^responded with 200 to: JSON, an empty signature/,
  },
  {
    title: 'logs forgeries, and continues',
    listener: createManualReceiver({ read: readAll, reject: ({ res }) => respond(res, 200) }),
    fails: ['unsigned', 'wrong-secret', 'flood'],
    explanation: /Anyone who has the URL/,
  },
  {
    title: 'verifies only JSON, and accepts any signature of other types',
    listener: createUnboundedReceiver(
      (context) =>
        (Boolean(context.signature) && context.req.headers['content-type'] !== 'application/json') ||
        isVerified(context),
    ),
    fails: ['unsigned-other-type'],
    explanation: /wrong signature/,
  },
  {
    title: 'keeps only the last difference',
    listener: createComparingReceiver((_found, a, b) => a ^ b),
    fails: ['nearly-correct-signature'],
    explanation: /^responded with 200 to: a correct second half/,
  },
  {
    title: 'lets two differences cancel each other out',
    listener: createComparingReceiver((observed, a, b) => observed ^ a ^ b),
    fails: ['nearly-correct-signature'],
    explanation: /two bytes swapped/,
  },
  {
    title: 'finds the signature anywhere in the header',
    listener: createUnboundedReceiver((context) => Boolean(context.signature?.includes(expectedSignature(context)))),
    fails: ['extended-signature'],
    explanation: /anywhere in the header/,
  },
  {
    title: 'compares as many characters as it gets',
    listener: createUnboundedReceiver((context) => expectedSignature(context).startsWith(context.signature ?? '-')),
    fails: ['unsigned', 'truncated-signature'],
    explanation: /^responded with 200 to: an empty signature, a blank signature/,
  },
  {
    title: 'compares as many bytes as it gets',
    listener: createUnboundedReceiver((context) => {
      const signature = Buffer.from(context.signature ?? '-', 'base64')
      return signature.byteLength > 0 && digestOf(context.body).subarray(0, signature.byteLength).equals(signature)
    }),
    fails: ['truncated-signature'],
    explanation: /compares only as many characters as it gets/,
  },
  {
    title: 'falls back to an empty secret',
    listener: isVerifiedOrSignedWith(''),
    fails: ['empty-secret'],
    explanation: /falls back to an empty one/,
  },
  {
    title: 'falls back to the string undefined',
    listener: isVerifiedOrSignedWith('undefined'),
    fails: ['guessable-secret'],
    explanation: /Responded with 200 to: "undefined"/i,
  },
  {
    title: 'accepts a plain hash too',
    listener: isVerifiedOr(({ body }) => createHash('sha256').update(body).digest('hex')),
    fails: ['plain-hash'],
    explanation: /responded with 200 to: hex/,
  },
  {
    title: 'accepts HMAC-SHA1 too',
    listener: isVerifiedOr(({ body }) => createHmac('sha1', secret).update(body).digest('base64')),
    fails: ['sha1'],
    explanation: /responded with 200 to: base64/,
  },
  {
    title: 'accepts the signature of an empty body',
    listener: isVerifiedOr(() => digestOf('').toString('base64')),
    fails: ['unread-body'],
    explanation: /responded with 200 to: nothing/,
  },
  {
    title: 'verifies only POST',
    listener: createUnboundedReceiver((context) => context.req.method !== 'POST' || isVerified(context)),
    fails: ['unsigned-other-method'],
    explanation: /Only POST is verified/,
  },
  {
    title: 'verifies only JSON',
    listener: createUnboundedReceiver(
      (context) => !context.req.headers['content-type']?.includes('json') || isVerified(context),
    ),
    fails: ['unsigned-other-type'],
    explanation: /Only application\/json is verified/,
  },
  {
    title: 'reads the signature from the URL',
    listener: createUnboundedReceiver((context) => {
      const query = new URL(context.req.url ?? '', 'http://localhost').searchParams
      return isEqual(context.signature ?? query.get('signature') ?? undefined, expectedSignature(context))
    }),
    fails: ['signature-in-query'],
    explanation: /responded with 200 to: \?signature=/,
  },
  {
    title: 'remembers signatures without their bodies',
    listener: (() => {
      const seen = new Set<string>()
      return createUnboundedReceiver((context) => {
        if (isVerified(context)) seen.add(context.signature as string)
        return seen.has(context.signature as string)
      })
    })(),
    fails: ['tampered-body', 'signature-of-another-body'],
    explanation: /Anyone who has seen one delivery can change it/,
  },
  {
    title: 'trims the body',
    listener: createUnboundedReceiver(({ signature, body }) =>
      isEqual(signature, digestOf(body.toString().trim()).toString('base64')),
    ),
    fails: ['body-ends'],
    explanation: /The body is trimmed before it is hashed/,
  },
  {
    title: 'throws if the signature has another length',
    listener: createManualReceiver({
      verify: (context) =>
        timingSafeEqual(Buffer.from(context.signature ?? ''), Buffer.from(expectedSignature(context))),
    }),
    fails: ['malformed-signature'],
    explanation: /as timingSafeEqual does/,
  },
  {
    title: 'rejects with 500',
    listener: createManualReceiver({ reject: ({ res }) => respond(res, 500) }),
    fails: ['wrong-secret'],
    explanation: /An attacker can make the receiver throw/,
  },
  {
    title: 'rejects with a redirect',
    listener: createManualReceiver({ reject: ({ res }) => res.writeHead(302, { location: '/login' }).end() }),
    fails: ['wrong-secret'],
    explanation: /A redirect neither accepts nor rejects/,
  },
  {
    title: 'does not respond to a forgery',
    listener: createManualReceiver({ reject: () => {} }),
    fails: ['wrong-secret'],
    explanation: /^no response within 600 ms\. An attacker can keep the receiver busy/,
    timeoutMs: 600,
  },
  {
    title: 'parses before it verifies',
    listener: createUnboundedReceiver((context) => Boolean(JSON.parse(context.body.toString())) && isVerified(context)),
    fails: ['unsigned-invalid-json', 'invalid-json'],
    explanation: /fails with a forged signature too, so the error is before the verification/,
  },
  {
    title: 'discloses how much of the signature is correct',
    listener: createManualReceiver({
      reject: (context) => {
        const expected = expectedSignature(context)
        const at = Array.from(expected).findIndex((character, index) => character !== context.signature?.[index])
        respond(context.res, 401, `wrong at ${at}`)
      },
    }),
    fails: ['oracle'],
    explanation: /character by character/,
  },
  {
    title: 'discloses the correct signature in a header',
    listener: createManualReceiver({
      reject: (context) => {
        context.res.setHeader('x-expected', expectedSignature(context))
        respond(context.res, 401)
      },
    }),
    fails: ['secret-in-response'],
    explanation: /ask it for the correct signature/,
  },
  {
    title: 'discloses the correct signature',
    listener: createManualReceiver({
      reject: (context) => respond(context.res, 401, `expected ${expectedSignature(context)}`),
    }),
    fails: ['secret-in-response'],
    explanation: /ask it for the correct signature/,
  },
  {
    title: 'discloses the correct signature as HTML',
    listener: createManualReceiver({
      reject: (context) =>
        respond(context.res, 401, expectedSignature(context).replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;')),
    }),
    fails: ['secret-in-response'],
    explanation: /ask it for the correct signature/,
  },
  {
    title: 'discloses the secret',
    listener: createManualReceiver({ reject: ({ res }) => respond(res, 401, `not signed with ${secret}`) }),
    fails: ['secret-in-response'],
    explanation: /contains the secret/,
  },
]
