// When an event happened, from the one field of each body that says so.
// It must not know clocks.
import type { GallaboxEvent } from '../event.js'
import type { WhatsApp } from '../whatsapp.js'

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
    case 'Contact.Created':
    case 'Conversation.Create':
      return dateOfIso(event.data.createdAt)
    case 'Conversation.Resolve':
      return dateOfIso(event.data.resolvedDate)
    default:
      return sentAt(event)
  }
}

/** Reads when a message, a status, a payment's status or a reaction was sent. Other events have no such time. */
export function sentAt(event: GallaboxEvent): Date | undefined {
  if (!event.type.startsWith('Message.')) return undefined
  const { timestamp, whatsapp } = event.data as { timestamp?: unknown; whatsapp?: WhatsApp | null }
  return dateOfEpochSeconds(timestamp) ?? dateOfIso(whatsapp?.time)
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const epochSeconds = /^\d{1,12}$/

function dateOfIso(time: unknown): Date | undefined {
  if (typeof time !== 'string' || !isoTime.test(time)) return undefined
  const date = new Date(time)
  // The pattern admits a 13th month.
  return Number.isNaN(date.getTime()) ? undefined : date
}

function dateOfEpochSeconds(time: unknown): Date | undefined {
  return typeof time === 'string' && epochSeconds.test(time) ? new Date(Number(time) * 1000) : undefined
}
