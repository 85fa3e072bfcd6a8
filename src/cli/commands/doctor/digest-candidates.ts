// Lists the digests that a faulty receiver may compute: of another body, with another key or another algorithm.
import { bodyVariants } from '../../../diagnose/body-variants.js'
import { secretVariants } from '../../../diagnose/secret-variants.js'
import { decodeUtf8 } from '../../../platform/bytes.js'
import { type CauseCode, causes } from './causes.js'
import { type HashInput, hmac, sha256 } from './hashes.js'
import type { SignatureScheme } from './signature-scheme.js'

export interface DigestCandidate {
  readonly code: CauseCode
  readonly digest: Buffer
  /** How to compute the digest of another body. Undefined if the mistake depends on the body. */
  readonly hashing?: Pick<SignatureScheme, 'key' | 'hash'>
}

/** What is left of a body, as a string, after something else read or parsed it. */
export const bodyRemnants = ['', '{}', '[object Object]', 'undefined', 'null', '""'] as const

/** Lists the digests of changed bodies, with the cause of each change. */
export function bodyCandidates(body: Uint8Array, secret: string): readonly DigestCandidate[] {
  const correct = hmac(body, secret)
  return [...changedBodies(body)].flatMap(([code, message]) => {
    const digest = hmac(message, secret)
    return isCauseCode(code) && !digest.equals(correct) ? [{ code, digest }] : []
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
    return isCauseCode(code) && !digest.equals(correct) ? [{ code, digest, hashing: { key, hash: hmac } }] : []
  })
}

/** Lists the digests of other algorithms. A plain hash has no key, so nothing can be forged with another one. */
export function algorithmCandidates(body: Uint8Array, secret: string): readonly DigestCandidate[] {
  return [{ code: 'hash-plain', digest: sha256(body) }, ...keyedCandidates(body, secret)]
}

const keyedHashes: readonly (readonly [CauseCode, SignatureScheme['hash']])[] = [
  ['hash-joined', (message, key) => sha256(key, message)],
  ['hash-joined', (message, key) => sha256(message, key)],
  ['hash-other', (message, key) => hmac(message, key, 'sha1')],
  ['hash-other', (message, key) => hmac(message, key, 'sha512')],
  ['hash-other', (message, key) => hmac(message, key, 'md5')],
  ['hash-swapped', (message, key) => hmac(key, message)],
]

function keyedCandidates(body: Uint8Array, key: string): readonly DigestCandidate[] {
  return keyedHashes.map(([code, hash]) => ({ code, digest: hash(body, key), hashing: { key, hash } }))
}

function isCauseCode(code: string): code is CauseCode {
  return Object.hasOwn(causes, code)
}
