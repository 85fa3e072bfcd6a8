import { signatureHeader } from '../../../signature/verify-signature.js'
import { type HashInput, hmac } from './hashes.js'

/** How a receiver expects a signature: Gallabox's way, or that of a receiver with a known mistake. */
export interface SignatureScheme {
  /** The header that contains the signature. */
  readonly header: string
  readonly key: HashInput
  hash(message: HashInput, key: HashInput): Buffer
  encode(digest: Buffer): string
}

export function encodeBase64(digest: Buffer): string {
  return digest.toString('base64')
}

/** Returns the scheme of Gallabox. */
export function createScheme(secret: string): SignatureScheme {
  return { header: signatureHeader, key: secret, hash: hmac, encode: encodeBase64 }
}
