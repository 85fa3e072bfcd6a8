// Handles the deliveries of listen: verifies, records, forwards and logs them.
import { canonicalEventName } from '../../../events/names.js'
import { randomHex } from '../../../platform/random-hex.js'
import type { WebhookResponse } from '../../../receiver/response.js'
import { readEventName } from '../../shared/event-name.js'
import { type HeaderList, removeConnectionHeaders, sendRequest } from '../../shared/http-client.js'
import type { ForwardedResponse, LogEntry } from './entry.js'
import type { EntryLog } from './log.js'
import type { Recorder } from './recorder.js'
import { summarizeEvent } from './summarize-event.js'
import { type CompleteDelivery, createVerifier } from './verify-delivery.js'

interface ListenRequest extends CompleteDelivery {
  /** The id of the entry that is sent again. */
  readonly resentFrom?: string | undefined
}

interface ListenResponse {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array | string
}

export interface RequestHandlerOptions {
  /** Without one, every delivery is accepted and unverified. */
  readonly secret: readonly string[]
  readonly log: EntryLog
  readonly forwardTo: URL | undefined
  readonly record: Recorder | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export type ListenRequestHandler = (request: ListenRequest) => Promise<ListenResponse>

/** Creates the function that handles each delivery. */
export function createRequestHandler(options: RequestHandlerOptions): ListenRequestHandler {
  const { secret, log, record } = options
  const verifyDelivery = createVerifier(secret)
  return async function handleRequest(request) {
    const { method, headers, body, resentFrom } = request
    const createdAt = new Date()
    const name = readEventName(headers) ?? ''
    const { diagnosis, response: ownResponse, event } = await verifyDelivery(request)
    // Only verified deliveries are recorded, so that an attacker cannot fill the disk.
    if (record && diagnosis.verified && resentFrom === undefined) {
      const base64 = Buffer.from(body).toString('base64')
      await record({ receivedAt: createdAt.toISOString(), method, headers, body: base64 })
    }
    const { response, forwarded } = await forward(request, ownResponse, options)
    const entry: LogEntry = {
      id: randomHex(12),
      event: canonicalEventName(name) ?? name,
      createdAt,
      diagnosis,
      responseStatus: response.status,
      forwarded,
      resentFrom,
      ...summarizeEvent(event),
      method,
      headers,
      body,
    }
    log.add(entry)
    return response
  }
}

// Enough for an error page with a stack trace. The log keeps up to a thousand of them.
const maxStoredBytes = 64 * 1024

async function forward(
  request: ListenRequest,
  ownResponse: WebhookResponse,
  { forwardTo, timeoutMs, signal }: RequestHandlerOptions,
): Promise<{ readonly response: ListenResponse; readonly forwarded?: ForwardedResponse }> {
  if (!forwardTo) return { response: { ...ownResponse, headers: Object.entries(ownResponse.headers) } }
  const result = await sendRequest({ ...request, url: forwardTo, timeoutMs, signal })
  const { status, ms } = result
  if (status === null) return { response: badGateway, forwarded: result }
  const headers = removeConnectionHeaders(result.headers)
  // A copy, because a view would keep the whole body in memory.
  const stored = new Uint8Array(result.body.subarray(0, maxStoredBytes))
  return { response: { ...result, headers }, forwarded: { status, ms, headers, body: stored } }
}

const badGateway: ListenResponse = {
  status: 502,
  headers: [['content-type', 'application/json']],
  body: '{"ok":false}',
}
