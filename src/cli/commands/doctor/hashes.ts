// These functions accept any secret. signBody throws for invalid ones, which attackers may use.
import { createHash, createHmac } from 'node:crypto'

/** A string is hashed as UTF-8. */
export type HashInput = string | Uint8Array

export function hmac(message: HashInput, key: HashInput, algorithm = 'sha256'): Buffer {
  return createHmac(algorithm, key).update(message).digest()
}

/** Hashes the concatenated parts. */
export function sha256(...parts: readonly HashInput[]): Buffer {
  return createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
    .digest()
}
