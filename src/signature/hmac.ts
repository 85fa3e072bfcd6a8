// HMAC-SHA256, SHA-256 and constant-time comparison. The only file that touches cryptography.
import { bytesOfBinary, encodeUtf8, type RawBody, toHex } from '../platform/bytes.js'
import { tryOptional } from '../platform/optional-globals.js'

/** A SHA-256 digest in its text encoding: canonical padded base64, or lower-case hex. Each stands for exactly 32 bytes. */
export interface EncodedDigest {
  readonly text: string
  readonly encoding: Encoding
}
type Encoding = 'base64' | 'hex'

/** Checks whether a digest is the HMAC-SHA256 of a message under one key. */
export type HmacVerifier = (message: Uint8Array, digest: EncodedDigest) => boolean | Promise<boolean>

// The functions of Node that are used, so that this file needs no types of Node.
interface NodeModules {
  readonly crypto: {
    createHmac(algorithm: 'sha256', key: unknown): NodeHash
    createHash(algorithm: 'sha256'): NodeHash
    createSecretKey(key: Uint8Array): object
    // Since Node.js 20.12, and not on every runtime.
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

let nodeModules: NodeModules | false | undefined

// An import of node:crypto would break bundles for browsers and edge runtimes. With a look-up, one build serves them all.
function findNode(): NodeModules | false {
  nodeModules ??=
    tryOptional(() => {
      const { process } = globalThis as unknown as { process: { getBuiltinModule(id: string): never } }
      const { Buffer }: Pick<NodeModules, 'Buffer'> = process.getBuiltinModule('node:buffer')
      const node: NodeModules = { crypto: process.getBuiltinModule('node:crypto'), Buffer }
      // A stub may exist and fail only when it is used.
      hmacOnNode(node, '', '', 'hex')
      return node
    }) ?? false
  return nodeModules
}

function requireNode(): NodeModules {
  const node = findNode()
  if (node) return node
  throw new TypeError('verifySignature: no node:crypto here. Use verifySignatureAsync.')
}

/** Returns true where the verifiers return no promises. */
export function isHmacSynchronous(): boolean {
  return findNode() !== false
}

function hmacOnNode({ crypto }: NodeModules, key: unknown, message: RawBody, encoding: Encoding) {
  const data = typeof message === 'string' || ArrayBuffer.isView(message) ? message : new Uint8Array(message)
  return crypto.createHmac('sha256', key).update(data).digest(encoding)
}

// Both encodings are one-to-one with the 32 bytes, so the strings can be compared without decoding. In Buffers, because
// their pool is outside the heap, and a small Uint8Array would have to be moved there at each call.
function equalOnNode({ crypto, Buffer }: NodeModules, computed: string, text: string) {
  return crypto.timingSafeEqual(Buffer.from(computed, 'latin1'), Buffer.from(text, 'latin1'))
}

const blockBytes = 64
// Up to this size two one-shot hashes cost less than an Hmac, a native object that must also be collected (measured).
const shortBytes = 16_384

// The inner block and the message. Shared, because each call is synchronous.
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
      // Created on first use, because most receivers need none. RFC 2104: the padded or hashed block is the same key.
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

function digestBytes({ text, encoding }: EncodedDigest): Uint8Array {
  if (encoding === 'base64') return bytesOfBinary(atob(text))
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

/** Checks whether a digest is the HMAC-SHA256 of a message. Throws a TypeError without node:crypto. */
export function hmacMatches(key: string | Uint8Array, message: RawBody, digest: EncodedDigest) {
  const node = requireNode()
  return equalOnNode(node, hmacOnNode(node, key, message, digest.encoding), digest.text)
}

/** Prepares a key for many messages. The verifier is synchronous where node:crypto exists. */
export function createHmacVerifier(secret: string | Uint8Array): HmacVerifier {
  const key = typeof secret === 'string' ? encodeUtf8(secret) : secret
  const node = findNode()
  if (node) {
    const hmac = prepareHmac(node, key)
    return (message, digest) => equalOnNode(node, hmac(message, digest.encoding), digest.text)
  }
  // A slice of a Buffer is a view, and its owner may wipe the key.
  const copy = new Uint8Array(key)
  let imported: ReturnType<typeof importHmacKey> | undefined
  return async (message, digest) => {
    imported ??= importHmacKey(copy)
    return crypto.subtle.verify('HMAC', await imported, digestBytes(digest), message)
  }
}

/** Computes the HMAC-SHA256 of a message. Throws a TypeError without node:crypto. */
export function hmacDigest(key: string | Uint8Array, message: RawBody, encoding: Encoding) {
  return hmacOnNode(requireNode(), key, message, encoding)
}

/** Checks whether two strings are equal, in a time that does not depend on their content. */
export async function equalsInConstantTime(actual: string, expected: string): Promise<boolean> {
  const [message, other] = [encodeUtf8(actual), encodeUtf8(expected)]
  const node = findNode()
  // timingSafeEqual compares bytes of one length, so both are hashed first.
  if (node) return node.crypto.timingSafeEqual(sha256OnNode(node, message), sha256OnNode(node, other))
  const key = await importHmacKey(crypto.getRandomValues(new Uint8Array(32)))
  return crypto.subtle.verify('HMAC', key, await crypto.subtle.sign('HMAC', key, other), message)
}

/** Computes a SHA-256 as 64 lower-case hex digits. Returns no promise where node:crypto exists. */
export function sha256Hex(bytes: Uint8Array): string | Promise<string> {
  const node = findNode()
  if (node) return toHex(sha256OnNode(node, bytes))
  return crypto.subtle.digest('SHA-256', bytes).then((digest) => toHex(new Uint8Array(digest)))
}

function sha256OnNode({ crypto }: NodeModules, bytes: Uint8Array): Uint8Array {
  return crypto.createHash('sha256').update(bytes).digest()
}
