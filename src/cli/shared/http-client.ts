// One HTTP request, its bytes and headers as they are given: an answer, or why there was none.
// It must not know what is sent, or what an answer means.
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** Headers in their own spelling and order. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface HttpRequest {
  readonly url: URL
  readonly method: string
  /** Sent as they are, but for those of the connection, which are made anew. */
  readonly headers: HeaderList
  /** Bytes go out with a Content-Length. Pieces go out as they come, chunked; an error among them hangs up. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
  readonly timeoutMs: number
  /** Aborting it ends the request with the reason `stopped`. */
  readonly signal?: AbortSignal | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: HeaderList
  /** What came of the body, up to 1 MiB. */
  readonly body: Uint8Array
  /** Milliseconds until the whole answer was there. */
  readonly ms: number
}

export interface NoAnswer {
  readonly status: null
  /** Why, for people. */
  readonly reason: string
  /** Milliseconds until that was known. */
  readonly ms: number
}

const maxAnswerBytes = 1024 * 1024

// What belongs to one connection, and must not be passed on to another: RFC 9110, section 7.6.1.
const ofConnection =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect|host|content-length)$/i

/** Lists the headers that may go from one connection to another. */
export function withoutConnection(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !ofConnection.test(name))
}

/** Sends a request. Resolves whatever happens; no redirect is followed. */
export async function exchange(message: HttpRequest): Promise<HttpAnswer | NoAnswer> {
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  const timeout = AbortSignal.timeout(message.timeoutMs)
  const signals = message.signal ? [timeout, message.signal] : [timeout]
  try {
    const response = await send(message, AbortSignal.any(signals))
    const body = await readAnswer(response)
    // An answer that came before the last piece: nobody wants the rest.
    if (!(message.body instanceof Uint8Array)) response.destroy()
    return { status: response.statusCode as number, headers: pairs(response.rawHeaders), body, ms: elapsed() }
  } catch (error) {
    const reason = message.signal?.aborted
      ? 'stopped'
      : timeout.aborted
        ? `no answer within ${message.timeoutMs} ms`
        : reasonOf(error as NodeJS.ErrnoException)
    return { status: null, reason, ms: elapsed() }
  }
}

function send(message: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = start(message, signal)
    request.on('response', resolve).on('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that the server has closed meanwhile: nothing of this request was looked at.
      if (request.reusedSocket && error.code === 'ECONNRESET') send(message, signal).then(resolve, reject)
      else reject(error)
    })
    if (message.body instanceof Uint8Array) request.end(message.body)
    else pour(message.body, request)
  })
}

function start({ url, method, headers, body }: HttpRequest, signal: AbortSignal): ClientRequest {
  const inPieces = !(body instanceof Uint8Array)
  const length = inPieces ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.byteLength)]
  const all = [...withoutConnection(headers), ...authorizationOf(url, headers), ['Host', url.host], length]
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  // Pieces cannot be sent again where a kept connection turns out to be closed.
  return request(url, { method, signal, headers: all.flat(), ...(inPieces ? { agent: false } : {}) })
}

/** What the user and the password of an address become, unless a header says it already. */
function authorizationOf({ username, password }: URL, headers: HeaderList): HeaderList {
  if (!(username || password) || headers.some(([name]) => /^authorization$/i.test(name))) return []
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return [['Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]]
}

async function pour(pieces: AsyncIterable<Uint8Array>, request: ClientRequest): Promise<void> {
  const closed = new AbortController()
  request.once('close', () => closed.abort())
  try {
    for await (const piece of pieces) {
      if (closed.signal.aborted) return
      if (!request.write(piece)) await once(request, 'drain', closed)
    }
    request.end()
  } catch (error) {
    request.destroy(error as Error)
  }
}

async function readAnswer(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let left = maxAnswerBytes
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    chunks.push(chunk.subarray(0, left))
    left -= chunk.byteLength
    if (left <= 0) break
  }
  return Buffer.concat(chunks)
}

function pairs(rawHeaders: readonly string[]): HeaderList {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] as string,
    rawHeaders[2 * index + 1] as string,
  ])
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed without an answer',
  EPIPE: 'the connection was closed without an answer',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name is not known',
  ETIMEDOUT: 'the host cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
}

function reasonOf({ code = 'unknown' }: NodeJS.ErrnoException): string {
  if (code.startsWith('HPE_')) return `the answer is no HTTP (${code})`
  return reasons[code] ?? `no answer (${code})`
}
