// Sends requests to the receiver that doctor checks, and stores every response.
import { setTimeout as sleep } from 'node:timers/promises'
import { eventNameHeader } from '../../../events/names.js'
import { randomHex } from '../../../platform/random-hex.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import { type HeaderList, sendRequest } from '../../shared/http-client.js'
import { computeSignature } from './hashes.js'

/** The differences between a request and a valid delivery of a message. */
export interface TargetRequest {
  readonly body: string | Uint8Array
  /** The value of x-event-name. Default: `Message.Received`. */
  readonly event?: string | undefined
  /** The value of x-gallabox-signature; null sends none. Default: the correct signature. */
  readonly signature?: string | null | undefined
  /** Default: `POST`. */
  readonly method?: string | undefined
  /** Additional headers. They replace others of the same name. */
  readonly headers?: HeaderList | undefined
  /** Changes the letter case of header names. */
  readonly formatHeaderName?: ((name: string) => string) | undefined
  /** Added to the URL. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Leaves out what was added to every request: headers, and the user, password and query of the URL. */
  readonly withoutCredentials?: true | undefined
  /** Sent instead of `body`, chunked. */
  readonly chunks?: AsyncIterable<Uint8Array> | undefined
  /** In milliseconds. Default: the timeout of the target. */
  readonly timeoutMs?: number | undefined
}

export interface TargetResponse {
  /** The HTTP status, or null if there was no response. */
  readonly status: number | null
  /** Why there was no response. Empty if there was one. */
  readonly reason: string
  readonly headers: HeaderList
  /** The body, up to 64 kB. */
  readonly text: string
  readonly ms: number
  readonly requestBody: Uint8Array
  /** True if the request was a valid delivery. */
  readonly hasValidRequest: boolean
}

export interface TargetOptions {
  readonly url: URL
  readonly secret: string
  /** Sent with every request. */
  readonly headers: HeaderList
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** True to send nothing that a correct receiver accepts. */
  readonly forgeriesOnly: boolean
}

export interface Target {
  readonly secret: string
  /** Part of the body of every message. A response that contains it is an echo. */
  readonly marker: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** True if a valid delivery must not be sent. `send` throws then. */
  readonly forgeriesOnly: boolean
  /** True if a header, a user, a password or a query is sent with every request. */
  readonly hasCredentials: boolean
  /** All responses so far. */
  readonly responses: readonly TargetResponse[]
  /** Sends a request. Rejects only if the run is stopped. */
  send(request: TargetRequest): Promise<TargetResponse>
}

const maxTextBytes = 64 * 1024

// Limits for waiting after 429 responses: the total number of waits, and the length of each.
const maxWaits = 10
const maxWaitMs = 5000

export function createTarget({ url, secret, headers, timeoutMs, signal, forgeriesOnly }: TargetOptions): Target {
  const responses: TargetResponse[] = []
  let waits = 0

  async function sendOnce(request: TargetRequest): Promise<TargetResponse> {
    signal.throwIfAborted()
    // A fault in a check must not reach the handler of a production server.
    if (forgeriesOnly && request.signature === undefined)
      throw new Error('doctor: a valid delivery at a public address.')
    const requestBody = Buffer.from(request.body as string)
    const requestUrl = request.withoutCredentials ? new URL(url.pathname, url.origin) : new URL(url)
    for (const [name, value] of Object.entries(request.query ?? {})) requestUrl.searchParams.append(name, value)
    const allHeaders = mergeHeaders(
      createHeaders(request, requestBody, secret),
      request.withoutCredentials ? [] : headers,
      request.headers ?? [],
    )
    const result = await sendRequest({
      url: requestUrl,
      method: request.method ?? 'POST',
      headers: allHeaders.map(([name, value]) => [request.formatHeaderName?.(name) ?? name, value]),
      body: request.chunks ?? requestBody,
      timeoutMs: request.timeoutMs ?? timeoutMs,
      signal,
    })
    signal.throwIfAborted()
    const hasValidRequest = request.signature === undefined && !request.chunks
    const common = { ms: result.ms, requestBody, hasValidRequest }
    const response: TargetResponse =
      result.status === null
        ? { status: null, reason: result.reason, headers: [], text: '', ...common }
        : { status: result.status, reason: '', headers: result.headers, text: decodeStart(result.body), ...common }
    responses.push(response)
    return response
  }

  return {
    secret,
    marker: `marker-${randomHex(8)}`,
    timeoutMs,
    signal,
    forgeriesOnly,
    hasCredentials: headers.length > 0 || url.search !== '' || url.username !== '' || url.password !== '',
    responses,
    async send(request) {
      let response = await sendOnce(request)
      while (response.status === 429 && waits++ < maxWaits && !request.chunks) {
        await sleep(readRetryAfterMs(response), undefined, { signal })
        response = await sendOnce(request)
      }
      return response
    },
  }
}

function decodeStart(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, maxTextBytes)).toString('utf8')
}

function createHeaders(request: TargetRequest, body: Uint8Array, secret: string): HeaderList {
  const { event = 'Message.Received', signature = computeSignature(body, secret) } = request
  return [
    ['content-type', 'application/json'],
    ['user-agent', 'gallabox-webhooks doctor'],
    [eventNameHeader, event],
    ...(signature === null ? [] : ([[signatureHeader, signature]] as const)),
  ]
}

/** Joins lists of headers. The last header of a name wins. */
function mergeHeaders(...lists: readonly HeaderList[]): HeaderList {
  const byName = new Map(lists.flat().map((header) => [header[0].toLowerCase(), header] as const))
  return [...byName.values()]
}

function readRetryAfterMs({ headers }: TargetResponse): number {
  const [, seconds = '1'] = headers.find(([name]) => /^retry-after$/i.test(name)) ?? []
  const ms = Number(seconds) * 1000
  return ms >= 0 ? Math.min(ms, maxWaitMs) : maxWaitMs
}
