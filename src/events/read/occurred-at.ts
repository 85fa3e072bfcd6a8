// When an event happened, from the one field of each body that says so.
// It must not know clocks.
import type { GallaboxEvent } from '../event.js'

/**
 * Reads when an event happened, from inside the signed body: the time of a message, of a status, payment or reaction, of
 * a creation, of a close.
 *
 * @returns The time, or undefined where no field is known to say so. `updatedAt` is not used: it is not proven to be the
 * time of the event.
 * @example
 * ```ts
 * import { createReceiver, occurredAt } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type, occurredAt(event)?.toISOString()),
 * })
 * ```
 */
export function occurredAt(event: GallaboxEvent): Date | undefined {
  switch (event.type) {
    case 'Message.Received':
    case 'Message.Send':
    case 'Message.WA.Cart.Received':
      return dateOfIso(event.data.whatsapp?.time)
    case 'Message.WA.Status.Received':
    case 'Message.WA.Status.Failed':
    case 'Message.WA.Payment.Status.Received':
    case 'Message.WA.Interaction.Received':
      return dateOfEpochSeconds(event.data.timestamp)
    case 'Contact.Created':
    case 'Conversation.Create':
      return dateOfIso(event.data.createdAt)
    case 'Conversation.Resolve':
      return dateOfIso(event.data.resolvedDate)
    default:
      return undefined
  }
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const epochSeconds = /^\d{1,12}$/

function dateOfIso(time: unknown): Date | undefined {
  if (typeof time !== 'string' || !isoTime.test(time)) return undefined
  const date = new Date(time)
  // The pattern admits a 13th month.
  return Number.isNaN(date.getTime()) ? undefined : date
}

function dateOfEpochSeconds(time: string): Date | undefined {
  return epochSeconds.test(time) ? new Date(Number(time) * 1000) : undefined
}
