// The customer's phone, wherever an event has it and however it is written there.
// It must not know what an event is about.
import type { GallaboxEvent } from '../event.js'
import { isInbound } from './is-inbound.js'

/**
 * Reads the customer's phone in E.164, such as `+919876543210`. Gallabox writes a "+" in some bodies and none in others.
 *
 * @returns The phone, or undefined where the event has none: tags taken off, templates, Flows, and contacts known only by
 * their WhatsApp user name.
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
  return toE164(phoneAsWritten(event))
}

function phoneAsWritten(event: GallaboxEvent): unknown {
  switch (event.type) {
    case 'Contact.Created':
    case 'Contact.Updated':
      return event.data.phone?.[0]
    case 'Contact.Tag.Mapped':
    case 'Conversation.Create':
    case 'Conversation.Update':
    case 'Conversation.Resolve':
    case 'Conversation.Followup':
    case 'Conversation.UnAttended':
      return event.data.contact?.phone?.[0]
    case 'Message.Received':
    case 'Message.Send':
    case 'Message.WA.Cart.Received': {
      const { whatsapp, contact } = event.data
      return (isInbound(event) ? whatsapp?.from : whatsapp?.to) ?? contact?.phone?.[0]
    }
    case 'Message.WA.Status.Received':
    case 'Message.WA.Status.Failed':
    case 'Message.WA.Payment.Status.Received':
    case 'Message.WA.Interaction.Received':
      return event.data.recipient_id
    default:
      return undefined
  }
}

// ITU-T E.164: at most 15 digits, and no country calling code begins with 0.
const digits = /^\+?([1-9]\d{6,14})$/

function toE164(phone: unknown): string | undefined {
  const found = typeof phone === 'string' ? digits.exec(phone) : null
  return found ? `+${found[1]}` : undefined
}
