// What a receiver may compute in place of the right digest: of another body, under another key, or in another way.
// It must not know requests. What diagnose knows of bodies and secrets is asked there.
import { bodyVariants } from '../../../diagnose/bodies.js'
import { secretVariants } from '../../../diagnose/secrets.js'
import { decodeUtf8 } from '../../../platform/bytes.js'
import { type Bytes, hmac, sha256 } from './digests.js'
import { type MistakeCode, mistakes } from './mistakes.js'

export type Guess = readonly [code: MistakeCode, digest: Buffer]

/** What is left of a body that something else has read or parsed, as a text. */
export const remnants = ['', '{}', '[object Object]', 'undefined', 'null', '""'] as const

/** Lists the digests of what may have become of a body. */
export function bodyGuesses(body: Uint8Array, key: string): readonly Guess[] {
  const right = hmac(body, key)
  return [...bodiesInstead(body)].flatMap(([code, message]) => {
    const digest = hmac(message, key)
    return isMistake(code) && !digest.equals(right) ? [[code, digest] as const] : []
  })
}

function* bodiesInstead(body: Uint8Array): Generator<readonly [code: string, message: Bytes]> {
  yield* [...bodyVariants(body)].sort(reserializedFirst)
  const bytes = Buffer.from(body)
  const text = decodeUtf8(body) ?? ''
  for (const spoilt of [bytes.toString('latin1'), Buffer.from(text, 'latin1'), bytes.toString('ascii')]) {
    yield ['body-latin1', spoilt]
  }
  for (const replaced of ['?', '', '\uFFFD']) yield ['body-latin1', text.replace(/[^\0-\x7F]/gu, replaced)]
  yield ['body-string', JSON.stringify(text)]
  yield ['body-encoded', bytes.toString('base64')]
  for (const remnant of remnants) yield ['body-remnant', remnant]
}

/** The commonest mistake of all first, which spares the server requests. */
function reserializedFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number(b === 'body-reserialized') - Number(a === 'body-reserialized')
}

/** Lists the digests under what may have become of a secret. */
export function secretGuesses(body: Uint8Array, secret: string): readonly Guess[] {
  const right = hmac(body, secret)
  return [...secretVariants(secret)].flatMap(([code, key]) => {
    const digest = hmac(body, key)
    return isMistake(code) && !digest.equals(right) ? [[code, digest] as const] : []
  })
}

/** Lists what other algorithms make of a body and a secret. */
export function algorithmGuesses(body: Uint8Array, secret: string): readonly Guess[] {
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

function isMistake(code: string): code is MistakeCode {
  return Object.hasOwn(mistakes, code)
}
