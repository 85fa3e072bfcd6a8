// verifySignature and verifySignatureAsync: is this the signature of these bytes?
// It must not know requests, headers or events.
import { assertRawBody, copyBytes, encodeUtf8, type RawBody } from '../platform/bytes.js'
import { createHmacMatcher, hmacMatches, type SpelledDigest } from './hmac.js'
import { listSecrets, type Secret } from './secrets.js'

/**
 * Verifies that a signature is the HMAC-SHA256 of a raw body under a secret, in constant time.
 *
 * The signature is what Gallabox sends in `x-gallabox-signature`: 44 characters of padded base64. The 64 hex digits of
 * the same 32 bytes, in either case, are accepted too. Everything else, whatever a stranger sends, is `false` and never
 * an exception. Of several secrets all are tried, with the same work whichever matches.
 *
 * @param rawBody - The request's body exactly as received, before anything parsed it.
 * @param signature - The header's value. An array (the header came twice) is `false`.
 * @param secret - The webhook's secret, or a list of them during a rotation.
 * @returns Whether the signature is genuine.
 * @throws TypeError if the secret is missing, empty, blank, an empty list or Gallabox's encrypted form; if the raw body
 * is no bytes; or if the runtime has no node:crypto: there, call {@link verifySignatureAsync}.
 * @example
 * ```ts
 * import { verifySignature } from 'gallabox-webhooks'
 *
 * const genuine = verifySignature('{"id":"1"}', 'gG3aZE+T7yWB6hQlSDCE0gnKbxvkLe5xWZNcA24DgQI=', 'a secret')
 * ```
 */
export function verifySignature(
  rawBody: RawBody,
  signature: string | readonly string[] | null | undefined,
  secret: Secret | undefined,
): boolean {
  const keys = listSecrets(secret)
  assertRawBody(rawBody)
  const digest = parseSignature(signature)
  if (!digest) return false
  const message = typeof rawBody === 'string' || ArrayBuffer.isView(rawBody) ? rawBody : new Uint8Array(rawBody)
  let matched = false
  for (const key of keys) matched = hmacMatches(key, message, digest) || matched
  return matched
}

/**
 * Does what {@link verifySignature} does on every runtime, through WebCrypto where there is no node:crypto.
 *
 * A promise in an `if` is always true: `await` it.
 *
 * @returns A promise of whether the signature is genuine.
 * @throws TypeError (as a rejection) as {@link verifySignature} does, but never for want of node:crypto.
 * @example
 * ```ts
 * import { verifySignatureAsync } from 'gallabox-webhooks'
 *
 * const genuine = await verifySignatureAsync('{"id":"1"}', 'gG3aZE+T7yWB6hQlSDCE0gnKbxvkLe5xWZNcA24DgQI=', 'a secret')
 * ```
 */
export async function verifySignatureAsync(
  rawBody: RawBody,
  signature: string | readonly string[] | null | undefined,
  secret: Secret | undefined,
): Promise<boolean> {
  const keys = listSecrets(secret)
  assertRawBody(rawBody)
  const digest = parseSignature(signature)
  if (!digest) return false
  const message = copyBytes(rawBody)
  let matched = false
  for (const key of keys) {
    const matches = createHmacMatcher(typeof key === 'string' ? encodeUtf8(key) : key)
    matched = (await matches(message, digest)) || matched
  }
  return matched
}

// 32 bytes are 42 characters of six bits, one of four (so one of sixteen letters), and the padding.
const base64Digest = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/
const hexDigest = /^[0-9a-f]{64}$/i

/** Reads a signature header strictly; undefined where it is not the spelling of 32 bytes. */
export function parseSignature(signature: unknown): SpelledDigest | undefined {
  if (typeof signature !== 'string') return undefined
  if (base64Digest.test(signature)) return { text: signature, encoding: 'base64' }
  if (hexDigest.test(signature)) return { text: signature.toLowerCase(), encoding: 'hex' }
  return undefined
}
