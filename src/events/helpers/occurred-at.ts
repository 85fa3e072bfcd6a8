import type { GallaboxEvent } from '../event.js'
import { isEventWith } from './is-event-with.js'

/**
 * Returns when an event occurred, from the signed payload: when a message, status, payment status or reaction was sent,
 * when a contact or conversation was created, or when a conversation was closed.
 *
 * `updatedAt` is not used: Gallabox does not document that it is the time of the event.
 *
 * @returns The time, or undefined if the payload has none.
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
  if (isEventWith(event, 'time', 'createdAt')) return parseTime(event.data.createdAt)
  if (isEventWith(event, 'time', 'resolvedDate')) return parseTime(event.data.resolvedDate)
  return sentAt(event)
}

/** Returns when a message, status, payment status or reaction was sent. Other events have no such time. */
export function sentAt(event: GallaboxEvent): Date | undefined {
  if (isEventWith(event, 'time', 'timestamp')) return parseTime(event.data.timestamp)
  if (isEventWith(event, 'time', 'whatsapp.time')) return parseTime(event.data.whatsapp?.time)
  return undefined
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const epochSeconds = /^\d{1,12}$/

/**
 * Parses ISO 8601 or seconds since the Unix epoch. Gallabox uses both: a status has its time in seconds as a string, and
 * the same status in its REST API has it in ISO 8601.
 */
function parseTime(time: unknown): Date | undefined {
  if (typeof time !== 'string' && typeof time !== 'number') return undefined
  const text = String(time)
  if (epochSeconds.test(text)) return new Date(Number(text) * 1000)
  if (!isoTime.test(text)) return undefined
  const date = new Date(text)
  // The pattern accepts a 13th month.
  return Number.isNaN(date.getTime()) ? undefined : date
}
