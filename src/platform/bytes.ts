import { typeName } from './type-name.js'

/**
 * The body of a request exactly as it was received: bytes, or a string, which stands for its UTF-8 bytes. The offset
 * and length of a view are respected.
 */
export type RawBody = string | ArrayBuffer | ArrayBufferView

let encoder: InstanceType<typeof TextEncoder> | undefined
let decoder: InstanceType<typeof TextDecoder> | undefined

// Created on first use: jsdom test runners lack both classes when the module is loaded.
export function encodeUtf8(text: string): Uint8Array {
  encoder ??= new TextEncoder()
  return encoder.encode(text)
}

/** Decodes UTF-8, byte order mark included: `encodeUtf8` returns the same bytes. Returns undefined for invalid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Parses JSON, with or without a byte order mark. Throws a SyntaxError that may quote the text. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  // Not instanceof: test runners and vm contexts have their own ArrayBuffer.
  return {}.toString.call(value) === '[object ArrayBuffer]'
}

export function isRawBody(value: unknown): value is RawBody {
  return typeof value === 'string' || ArrayBuffer.isView(value) || isArrayBuffer(value)
}

/** Throws a TypeError unless the value is text or bytes. The usual mistake is a body that was parsed first. */
export function assertRawBody(value: unknown): asserts value is RawBody {
  if (isRawBody(value)) return
  throw new TypeError(`rawBody: must be a string or bytes, got ${typeName(value)}. Pass the body as received.`)
}

/** Returns the bytes. Nothing is copied that can be viewed. */
export function toBytes(rawBody: RawBody): Uint8Array {
  if (typeof rawBody === 'string') return encodeUtf8(rawBody)
  if (rawBody instanceof Uint8Array) return rawBody
  if (ArrayBuffer.isView(rawBody)) return new Uint8Array(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)
  return new Uint8Array(rawBody)
}

/** Returns a copy of the bytes, which nothing else can change. */
export function copyBytes(rawBody: RawBody): Uint8Array {
  return typeof rawBody === 'string' ? encodeUtf8(rawBody) : new Uint8Array(toBytes(rawBody))
}

/** Checks whether another thread may change the bytes at any time. */
export function isSharedMemory({ buffer }: Uint8Array): boolean {
  return {}.toString.call(buffer) === '[object SharedArrayBuffer]'
}

/** Returns one array with the bytes of two. */
export function concatBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.byteLength + second.byteLength)
  bytes.set(first)
  bytes.set(second, first.byteLength)
  return bytes
}

/** Converts each character below 256 to a byte. Much cheaper than a TextEncoder for strings as short as a digest. */
export function bytesOfBinary(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Encodes bytes as lower-case hex digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
