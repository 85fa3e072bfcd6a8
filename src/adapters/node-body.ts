// Reading a body: bounded, in one growing buffer, and never after something else has read it.
// It must not know signatures, outcomes or any one framework.

import { isRawBody, type RawBody } from '../platform/bytes.js'
import { BodyError } from '../receiver/errors.js'
import { messageOf } from '../receiver/outcome.js'
import type { BodyLimits } from '../receiver/verify-delivery.js'

/** The part of a Node.js request stream that is used. */
export interface NodeStream {
  readonly destroyed?: boolean | undefined
  readonly readableDidRead?: boolean | undefined
  readonly readableEnded?: boolean | undefined
  /** As on Node's own streams. */
  on(event: string, listener: (value: unknown) => void): unknown
  /** As on Node's own streams. */
  removeListener(event: string, listener: (value: unknown) => void): unknown
  /** As on Node's own streams. */
  pause(): unknown
  /** As on Node's own streams. */
  resume(): unknown
}

/** Where a framework may have put the bytes, and what to tell a user whose parser ran first. */
export interface NodeBodySources {
  readonly stream: NodeStream
  readonly rawBody: unknown
  readonly body: unknown
  /** A sentence that names the line to change. */
  readonly advice: string
}

/** Takes the bytes from where they still are: kept bytes first, then the unread stream, then text that a parser kept. */
export function takeNodeBody(sources: NodeBodySources, { limitBytes }: BodyLimits): RawBody | Promise<Uint8Array> {
  const { stream, rawBody, body, advice } = sources
  if (isKeptBytes(rawBody)) return rawBody
  if (isKeptBytes(body)) return body
  if (!stream.readableDidRead && !stream.readableEnded) return readStream(stream, limitBytes, advice)
  // Decoded text: where decoding lost anything, its bytes fail the signature, which is the safe side.
  if (typeof rawBody === 'string') return rawBody
  throw bytesGone(body === undefined ? 'body-already-read' : 'body-already-parsed', advice)
}

function isKeptBytes(value: unknown): value is RawBody {
  return typeof value === 'object' && isRawBody(value)
}

/** Says that something else had the bytes first, and what to change. */
export function bytesGone(code: 'body-already-read' | 'body-already-parsed', advice: string): BodyError {
  return new BodyError(code, messageOf(code, advice))
}

function readStream(stream: NodeStream, limitBytes: number, advice: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed) return reject(new BodyError('body-aborted'))
    const collected = createCollector(limitBytes)
    let open = true

    // The listeners stay, and do nothing after the end: removing them costs more, and a late error must find one.
    function fail(code: BodyError['code'], message?: string, cause?: unknown): void {
      if (!open) return
      open = false
      stream.pause()
      reject(new BodyError(code, message, { cause }))
    }
    stream.on('data', (chunk) => {
      if (!open) return
      // A string: something has set an encoding, and decoding loses bytes.
      if (typeof chunk === 'string') fail('body-already-read', messageOf('body-already-read', advice))
      else if (!collected.add(chunk as Uint8Array)) fail('body-too-large')
    })
    stream.on('end', () => {
      open = false
      resolve(collected.bytes())
    })
    stream.on('error', (cause) => fail('body-aborted', undefined, cause))
    stream.on('close', () => fail('body-aborted'))
  })
}

/** Bytes that arrive in pieces, up to a limit. */
export interface Collector {
  /** Adds a piece; false where it would exceed the limit. */
  add(chunk: Uint8Array): boolean
  bytes(): Uint8Array
}

/**
 * One buffer that doubles when it is full. A list of chunks would cost a few hundred bytes for each one-byte chunk,
 * before anyone knows who is sending.
 */
export function createCollector(limitBytes: number): Collector {
  let buffer: Uint8Array | undefined
  let length = 0
  return {
    add(chunk) {
      const needed = length + chunk.byteLength
      if (needed > limitBytes) return false
      if (!buffer) {
        buffer = chunk
      } else {
        if (needed > buffer.byteLength) {
          const grown = new Uint8Array(Math.min(limitBytes, Math.max(1024, 2 * needed)))
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
