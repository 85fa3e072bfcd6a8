// Handles the deliveries of listen: verifies, records, forwards and logs them.
import { type Diagnosis, diagnose } from '../../../diagnose/index.js'
import { type EventDescriptor, eventDescriptors } from '../../../events/descriptors.js'
import type { GallaboxEvent } from '../../../events/event.js'
import type { EventType } from '../../../events/event-map.js'
import { customerPhone } from '../../../events/helpers/customer-phone.js'
import { isContentEvent } from '../../../events/helpers/message-content.js'
import { messageText } from '../../../events/helpers/message-text.js'
import { canonicalEventName } from '../../../events/names.js'
import { randomHex } from '../../../platform/random-hex.js'
import type { Delivery } from '../../../receiver/delivery.js'
import { createReceiver, type Receiver } from '../../../receiver/receiver.js'
import type { WebhookResponse } from '../../../receiver/response.js'
import { readEventName } from '../../shared/event-name.js'
import { type HeaderList, removeConnectionHeaders, sendRequest } from '../../shared/http-client.js'
import type { EntryDiagnosis, LogEntry } from './entry.js'
import type { EntryLog } from './log.js'
import type { Recorder } from './recorder.js'

/** A complete request. */
interface ListenRequest {
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  /** The id of the entry that is sent again. */
  readonly resentFrom?: string | undefined
}

interface ListenResponse {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array | string
}

export interface RequestHandlerOptions {
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
  const receiver = createReceiver({ secret, onEvent: () => {}, onOutcome: () => {} })
  return async function handleRequest(request) {
    const { method, headers, body, resentFrom } = request
    const createdAt = new Date()
    const name = readEventName(headers) ?? ''
    const delivery = { method, headers: groupHeaders(headers), rawBody: body }
    const { outcome, diagnosis } = await verify(receiver, delivery, secret)
    // Only verified deliveries are recorded, so that an attacker cannot fill the disk.
    if (record && diagnosis.verified && resentFrom === undefined) {
      const base64 = Buffer.from(body).toString('base64')
      await record({ receivedAt: createdAt.toISOString(), method, headers, body: base64 })
    }
    const { response, forwarded } = await forward(request, outcome, options)
    const entry: LogEntry = {
      id: randomHex(12),
      event: canonicalEventName(name) ?? name,
      createdAt,
      diagnosis,
      responseStatus: response.status,
      forwarded,
      resentFrom,
      ...summarizeEvent(outcome.event),
      method,
      headers,
      body,
    }
    log.add(entry)
    return response
  }
}

async function verify(receiver: Receiver, delivery: Delivery, secret: readonly string[]) {
  const outcome = await receiver.receive(delivery)
  const diagnosis = toEntryDiagnosis(await diagnose(delivery, { secret }))
  if (outcome.code === 'handled' || !diagnosis.verified) return { outcome, diagnosis }
  // The signature is valid, but something else is wrong, such as the method.
  const { code, hint } = outcome
  return { outcome, diagnosis: { verified: false, code, message: toSentence(code), hint, docs: '' } }
}

function toEntryDiagnosis({ verified, code, message, hint, docs }: Diagnosis): EntryDiagnosis {
  return { verified, code, message, hint, docs }
}

function toSentence(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}.`
}

async function forward(request: ListenRequest, outcome: WebhookResponse, options: RequestHandlerOptions) {
  const { forwardTo, timeoutMs, signal } = options
  if (!forwardTo) return { response: { ...outcome, headers: Object.entries(outcome.headers) } }
  const result = await sendRequest({ ...request, url: forwardTo, timeoutMs, signal })
  const { status, ms } = result
  if (status === null) return { response: badGateway, forwarded: { status, ms, reason: result.reason } }
  return { response: { ...result, headers: removeConnectionHeaders(result.headers) }, forwarded: { status, ms } }
}

const badGateway: ListenResponse = {
  status: 502,
  headers: [['content-type', 'application/json']],
  body: '{"ok":false}',
}

function summarizeEvent(event: GallaboxEvent | undefined): Pick<LogEntry, 'contact' | 'text'> {
  if (!event) return { contact: { name: '', phone: '' }, text: '' }
  // Both a signed payload and its contact can be null.
  const { contact, name } = Object(event.data) as { contact?: { name?: unknown }; name?: unknown }
  const isContact = event.type !== 'unrecognized' && isContactEventType(event.type)
  const contactName = isContact ? name : contact?.name
  return {
    contact: { name: typeof contactName === 'string' ? contactName : '', phone: customerPhone(event) ?? '' },
    text: isContentEvent(event) ? (messageText(event) ?? '') : '',
  }
}

function isContactEventType(type: EventType): boolean {
  const { id }: EventDescriptor = eventDescriptors[type]
  return id === 'contactId'
}

/** Groups headers by their lower-case name. Repeated headers become a list. */
function groupHeaders(list: HeaderList): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of list) {
    const key = name.toLowerCase()
    const previous = headers[key]
    headers[key] = previous === undefined ? value : [previous, value].flat()
  }
  return headers
}
