// Lists the digests that a faulty receiver may compute: of another body, with another key or another algorithm.
import { bodyVariants } from '../../../diagnose/body-variants.js'
import { secretVariants } from '../../../diagnose/secret-variants.js'
import { decodeUtf8 } from '../../../platform/bytes.js'
import { type CauseCode, causes } from './causes.js'
import { type HashInput, hmac, sha256 } from './hashes.js'

export type DigestCandidate = readonly [code: CauseCode, digest: Buffer]

/** What is left of a body, as a string, after something else read or parsed it. */
export const bodyRemnants = ['', '{}', '[object Object]', 'undefined', 'null', '""'] as const

/** Lists the digests of changed bodies, with the cause of each change. */
export function bodyCandidates(body: Uint8Array, secret: string): readonly DigestCandidate[] {
  const correct = hmac(body, secret)
  return [...changedBodies(body)].flatMap(([code, message]) => {
    const digest = hmac(message, secret)
    return isCauseCode(code) && !digest.equals(correct) ? [[code, digest] as const] : []
  })
}

function* changedBodies(body: Uint8Array): Generator<readonly [code: string, message: HashInput]> {
  yield* [...bodyVariants(body)].sort(compareByFrequency)
  const bytes = Buffer.from(body)
  const text = decodeUtf8(body) ?? ''
  for (const garbled of [bytes.toString('latin1'), Buffer.from(text, 'latin1'), bytes.toString('ascii')]) {
    yield ['body-latin1', garbled]
  }
  for (const replacement of ['?', '', '\uFFFD']) yield ['body-latin1', text.replace(/[^\0-\x7F]/gu, replacement)]
  yield ['body-string', JSON.stringify(text)]
  yield ['body-encoded', bytes.toString('base64')]
  for (const remnant of bodyRemnants) yield ['body-remnant', remnant]
}

/** Sorts the most common cause first, which reduces the number of requests. */
function compareByFrequency([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number(b === 'body-reserialized') - Number(a === 'body-reserialized')
}

/** Lists the digests with changed secrets. */
export function secretCandidates(body: Uint8Array, secret: string): readonly DigestCandidate[] {
  const correct = hmac(body, secret)
  return [...secretVariants(secret)].flatMap(([code, key]) => {
    const digest = hmac(body, key)
    return isCauseCode(code) && !digest.equals(correct) ? [[code, digest] as const] : []
  })
}

/** Lists the digests of other algorithms. */
export function algorithmCandidates(body: Uint8Array, secret: string): readonly DigestCandidate[] {
  return [
    ['hash-plain', sha256(body)],
    ['hash-joined', sha256(secret, body)],
    ['hash-joined', sha256(body, secret)],
    ['hash-other', hmac(body, secret, 'sha1')],
    ['hash-other', hmac(body, secret, 'sha512')],
    ['hash-other', hmac(body, secret, 'md5')],
    ['hash-swapped', hmac(secret, body)],
  ]
}

function isCauseCode(code: string): code is CauseCode {
  return Object.hasOwn(causes, code)
}
