// Each check sends forged signatures that a receiver with one known mistake accepts.

import { passedResult, type ReceiverCheck, rateLimitedResult, warningResult } from '../check.js'
import { type LabeledRequest, rejectionCheck } from '../check-builders.js'
import { classifyResponse, describeResponse } from '../classify-response.js'
import { bodyRemnants } from '../digest-candidates.js'
import { hmac, sha256 } from '../hashes.js'
import { messageBody } from '../sample-bodies.js'
import type { Target } from '../target.js'

export const anyoneCanForge = 'Anyone who has the URL can forge events.'

const exactComparison = 'Compare the whole header with the whole base64 of the digest. In Node: with timingSafeEqual.'

const malformed = rejectionCheck({
  id: 'malformed-signature',
  title: 'rejects malformed signatures',
  requires: ['wrong-secret'],
  cause: anyoneCanForge,
  fix: 'Respond with 401 to every header that is not the base64 of the digest.',
  crash: {
    cause:
      'An attacker can make it throw. Most likely the comparison throws if the lengths differ, as timingSafeEqual does.',
    fix: 'Compare the lengths first, and respond with 401 if they differ.',
  },
  requests: ({ marker }) =>
    (
      [
        ['bytes outside ASCII', 'é'.repeat(44)],
        ['a short signature', 'QUJD'],
        ['invalid base64', '!'.repeat(44)],
        ['15 kB', 'A'.repeat(15_000)],
        ['sha256= only', 'sha256='],
      ] as const
    ).map(([label, signature]) => ({ label, body: messageBody(marker), signature })),
})

const truncated = rejectionCheck({
  id: 'truncated-signature',
  title: 'rejects the first characters of the correct signature',
  requires: ['wrong-secret', 'malformed-signature'],
  cause: `${anyoneCanForge} It compares only as many characters as it gets. A single character is guessed in 64 attempts.`,
  fix: exactComparison,
  requests: (target) => {
    const { length } = target.sign('')
    return [1, 8, Math.floor(length / 2), length - 4].map((count) =>
      signRequest(`the first ${count}`, target, (body) => target.sign(body).slice(0, count)),
    )
  },
})

const nearlyCorrect = rejectionCheck({
  id: 'nearly-correct-signature',
  title: 'rejects signatures that are nearly correct',
  requires: ['wrong-secret', 'malformed-signature'],
  cause: `${anyoneCanForge} Its comparison loses earlier differences, so a few hundred attempts are enough.`,
  fix: `${exactComparison} A loop must keep every difference: \`difference |= a ^ b\`.`,
  requests: (target) => [
    // Accepted if only the last difference is kept.
    signRequest('a correct second half', target, (body) => {
      const digest = digestOf(target, body)
      return target.scheme.encode(Buffer.from(digest.map((byte, i) => (i < 16 ? byte ^ 0xff : byte))))
    }),
    // Accepted if two differences cancel each other out, compared by bytes or by words of four.
    signRequest('two bytes swapped', target, (body) => {
      const digest = digestOf(target, body)
      const other = digest.findIndex((byte, i) => i % 4 === 0 && byte !== digest[0])
      const [first, second] = [digest[0] as number, digest[other] as number]
      digest.set([second], 0)
      digest.set([first], other)
      return target.scheme.encode(digest)
    }),
  ],
})

function digestOf({ scheme }: Target, body: string): Buffer {
  return scheme.hash(body, scheme.key)
}

const extended = rejectionCheck({
  id: 'extended-signature',
  title: 'rejects the correct signature after other characters',
  requires: ['wrong-secret', 'malformed-signature'],
  cause:
    'It looks for the signature anywhere in the header. That alone allows no forgery, but the comparison is not exact.',
  fix: exactComparison,
  requests: (target) => [signRequest(undefined, target, (body) => `AAAA${target.sign(body)}`)],
})

const appended: ReceiverCheck = {
  id: 'appended-signature',
  title: 'rejects the correct signature before other characters',
  cause: 'That allows no forgery. It decodes the header leniently, or compares only its start.',
  fix: exactComparison,
  sendsOnlyForgeries: true,
  requires: ['wrong-secret', 'malformed-signature'],
  async run(target) {
    const body = messageBody(target.marker)
    const response = await target.send({ body, signature: `${target.sign(body)}AAAA` })
    const responseClass = classifyResponse(response)
    if (responseClass === 'rate-limited') return rateLimitedResult
    if (responseClass !== 'accepted') return passedResult(describeResponse(response))
    return warningResult(describeResponse(response), appended)
  },
}

const emptySecret = rejectionCheck({
  id: 'empty-secret',
  title: 'rejects a signature made with an empty secret',
  requires: ['wrong-secret'],
  cause: `${anyoneCanForge} If the secret is missing, it falls back to an empty one.`,
  fix: 'Do not start the server without a secret. Do not use a default or an empty string.',
  requests: (target) => [signRequest(undefined, target, (body) => target.sign(body, ''))],
})

const guessableSecret = rejectionCheck({
  id: 'guessable-secret',
  title: 'rejects signatures made with guessable secrets',
  requires: ['wrong-secret'],
  cause: `${anyoneCanForge} The secret is, or falls back to, a word such as undefined, or one from an example.`,
  fix: 'Do not start the server without a secret. Use a long random one.',
  requests: (target) =>
    signWithSecrets(target, ['undefined', 'null', 'None', 'secret', 'test', 'changeme', 'your-secret', 'whsec_test']),
})

const plainHash = rejectionCheck({
  id: 'plain-hash',
  title: 'rejects a hash that needs no secret',
  requires: ['wrong-secret', 'malformed-signature'],
  cause: `${anyoneCanForge} Anyone can compute a plain hash.`,
  fix: 'Use HMAC-SHA256 with the secret as the key.',
  requests: (target) => [
    signRequest('base64', target, (body) => sha256(body).toString('base64')),
    signRequest('hex', target, (body) => sha256(body).toString('hex')),
  ],
})

const unreadBody = rejectionCheck({
  id: 'unread-body',
  title: 'rejects the signature of something other than the body',
  requires: ['wrong-secret'],
  cause: 'It hashes what is left after something else read or parsed the body. One signature fits every body.',
  fix: 'Hash the raw body, before any parser.',
  requests: (target) =>
    bodyRemnants.map((remnant) => signRequest(remnant || 'nothing', target, () => target.sign(remnant))),
})

const weakHash = rejectionCheck({
  id: 'sha1',
  title: 'rejects HMAC-SHA1',
  requires: ['wrong-secret', 'malformed-signature'],
  cause: 'It accepts signatures that are weaker than those of Gallabox.',
  fix: 'Use HMAC-SHA256 only. Do not let the sender choose the algorithm.',
  requests: (target) => [
    signRequest('base64', target, (body) => hmac(body, target.secret, 'sha1').toString('base64')),
    signRequest('hex', target, (body) => hmac(body, target.secret, 'sha1').toString('hex')),
  ],
})

/** Creates a request whose signature the function returns. */
export function signRequest(
  label: string | undefined,
  { marker }: Target,
  sign: (body: string) => string,
): LabeledRequest {
  const body = messageBody(marker)
  return { label, body, signature: sign(body) }
}

function signWithSecrets(target: Target, secrets: readonly string[]): readonly LabeledRequest[] {
  return secrets.map((secret) => {
    // Never print the secret, not even a guessable one.
    const label = secret === target.secret ? 'the given secret' : JSON.stringify(secret)
    return signRequest(label, target, (body) => target.sign(body, secret))
  })
}

export const forgedSignatureChecks: readonly ReceiverCheck[] = [
  malformed,
  truncated,
  nearlyCorrect,
  emptySecret,
  guessableSecret,
  plainHash,
  unreadBody,
  weakHash,
  extended,
  appended,
]
