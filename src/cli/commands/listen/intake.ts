// What happens to one delivery: verified, recorded, passed on, and written into the log.
// It must not know sockets: it takes bytes, and gives an answer.

import { diagnose } from '../../../diagnose/index.js'
import type { GallaboxEvent } from '../../../events/event.js'
import { customerPhone } from '../../../events/helpers/customer-phone.js'
import type { ContentEvent } from '../../../events/helpers/message-content.js'
import { messageText } from '../../../events/helpers/message-text.js'
import { canonicalEventName } from '../../../events/names.js'
import { randomHex } from '../../../platform/random-hex.js'
import type { Reply } from '../../../receiver/outcome.js'
import { createReceiver, type Receiver } from '../../../receiver/receiver.js'
import type { Delivery } from '../../../receiver/verify-delivery.js'
import { exchange, type HeaderList, withoutConnection } from '../../shared/http-client.js'
import type { Entry } from './entry.js'
import type { DeliveryLog } from './log.js'
import type { Recorder } from './recorder.js'

/** A request, whole. */
interface Incoming {
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly copyOf?: string | undefined
}

/** What to answer. */
interface Answer {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array | string
}

export interface IntakeOptions {
  readonly secret: readonly string[]
  readonly log: DeliveryLog
  readonly forwardTo: URL | undefined
  readonly record: Recorder | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export type Intake = (incoming: Incoming) => Promise<Answer>

/** Creates what takes deliveries, one by one. */
export function createIntake(options: IntakeOptions): Intake {
  const { secret, log, record } = options
  const receiver = createReceiver({ secret, onEvent: () => {} })
  return async function take(incoming) {
    const { method, headers, body, copyOf } = incoming
    const createdAt = new Date()
    const delivery = { method, headers: groupHeaders(headers), rawBody: body }
    const { outcome, verdict } = await judge(receiver, delivery, secret)
    // Strangers must not fill a disk, so only what is genuine is recorded.
    if (record && verdict.genuine && copyOf === undefined) {
      const base64 = Buffer.from(body).toString('base64')
      await record({ receivedAt: createdAt.toISOString(), method, headers, body: base64 })
    }
    const { answer, forwarded } = await passOn(incoming, outcome, options)
    const entry: Entry = {
      id: randomHex(12),
      event: nameOf(headers),
      createdAt,
      verdict,
      answered: answer.status,
      forwarded,
      copyOf,
      ...describe(outcome.event),
      method,
      headers,
      body,
    }
    log.add(entry)
    return answer
  }
}

/** The receiver's outcome, with the reason where it refused. */
async function judge(receiver: Receiver, delivery: Delivery, secret: readonly string[]) {
  const outcome = await receiver.receive(delivery)
  const diagnosis = await diagnose(delivery, { secret })
  const taken = outcome.code === 'handled'
  // The signature may be right and something else wrong, such as the method.
  const wrong = { genuine: false, code: outcome.code, message: sentence(outcome.message), fix: '', docs: '' }
  return { outcome, verdict: taken || !diagnosis.genuine ? diagnosis : wrong }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

async function passOn(incoming: Incoming, reply: Reply, { forwardTo, timeoutMs, signal }: IntakeOptions) {
  if (!forwardTo) return { answer: { ...reply, headers: Object.entries(reply.headers) } }
  const result = await exchange({ ...incoming, url: forwardTo, timeoutMs, signal })
  const { status, ms } = result
  if (status === null) return { answer: badGateway, forwarded: { status, ms, reason: result.reason } }
  return { answer: { ...result, headers: withoutConnection(result.headers) }, forwarded: { status, ms } }
}

const badGateway: Answer = { status: 502, headers: [['content-type', 'application/json']], body: '{"ok":false}' }

function nameOf(headers: HeaderList): string {
  const name = headers.find(([header]) => header.toLowerCase() === 'x-event-name')?.[1] ?? ''
  return canonicalEventName(name) ?? name
}

function describe(event: GallaboxEvent | undefined): Pick<Entry, 'contact' | 'text'> {
  if (!event) return { contact: { name: '', phone: '' }, text: '' }
  // A signed body may be null, or have null for a contact.
  const { contact, name } = Object(event.data) as { contact?: { name?: unknown }; name?: unknown }
  const known = event.type.startsWith('Contact.') && event.type.split('.').length === 2 ? name : contact?.name
  return {
    contact: { name: typeof known === 'string' ? known : '', phone: customerPhone(event) ?? '' },
    text: isContentEvent(event) ? (messageText(event) ?? '') : '',
  }
}

function isContentEvent(event: GallaboxEvent): event is ContentEvent {
  return event.type.startsWith('Message.') && !event.type.includes('Status')
}

/** Headers by name; what came twice is a list. */
function groupHeaders(list: HeaderList): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of list) {
    const key = name.toLowerCase()
    const before = headers[key]
    headers[key] = before === undefined ? value : [before, value].flat()
  }
  return headers
}
