import type { GallaboxEvent } from '../event.js'
import { isEventWith } from './is-event-with.js'
import { isInbound } from './is-inbound.js'

/**
 * Returns the customer's phone number in E.164, such as `+919876543210`. Some payloads have it with "+", some without.
 *
 * @returns The phone number, or undefined if the event has none: removed tags, tags on conversations, templates, Flows,
 * and contacts known only by their WhatsApp user name.
 * @example
 * ```ts
 * import { createReceiver, customerPhone } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type, customerPhone(event)),
 * })
 * ```
 */
export function customerPhone(event: GallaboxEvent): string | undefined {
  return toE164(findPhone(event))
}

function findPhone(event: GallaboxEvent): unknown {
  if (isEventWith(event, 'phone', 'recipient_id')) return event.data.recipient_id
  if (isEventWith(event, 'phone', 'contact.phone')) return event.data.contact?.phone?.[0]
  if (isEventWith(event, 'phone', 'phone')) return event.data.phone?.[0]
  if (isEventWith(event, 'phone', 'whatsapp')) {
    const { whatsapp, contact } = event.data
    return (isInbound(event) ? whatsapp?.from : whatsapp?.to) ?? contact?.phone?.[0]
  }
  return undefined
}

// ITU-T E.164: at most 15 digits, and no country calling code begins with 0.
const digits = /^\+?([1-9]\d{6,14})$/

function toE164(phone: unknown): string | undefined {
  const found = typeof phone === 'string' ? digits.exec(phone) : null
  return found ? `+${found[1]}` : undefined
}
