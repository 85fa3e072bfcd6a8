// Sends HTTP requests with the given bytes and headers. Returns failures instead of throwing them.
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { describeFailure, type FailureDescription } from './describe-failure.js'

/** Headers with their original letter case and order. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface HttpRequest {
  readonly url: URL
  readonly method: string
  /** Sent unchanged, except for the headers of the connection. */
  readonly headers: HeaderList
  /** Bytes are sent with a Content-Length. An iterable is sent chunked, and its error closes the connection. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
  readonly timeoutMs: number
  /** Longer responses are cut. Default: 1 MiB. */
  readonly maxResponseBytes?: number
  /** Aborting it ends the request with the reason `stopped`. */
  readonly signal?: AbortSignal | undefined
}

export interface HttpResponse {
  readonly status: number
  readonly headers: HeaderList
  /** The body, at most `maxResponseBytes` of it. */
  readonly body: Uint8Array
  /** Milliseconds until the response was complete. */
  readonly ms: number
}

export interface HttpFailure extends FailureDescription {
  readonly status: null
  /** The code of the error, such as `ECONNREFUSED`. Undefined after a timeout or a stop. */
  readonly code?: string | undefined
  /** Milliseconds until the failure. */
  readonly ms: number
}

const defaultMaxResponseBytes = 1024 * 1024

// Headers that apply to one connection and must not be forwarded: RFC 9110, section 7.6.1.
const connectionHeader =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect|host|content-length)$/i

/** Removes the headers that must not be forwarded to another connection. */
export function removeConnectionHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !connectionHeader.test(name))
}

/** Sends a request. Never rejects, and follows no redirect. */
export async function sendRequest(message: HttpRequest): Promise<HttpResponse | HttpFailure> {
  const startedAt = performance.now()
  const measureMs = () => Math.round(performance.now() - startedAt)
  const timeout = AbortSignal.timeout(message.timeoutMs)
  const signals = message.signal ? [timeout, message.signal] : [timeout]
  try {
    const response = await send(message, AbortSignal.any(signals))
    const body = await readResponseBody(response, message.maxResponseBytes ?? defaultMaxResponseBytes)
    // The server may respond before the last chunk. The rest is not sent.
    if (!(message.body instanceof Uint8Array)) response.destroy()
    return { status: response.statusCode as number, headers: toHeaderList(response.rawHeaders), body, ms: measureMs() }
  } catch (error) {
    const failure = { status: null, ms: measureMs() }
    if (message.signal?.aborted) return { ...failure, reason: 'stopped' }
    if (timeout.aborted) return { ...failure, reason: `no response within ${message.timeoutMs} ms` }
    const { code } = error as NodeJS.ErrnoException
    return { ...failure, code, ...describeFailure(error as NodeJS.ErrnoException, message.url) }
  }
}

function send(message: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = createClientRequest(message, signal)
    request.on('response', resolve).on('error', (error: NodeJS.ErrnoException) => {
      // The server closed the kept-alive connection before it read this request.
      if (request.reusedSocket && error.code === 'ECONNRESET') send(message, signal).then(resolve, reject)
      else reject(error)
    })
    if (message.body instanceof Uint8Array) request.end(message.body)
    else writeChunks(message.body, request)
  })
}

function createClientRequest({ url, method, headers, body }: HttpRequest, signal: AbortSignal): ClientRequest {
  const isChunked = !(body instanceof Uint8Array)
  const length = isChunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.byteLength)]
  const authorization = createAuthorization(url, headers)
  const allHeaders = [...removeConnectionHeaders(headers), ...authorization, ['Host', url.host], length]
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  // Chunks cannot be sent again, so they need a new connection.
  return request(url, { method, signal, headers: allHeaders.flat(), ...(isChunked ? { agent: false } : {}) })
}

/** Creates Basic credentials from the URL, unless there is an Authorization header. */
function createAuthorization({ username, password }: URL, headers: HeaderList): HeaderList {
  if (!(username || password) || headers.some(([name]) => /^authorization$/i.test(name))) return []
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return [['Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]]
}

async function writeChunks(chunks: AsyncIterable<Uint8Array>, request: ClientRequest): Promise<void> {
  const closed = new AbortController()
  request.once('close', () => closed.abort())
  try {
    for await (const chunk of chunks) {
      if (closed.signal.aborted) return
      if (!request.write(chunk)) await once(request, 'drain', closed)
    }
    request.end()
  } catch (error) {
    request.destroy(error as Error)
  }
}

async function readResponseBody(response: IncomingMessage, maxResponseBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let remaining = maxResponseBytes
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    chunks.push(chunk.subarray(0, remaining))
    remaining -= chunk.byteLength
    if (remaining <= 0) break
  }
  return Buffer.concat(chunks)
}

/** Groups the `rawHeaders` of a message into pairs. */
export function toHeaderList(rawHeaders: readonly string[]): HeaderList {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] as string,
    rawHeaders[2 * index + 1] as string,
  ])
}

/** Returns the value of the first header with this name, which is in lower case. */
export function findHeader(headers: HeaderList, name: string): string | undefined {
  return headers.find(([header]) => header.toLowerCase() === name)?.[1]
}

/** Reads the milliseconds of Retry-After, in seconds or as a date: RFC 9110, section 10.2.3. */
export function readRetryAfterMs(headers: HeaderList): number | undefined {
  const value = findHeader(headers, 'retry-after') ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = /^\w{3}, /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0)
}
