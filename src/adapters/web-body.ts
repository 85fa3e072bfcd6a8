import { createBoundedBuffer } from '../platform/bounded-buffer.js'
import { LazyTimer } from '../platform/next-turn.js'
import { notify } from '../platform/promises.js'
import type { BodyLimits } from '../receiver/delivery.js'
import { BodyError } from '../receiver/errors.js'

/** The part of a `ReadableStream` that is used. */
export interface WebBody {
  readonly locked: boolean
  /** Locks the stream to a reader. */
  getReader(): WebBodyReader
}

/** The part of a `ReadableStreamDefaultReader` that is used. */
export interface WebBodyReader {
  /** Reads the next chunk. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  /** Stops the stream: the rest is not needed. */
  cancel(): Promise<unknown>
}

/** Reads a web stream to its end, bounded in bytes and in time. */
export async function readWebStream(body: WebBody, { maxBytes, timeoutMs }: BodyLimits): Promise<Uint8Array> {
  const reader = body.getReader()
  const buffer = createBoundedBuffer(maxBytes)
  let rejection: 'body-too-large' | 'body-timeout' | undefined
  // cancel() ends a pending read as the end of the body does. The rest is not read.
  function stop(code: typeof rejection): void {
    rejection ??= code
    notify(() => reader.cancel())
  }
  const timer = new LazyTimer(() => stop('body-timeout'), timeoutMs)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (value && !buffer.add(value)) stop('body-too-large')
      if (rejection) throw new BodyError(rejection)
      if (done) return buffer.bytes()
    }
  } finally {
    timer.stop()
  }
}
