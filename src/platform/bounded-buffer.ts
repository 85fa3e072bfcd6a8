/** Bytes that arrive in chunks, up to a limit. */
export interface BoundedBuffer {
  /** Appends a chunk. Returns false where it would exceed the limit. */
  add(chunk: Uint8Array): boolean
  bytes(): Uint8Array
}

/**
 * Creates one buffer that doubles when it is full. A list of chunks would cost a few hundred bytes for each one-byte
 * chunk, before the sender is verified.
 */
export function createBoundedBuffer(maxBytes: number): BoundedBuffer {
  let buffer: Uint8Array | undefined
  let length = 0
  return {
    add(chunk) {
      const needed = length + chunk.byteLength
      if (needed > maxBytes) return false
      if (!buffer) {
        buffer = chunk
      } else {
        if (needed > buffer.byteLength) {
          const grown = new Uint8Array(Math.min(maxBytes, Math.max(1024, 2 * needed)))
          grown.set(buffer.subarray(0, length))
          buffer = grown
        }
        buffer.set(chunk, length)
      }
      length = needed
      return true
    },
    bytes() {
      if (!buffer) return new Uint8Array(0)
      return buffer.byteLength === length ? buffer : buffer.subarray(0, length)
    },
  }
}
