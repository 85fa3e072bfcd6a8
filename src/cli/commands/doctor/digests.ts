// Signatures, the right one and those that mistakes make.
// It must not know what is sent. signBody is of no use here: it refuses the bad secrets that forgers try.
import { createHash, createHmac } from 'node:crypto'

/** Anything that can be hashed. A text stands for its UTF-8 bytes. */
export type Bytes = string | Uint8Array

/** Computes the HMAC of a message, SHA-256 unless told. */
export function hmac(message: Bytes, key: Bytes, algorithm = 'sha256'): Buffer {
  return createHmac(algorithm, key).update(message).digest()
}

/** Computes the hash of some bytes, one after the other. */
export function sha256(...parts: readonly Bytes[]): Buffer {
  return createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
    .digest()
}

/** Computes what Gallabox would send as x-gallabox-signature. */
export function signatureOf(message: Bytes, key: Bytes): string {
  return hmac(message, key).toString('base64')
}
