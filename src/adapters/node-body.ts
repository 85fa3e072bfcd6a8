import { createBoundedBuffer } from '../platform/bounded-buffer.js'
import { encodeUtf8, isRawBody, type RawBody } from '../platform/bytes.js'
import { tryOptional } from '../platform/optional-globals.js'
import type { BodyLimits } from '../receiver/delivery.js'
import { BodyError } from '../receiver/errors.js'
import { readWebStream, type WebBody } from './web-body.js'

/** The part of a Node.js request stream that is used. */
export interface NodeStream {
  readonly destroyed?: boolean | undefined
  readonly readableDidRead?: boolean | undefined
  readonly readableEncoding?: string | null | undefined
  readonly readableEnded?: boolean | undefined
  readonly readableFlowing?: boolean | null | undefined
  /** As on Node's own streams. */
  on(event: string, listener: (value: unknown) => void): unknown
  /** As on Node's own streams. */
  removeListener(event: string, listener: (value: unknown) => void): unknown
  /** As on Node's own streams. */
  pause(): unknown
  /** As on Node's own streams. */
  resume(): unknown
}

/** Where the bytes of a body can be. */
interface NodeBodySources {
  readonly stream: NodeStream
  readonly headers: Readonly<Record<string, unknown>>
  /** The objects that may have kept the body as their `rawBody` or `body`, the likeliest first. */
  readonly holders: readonly object[]
  /** Returns the sentence that names the line to change where a parser left only an object. */
  readonly hint: () => string
}

/**
 * Reads the body from where its bytes are: complete bytes that something kept, the unread stream, a stream that the host
 * read and gives back, text that a parser kept. Throws a `BodyError` at once where there is nothing left to read.
 */
export function readNodeBody(sources: NodeBodySources, limits: BodyLimits): RawBody | Promise<RawBody> {
  const { stream, headers, holders, hint } = sources
  const bytes = findCompleteBytes(sources)
  if (bytes) return bytes
  if (!stream.readableDidRead && !stream.readableEnded) return readStream(stream, limits.maxBytes)
  if (isGivenBack(stream)) return readGivenBack(stream, limits.maxBytes)
  // A parser keeps null, or an empty object, where nothing was sent.
  if (headers['content-length'] === '0') return ''

  const kept = listKept(holders)
  const webStream = kept.find(isWebStream)
  if (webStream) return readWebStream(webStream, limits)
  if (findKeptBody(kept) !== undefined) {
    return waitForEnd(stream).then(() => findKeptBody(listKept(holders)) as RawBody)
  }
  if (kept.length === 0) throw new BodyError('body-already-read')
  throw new BodyError('body-already-parsed', hint())
}

/** Finds kept bytes that cannot grow any more. */
function findCompleteBytes({ stream, headers, holders }: NodeBodySources): RawBody | undefined {
  let candidate: Exclude<RawBody, string> | undefined
  for (const name of keptNames) {
    for (const holder of holders) {
      if (!(name in holder) || isLazy(holder, name)) continue
      const value = readProperty(holder, name)
      if (!isKeptBytes(value)) continue
      if (String(value.byteLength) === headers['content-length']) return value
      if (!candidate?.byteLength) candidate = value
    }
  }
  return candidate && hasEnded(stream) ? candidate : undefined
}

const keptNames = ['rawBody', 'body']

/** Lists all values that something kept. A lazy body parses when it is touched, so this comes last. */
function listKept(holders: readonly object[]): readonly unknown[] {
  return keptNames
    .flatMap((name) => holders.map((holder) => readProperty(holder, name)))
    .filter((value) => value !== undefined && value !== null && !isNodeStream(value))
}

/** Finds the body among kept values: bytes, or text. Where decoding lost bytes, the signature does not match, which is safe. */
function findKeptBody(kept: readonly unknown[]): RawBody | undefined {
  return kept.find(isKeptBytes) ?? kept.map(textOf).find((text) => text !== undefined)
}

// koa-body's name for the text that it parsed.
const unparsedBody = Symbol.for('unparsedBody')

function textOf(kept: unknown): string | undefined {
  const text = typeof kept === 'object' ? (kept as { [unparsedBody]?: unknown })[unparsedBody] : kept
  return typeof text === 'string' ? text : undefined
}

/** Checks for a getter of the object's own, as Vercel's helpers define it: it parses the body, or throws. */
function isLazy(holder: object, name: string): boolean {
  return Object.getOwnPropertyDescriptor(holder, name)?.get !== undefined
}

function readProperty(holder: object, name: string): unknown {
  return tryOptional(() => (holder as Record<string, unknown>)[name])
}

function isKeptBytes(value: unknown): value is Exclude<RawBody, string> {
  return typeof value === 'object' && isRawBody(value)
}

function isWebStream(value: unknown): value is WebBody {
  return typeof (value as Partial<WebBody> | undefined)?.getReader === 'function' && !(value as WebBody).locked
}

function isNodeStream(value: unknown): boolean {
  return typeof (value as Partial<NodeStream>).removeListener === 'function'
}

/** Checks whether all of the body was read from the stream. What is no stream at all cannot grow either. */
function hasEnded({ readableEnded, destroyed }: NodeStream): boolean {
  return readableEnded !== false || destroyed === true
}

/** Checks whether the host consumed the stream and replaced its methods with those of a copy, as Vercel and Next do. */
function isGivenBack(stream: NodeStream): boolean {
  return Object.hasOwn(stream, 'on') && Object.hasOwn(stream, 'read')
}

// A copy starts at once. Longer than this, and the methods were replaced for another reason.
const givenBackTimeoutMs = 1000

function readGivenBack(stream: NodeStream, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const buffer = createBoundedBuffer(maxBytes)
    const timer = setTimeout(() => reject(new BodyError('body-already-read')), givenBackTimeoutMs)
    stream.on('data', (chunk) => {
      clearTimeout(timer)
      if (!buffer.add(toChunk(chunk))) reject(new BodyError('body-too-large'))
    })
    stream.on('end', () => {
      clearTimeout(timer)
      resolve(buffer.bytes())
    })
  })
}

function readStream(stream: NodeStream, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed) return reject(new BodyError('body-aborted'))
    const buffer = createBoundedBuffer(maxBytes)
    let isOpen = true

    // The listeners stay: removing them costs more, and a late error must find one.
    function fail(error: BodyError): void {
      isOpen = false
      stream.pause()
      reject(error)
    }
    stream.on('data', (chunk) => {
      if (!isOpen) return
      if (typeof chunk === 'string' && !isUtf8(stream)) fail(new BodyError('body-already-read', encodingHint))
      else if (!buffer.add(toChunk(chunk))) fail(new BodyError('body-too-large'))
    })
    stream.on('end', () => {
      isOpen = false
      resolve(buffer.bytes())
    })
    stream.on('error', (cause) => fail(new BodyError('body-aborted', undefined, { cause })))
    stream.on('close', () => isOpen && fail(new BodyError('body-aborted')))
    // A listener starts a stream, unless something paused it.
    if (stream.readableFlowing === false) stream.resume()
  })
}

const encodingHint = 'Remove the call of setEncoding() before the webhook: it decodes the bytes.'

function isUtf8({ readableEncoding }: NodeStream): boolean {
  return readableEncoding === 'utf8' || readableEncoding === 'utf-8'
}

function toChunk(chunk: unknown): Uint8Array {
  return typeof chunk === 'string' ? encodeUtf8(chunk) : (chunk as Uint8Array)
}

/** Waits until something else has read the whole stream. */
function waitForEnd(stream: NodeStream): Promise<void> {
  return new Promise((resolve, reject) => {
    if (hasEnded(stream)) return resolve()
    stream.on('end', () => resolve())
    stream.on('close', () => reject(new BodyError('body-aborted')))
    stream.on('error', (cause) => reject(new BodyError('body-aborted', undefined, { cause })))
  })
}
