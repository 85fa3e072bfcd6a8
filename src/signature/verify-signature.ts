import { assertRawBody, copyBytes, type RawBody } from '../platform/bytes.js'
import { createHmacVerifier, type EncodedDigest, hmacMatches } from './hmac.js'
import { listSecrets, type Secret } from './secrets.js'

/** The header that carries the signature. */
export const signatureHeader = 'x-gallabox-signature'

/**
 * Verifies that a signature is the HMAC-SHA256 of a raw body under a secret, in constant time.
 *
 * Gallabox sends the signature in `x-gallabox-signature`: 44 characters of padded base64. The 64 hex digits of the same
 * 32 bytes are accepted too. For anything else the result is `false`, never an exception. All secrets of a list are
 * tried.
 *
 * @param rawBody - The request body exactly as received, before anything parses it.
 * @param signature - The header's value. A list of one value counts as that value, any other list as invalid.
 * @param secret - The webhook's secret, or a list of secrets during a rotation.
 * @returns Whether the signature is valid.
 * @throws TypeError if the secret is missing, empty, blank or in Gallabox's encrypted form, if the raw body is neither a
 * string nor bytes, or if the runtime has no node:crypto. There, call {@link verifySignatureAsync}.
 * @example
 * ```ts
 * import { verifySignature } from 'gallabox-webhooks'
 *
 * const isValid = verifySignature('{"id":"1"}', 'gG3aZE+T7yWB6hQlSDCE0gnKbxvkLe5xWZNcA24DgQI=', 'a secret')
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
  let matched = false
  for (const key of keys) matched = hmacMatches(key, rawBody, digest) || matched
  return matched
}

/**
 * Verifies a signature like {@link verifySignature}, on every runtime: without node:crypto, it uses WebCrypto.
 *
 * Always `await` the result. A promise in an `if` is always true.
 *
 * @returns A promise of whether the signature is valid.
 * @throws TypeError (as a rejection) like {@link verifySignature}, but never because node:crypto is missing.
 * @example
 * ```ts
 * import { verifySignatureAsync } from 'gallabox-webhooks'
 *
 * const isValid = await verifySignatureAsync('{"id":"1"}', 'gG3aZE+T7yWB6hQlSDCE0gnKbxvkLe5xWZNcA24DgQI=', 'a secret')
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
  // All keys are copied before the first wait: their owner may wipe them.
  const verifiers = keys.map(createHmacVerifier)
  let matched = false
  for (const verify of verifiers) matched = (await verify(message, digest)) || matched
  return matched
}

// 32 bytes are 42 characters of 6 bits, one of 4 bits (so one of 16 letters), and the padding.
const base64Digest = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/
const hexDigest = /^[0-9a-f]{64}$/i

/** Parses a signature header strictly. Returns undefined for anything but 32 bytes in base64 or hex. */
export function parseSignature(value: unknown): EncodedDigest | undefined {
  const signature: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (typeof signature !== 'string') return undefined
  if (base64Digest.test(signature)) return { text: signature, encoding: 'base64' }
  if (hexDigest.test(signature)) return { text: signature.toLowerCase(), encoding: 'hex' }
  return undefined
}
