// HMAC-SHA256, SHA-256 and comparison in constant time: the only file that touches cryptography.
// It must not know what a header, a secret's spelling or a delivery is.
import { bytesOfBinary, encodeUtf8 } from '../platform/bytes.js'

/** A SHA-256 digest as text: canonical padded base64, or lower-case hex. Each is one-to-one with the 32 bytes. */
export interface SpelledDigest {
  readonly text: string
  readonly encoding: Encoding
}
type Encoding = 'base64' | 'hex'

/** Tells whether a digest is the HMAC-SHA256 of a message under the key that is closed over. */
export type HmacMatcher = (message: Uint8Array, digest: SpelledDigest) => boolean | Promise<boolean>

// The few functions of Node that are used, so that the types of this file need no Node either.
interface NodeModules {
  readonly crypto: {
    createHmac(algorithm: 'sha256', key: unknown): NodeHash
    createHash(algorithm: 'sha256'): NodeHash
    createSecretKey(key: Uint8Array): object
    // Since Node.js 20.12; not on every runtime.
    hash?(algorithm: 'sha256', data: Uint8Array, encoding: Encoding | 'latin1'): string
    timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean
  }
  readonly Buffer: {
    alloc(size: number): NodeBuffer
    from(text: string, encoding: 'latin1'): NodeBuffer
  }
}
interface NodeBuffer extends Uint8Array {
  write(text: string, offset: number, encoding: 'latin1'): number
}
interface NodeHash {
  update(data: string | ArrayBufferView): NodeHash
  digest(encoding: Encoding): string
  digest(): Uint8Array
}

const hmacSha256 = { name: 'HMAC', hash: 'SHA-256' }

let nodeModules: NodeModules | null | undefined

// An import of node:crypto would break bundles for browsers and edge runtimes; the look-up serves every runtime with one build.
function findNode(): NodeModules | null {
  if (nodeModules === undefined) {
    try {
      const { process } = globalThis as unknown as { process: { getBuiltinModule(id: string): never } }
      const { Buffer }: Pick<NodeModules, 'Buffer'> = process.getBuiltinModule('node:buffer')
      nodeModules = { crypto: process.getBuiltinModule('node:crypto'), Buffer }
    } catch {
      // There is no process, or no such function, or it throws, as in the edge runtime of Next.
      nodeModules = null
    }
  }
  return nodeModules
}

function requireNode(): NodeModules {
  const node = findNode()
  if (node) return node
  throw new TypeError('No node:crypto here: use verifySignatureAsync.')
}

function hmacOnNode({ crypto }: NodeModules, key: unknown, message: string | ArrayBufferView, encoding: Encoding) {
  return crypto.createHmac('sha256', key).update(message).digest(encoding)
}

// What is compared is text that only the 32 bytes could have spelled, so no decoding is needed before the comparison. It is
// compared in Buffers: their pool lies outside the heap, while a small Uint8Array would have to be moved there at each call.
function equalOnNode({ crypto, Buffer }: NodeModules, computed: string, text: string) {
  return crypto.timingSafeEqual(Buffer.from(computed, 'latin1'), Buffer.from(text, 'latin1'))
}

const blockBytes = 64
// Up to here two one-shot hashes cost less than an Hmac, an object of native code that a busy server must also get rid of.
const shortBytes = 16_384

// The inner block and the message, for one call at a time.
let scratch: NodeBuffer | undefined

// RFC 2104: the hash of the key's outer block and of the hash of its inner block and the message.
function prepareHmac(node: NodeModules, key: Uint8Array): (message: Uint8Array, encoding: Encoding) => string {
  const { crypto, Buffer } = node
  const block = new Uint8Array(blockBytes)
  block.set(key.byteLength > blockBytes ? sha256OnNode(node, key) : key)
  const inner = block.map((byte) => byte ^ 0x36)
  const outer = Buffer.alloc(blockBytes + 32)
  outer.set(block.map((byte) => byte ^ 0x5c))
  let secretKey: object | undefined

  return (message, encoding) => {
    if (!crypto.hash || message.byteLength > shortBytes) {
      // Most never need it. The block is the same key: shorter ones are filled with zeros, longer ones are hashed.
      secretKey ??= crypto.createSecretKey(block)
      return hmacOnNode(node, secretKey, message, encoding)
    }
    scratch ??= Buffer.alloc(blockBytes + shortBytes)
    scratch.set(inner)
    scratch.set(message, blockBytes)
    const signed = scratch.subarray(0, blockBytes + message.byteLength)
    outer.write(crypto.hash('sha256', signed, 'latin1'), blockBytes, 'latin1')
    return crypto.hash('sha256', outer, encoding)
  }
}

async function importHmacKey(key: Uint8Array) {
  return crypto.subtle.importKey('raw', key, hmacSha256, false, ['sign', 'verify'])
}

function digestBytes({ text, encoding }: SpelledDigest): Uint8Array {
  if (encoding === 'base64') return bytesOfBinary(atob(text))
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

/** Tells whether a digest is the HMAC-SHA256 of a message. Throws a TypeError where there is no node:crypto. */
export function hmacMatches(key: string | Uint8Array, message: string | ArrayBufferView, digest: SpelledDigest) {
  const node = requireNode()
  return equalOnNode(node, hmacOnNode(node, key, message, digest.encoding), digest.text)
}

/** Prepares a key once for many messages. The result is synchronous wherever node:crypto exists. */
export function createHmacMatcher(key: Uint8Array): HmacMatcher {
  const node = findNode()
  if (node) {
    const hmac = prepareHmac(node, key)
    return (message, digest) => equalOnNode(node, hmac(message, digest.encoding), digest.text)
  }
  const copy = key.slice()
  let imported: ReturnType<typeof importHmacKey> | undefined
  return async (message, digest) => {
    imported ??= importHmacKey(copy)
    return crypto.subtle.verify('HMAC', await imported, digestBytes(digest), message)
  }
}

/** Computes the HMAC-SHA256 of a message. Throws a TypeError where there is no node:crypto. */
export function hmacDigest(key: string | Uint8Array, message: string | ArrayBufferView, encoding: Encoding) {
  return hmacOnNode(requireNode(), key, message, encoding)
}

/** Tells whether two texts are equal, in a time that depends on neither's content. */
export async function equalsInConstantTime(actual: string, expected: string): Promise<boolean> {
  const [message, other] = [encodeUtf8(actual), encodeUtf8(expected)]
  const node = findNode()
  // Hashed first, so that what is compared is of one length.
  if (node) return node.crypto.timingSafeEqual(sha256OnNode(node, message), sha256OnNode(node, other))
  const key = await importHmacKey(crypto.getRandomValues(new Uint8Array(32)))
  return crypto.subtle.verify('HMAC', key, await crypto.subtle.sign('HMAC', key, other), message)
}

/** Computes a SHA-256, as 64 lower-case hex digits. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const node = findNode()
  const digest = node ? sha256OnNode(node, bytes) : new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function sha256OnNode({ crypto }: NodeModules, bytes: Uint8Array): Uint8Array {
  return crypto.createHash('sha256').update(bytes).digest()
}
