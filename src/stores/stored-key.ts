import { encodeUtf8 } from '../platform/bytes.js'
import { sha256Hex } from '../signature/hmac.js'

const maxKeyBytes = 255

/** Returns the key as it is stored: itself, or its SHA-256 in hex if its UTF-8 is longer than 255 bytes. */
export function storedKey(key: string): string | Promise<string> {
  // A UTF-16 unit takes at most three bytes.
  if (key.length * 3 <= maxKeyBytes) return key
  const bytes = encodeUtf8(key)
  return bytes.byteLength > maxKeyBytes ? sha256Hex(bytes) : key
}
