// Bytes and UTF-8: what a raw body may be, and how it becomes bytes without losing one.
// It must not know where a body comes from or what is done with it.
import { typeName } from './type-name.js'

/**
 * The body of a request exactly as it was received: bytes in any of JavaScript's forms (a view's offset and length are
 * honoured), or a string, which stands for its UTF-8 bytes.
 */
export type RawBody = string | ArrayBuffer | ArrayBufferView

let encoder: InstanceType<typeof TextEncoder> | undefined
let decoder: InstanceType<typeof TextDecoder> | undefined

// Made on first use: jsdom test runners lack both classes when the module is loaded.
export function encodeUtf8(text: string): Uint8Array {
  encoder ??= new TextEncoder()
  return encoder.encode(text)
}

/** Decodes strictly, dropping a BOM; undefined where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder('utf-8', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  // Not instanceof: test runners and vm contexts have an ArrayBuffer of their own.
  return {}.toString.call(value) === '[object ArrayBuffer]'
}

export function isRawBody(value: unknown): value is RawBody {
  return typeof value === 'string' || ArrayBuffer.isView(value) || isArrayBuffer(value)
}

/** Throws a TypeError that tells the commonest mistake with webhooks: a body that was parsed before it was verified. */
export function assertRawBody(value: unknown): asserts value is RawBody {
  if (isRawBody(value)) return
  throw new TypeError(
    `The raw body must be the bytes as received (or a string), not ${typeName(value)}: parsing loses them.`,
  )
}

/** The bytes, for which nothing is copied unless it must be. */
export function toBytes(rawBody: RawBody): Uint8Array {
  if (typeof rawBody === 'string') return encodeUtf8(rawBody)
  if (rawBody instanceof Uint8Array) return rawBody
  if (ArrayBuffer.isView(rawBody)) return new Uint8Array(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)
  return new Uint8Array(rawBody)
}

/** The bytes, in memory that nobody else can write to while they are verified. */
export function copyBytes(rawBody: RawBody): Uint8Array {
  return new Uint8Array(toBytes(rawBody))
}

/** Makes a byte of each character, which must be below 256. Much cheaper than a TextEncoder for texts as short as a digest. */
export function bytesOfBinary(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
