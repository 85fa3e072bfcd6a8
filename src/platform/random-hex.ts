import { toHex } from './bytes.js'

/** Returns random lower-case hex digits, two for each byte. */
export function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)))
}
