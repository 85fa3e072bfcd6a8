// HMAC-SHA256, SHA-256 and comparison in constant time: the only file that touches cryptography.
// It must not know what a header, a secret's spelling or a delivery is.
import { decodeBase64, encodeUtf8 } from './bytes.js'

/** A SHA-256 digest as text: canonical padded base64, or lower-case hex. Each is one-to-one with the 32 bytes. */
export interface SpelledDigest {
  readonly text: string
  readonly encoding: 'base64' | 'hex'
}

/** Tells whether a digest is the HMAC-SHA256 of a message under the key that is closed over. */
export type HmacMatcher = (message: Uint8Array, digest: SpelledDigest) => boolean | Promise<boolean>

// The few functions of node:crypto that are used, so that the types of this file need no Node either.
interface NodeCrypto {
  createHmac(algorithm: 'sha256', key: unknown): NodeHash
  createHash(algorithm: 'sha256'): NodeHash
  createSecretKey(key: Uint8Array): object
  timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean
}
interface NodeHash {
  update(data: string | ArrayBufferView): NodeHash
  digest(encoding: 'base64' | 'hex'): string
}

const hmacSha256 = { name: 'HMAC', hash: 'SHA-256' }

let nodeCrypto: NodeCrypto | null | undefined

function findNodeCrypto(): NodeCrypto | null {
  if (nodeCrypto === undefined) nodeCrypto = lookUpNodeCrypto()
  return nodeCrypto
}

// An import of node:crypto would break bundles for browsers and edge runtimes; the look-up serves every runtime with one build.
function lookUpNodeCrypto(): NodeCrypto | null {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  try {
    return (process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined) ?? null
  } catch {
    // The edge runtime of Next has the function, and it throws.
    return null
  }
}

function requireNodeCrypto(): NodeCrypto {
  const node = findNodeCrypto()
  if (node) return node
  throw new TypeError(
    'This runtime has no node:crypto, so nothing synchronous can be computed here. ' +
      'Call verifySignatureAsync (or verifyDelivery, or an adapter): these fall back to WebCrypto.',
  )
}

// What is compared is text that only the 32 bytes could have spelled, so no decoding is needed before the comparison.
function hmacMatchesOnNode(node: NodeCrypto, key: unknown, message: string | ArrayBufferView, digest: SpelledDigest) {
  const computed = node.createHmac('sha256', key).update(message).digest(digest.encoding)
  return node.timingSafeEqual(encodeUtf8(computed), encodeUtf8(digest.text))
}

async function importHmacKey(key: Uint8Array) {
  return crypto.subtle.importKey('raw', key, hmacSha256, false, ['sign', 'verify'])
}

function digestBytes({ text, encoding }: SpelledDigest): Uint8Array {
  if (encoding === 'base64') return decodeBase64(text)
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

/** Tells whether a digest is the HMAC-SHA256 of a message. Throws a TypeError where there is no node:crypto. */
export function hmacMatches(key: string | Uint8Array, message: string | ArrayBufferView, digest: SpelledDigest) {
  return hmacMatchesOnNode(requireNodeCrypto(), key, message, digest)
}

/** Prepares a key once for many messages. The result is synchronous wherever node:crypto exists. */
export function createHmacMatcher(key: Uint8Array): HmacMatcher {
  const node = findNodeCrypto()
  if (node) {
    const secretKey = node.createSecretKey(key)
    return (message, digest) => hmacMatchesOnNode(node, secretKey, message, digest)
  }
  const copy = key.slice()
  let imported: ReturnType<typeof importHmacKey> | undefined
  return async (message, digest) => {
    imported ??= importHmacKey(copy)
    return crypto.subtle.verify('HMAC', await imported, digestBytes(digest), message)
  }
}

/** Computes the HMAC-SHA256 of a message. Throws a TypeError where there is no node:crypto. */
export function hmacDigest(key: string | Uint8Array, message: string | ArrayBufferView, encoding: 'base64' | 'hex') {
  return requireNodeCrypto().createHmac('sha256', key).update(message).digest(encoding)
}

/** Tells whether two texts are equal, in a time that depends on neither's content. */
export async function equalsInConstantTime(actual: string, expected: string): Promise<boolean> {
  const key = crypto.getRandomValues(new Uint8Array(32))
  const node = findNodeCrypto()
  if (node) return hmacMatchesOnNode(node, key, actual, { text: hmacDigest(key, expected, 'hex'), encoding: 'hex' })
  const imported = await importHmacKey(key)
  const tag = await crypto.subtle.sign('HMAC', imported, encodeUtf8(expected))
  return crypto.subtle.verify('HMAC', imported, tag, encodeUtf8(actual))
}

/** Computes the SHA-256 of the parts, one after the other, as 64 lower-case hex digits. */
export async function sha256Hex(...parts: readonly Uint8Array[]): Promise<string> {
  const node = findNodeCrypto()
  if (node) {
    const hash = node.createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest('hex')
  }
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
