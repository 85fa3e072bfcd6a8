// Sends requests to the receiver that doctor checks, and stores every response.
import { eventNameHeader } from '../../../events/names.js'
import { randomHex } from '../../../platform/random-hex.js'
import { type HeaderList, sendRequest } from '../../shared/http-client.js'
import { classifyResponse } from './classify-response.js'
import type { HashInput } from './hashes.js'
import { createRateLimit } from './rate-limit.js'
import { messageBody } from './sample-bodies.js'
import { createScheme, type SignatureScheme } from './signature-scheme.js'

/** The differences between a request and a valid delivery of a message. */
export interface TargetRequest {
  readonly body: string | Uint8Array
  /** The value of x-event-name. Default: `Message.Received`. */
  readonly event?: string | undefined
  /** The value of the signature header; null sends none. Default: the correct signature. */
  readonly signature?: string | null | undefined
  /** Default: the method of the target. */
  readonly method?: string | undefined
  /** Additional headers. They replace others of the same name. */
  readonly headers?: HeaderList | undefined
  /** Changes the letter case of header names. */
  readonly formatHeaderName?: ((name: string) => string) | undefined
  /** Added to the URL. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Leaves out what was added to every request: headers, and the user, password and query of the URL. */
  readonly withoutCredentials?: true | undefined
  /** Creates the chunks to send instead of `body`. */
  readonly chunks?: (() => AsyncIterable<Uint8Array>) | undefined
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
  readonly method: string
  /** Sent with every request. */
  readonly headers: HeaderList
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** True to send nothing that a correct receiver accepts. */
  readonly forgeriesOnly: boolean
  /** The total time to wait after 429 responses, in milliseconds. */
  readonly maxWaitMs: number
  /** Called before each wait after a 429 response. */
  readonly onWait?: ((ms: number) => void) | undefined
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
  /** How the receiver expects signatures. Default: as Gallabox sends them. */
  scheme: SignatureScheme
  /** True once the receiver has accepted a valid delivery. */
  acceptsValid: boolean
  /** All responses so far. */
  readonly responses: readonly TargetResponse[]
  /** Computes a signature as the receiver expects it. Default: with the key that it expects. */
  sign(message: HashInput, key?: HashInput): string
  /** Sends a request, again after each 429 while the limits allow it. Rejects only if the run is stopped. */
  send(request: TargetRequest): Promise<TargetResponse>
}

const maxTextBytes = 64 * 1024

// Some receivers block a sender after a number of rejections in a row. A valid delivery in between prevents that.
const maxRejectionsInARow = 8

export function createTarget(options: TargetOptions): Target {
  const { url, secret, headers, timeoutMs, signal, forgeriesOnly, maxWaitMs, onWait } = options
  const responses: TargetResponse[] = []
  const rateLimit = createRateLimit({ budgetMs: maxWaitMs, signal, onWait })
  let rejectionsInARow = 0

  async function sendOnce(request: TargetRequest): Promise<TargetResponse> {
    signal.throwIfAborted()
    // A fault in a check must not reach the handler of a production server.
    if (forgeriesOnly && request.signature === undefined)
      throw new Error('doctor: a valid delivery at a public address.')
    const requestBody = Buffer.from(request.body as string)
    const { signature = target.sign(requestBody) } = request
    const requestUrl = request.withoutCredentials ? new URL(url.pathname, url.origin) : new URL(url)
    for (const [name, value] of Object.entries(request.query ?? {})) requestUrl.searchParams.append(name, value)
    const allHeaders = mergeHeaders(
      createHeaders(target.scheme.header, signature, request.event),
      request.withoutCredentials ? [] : headers,
      request.headers ?? [],
    )
    const result = await sendRequest({
      url: requestUrl,
      method: request.method ?? options.method,
      headers: allHeaders.map(([name, value]) => [request.formatHeaderName?.(name) ?? name, value]),
      body: request.chunks?.() ?? requestBody,
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
    rejectionsInARow = classifyResponse(response) === 'accepted' ? 0 : rejectionsInARow + 1
    return response
  }

  /** Sends a valid delivery, which ends a series of rejections. Returns whether it was accepted. */
  async function endSeries(): Promise<boolean> {
    if (!target.acceptsValid) return false
    return classifyResponse(await sendOnce({ body: messageBody(target.marker) })) === 'accepted'
  }

  const target: Target = {
    secret,
    marker: `marker-${randomHex(8)}`,
    timeoutMs,
    signal,
    forgeriesOnly,
    hasCredentials: headers.length > 0 || url.search !== '' || url.username !== '' || url.password !== '',
    scheme: createScheme(secret),
    acceptsValid: false,
    responses,
    sign(message, key = target.scheme.key) {
      const { scheme } = target
      return scheme.encode(scheme.hash(message, key))
    },
    async send(request) {
      if (rejectionsInARow >= maxRejectionsInARow && request.signature !== undefined) await endSeries()
      let response = await sendOnce(request)
      if (response.status === 429 && request.signature !== undefined && (await endSeries())) {
        response = await sendOnce(request)
      }
      while (response.status === 429 && (await rateLimit.wait(response.headers))) response = await sendOnce(request)
      return response
    },
  }
  return target
}

function decodeStart(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, maxTextBytes)).toString('utf8')
}

function createHeaders(header: string, signature: string | null, event = 'Message.Received'): HeaderList {
  return [
    ['content-type', 'application/json'],
    ['user-agent', 'gallabox-webhooks doctor'],
    [eventNameHeader, event],
    ...(signature === null ? [] : ([[header, signature]] as const)),
  ]
}

/** Joins lists of headers. The last header of a name wins. */
function mergeHeaders(...lists: readonly HeaderList[]): HeaderList {
  const byName = new Map(lists.flat().map((header) => [header[0].toLowerCase(), header] as const))
  return [...byName.values()]
}
