// Bytes and UTF-8: what a raw body may be, and how it becomes bytes without losing one.
// It must not know where a body comes from or what is done with it.

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
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}

export function isRawBody(value: unknown): value is RawBody {
  return typeof value === 'string' || ArrayBuffer.isView(value) || isArrayBuffer(value)
}

/** Throws a TypeError that tells the commonest mistake with webhooks: a body that was parsed before it was verified. */
export function assertRawBody(value: unknown): asserts value is RawBody {
  if (isRawBody(value)) return
  throw new TypeError(
    `The raw body must be a string, an ArrayBuffer or a view such as a Buffer, not ${describeType(value)}. ` +
      'Pass the bytes as they were received: a body that was parsed and written again has another signature.',
  )
}

export function toBytes(rawBody: RawBody): Uint8Array {
  if (typeof rawBody === 'string') return encodeUtf8(rawBody)
  if (rawBody instanceof Uint8Array) return rawBody
  if (ArrayBuffer.isView(rawBody)) return new Uint8Array(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)
  return new Uint8Array(rawBody)
}

/** Decodes base64. Throws where the text is none. */
export function decodeBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** Names a value's type for an error message, never its content. */
export function describeType(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return `a ${typeof value}`
}
