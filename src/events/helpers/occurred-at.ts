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
  if (isEventWith(event, 'time', 'createdAt')) return parseIsoTime(event.data.createdAt)
  if (isEventWith(event, 'time', 'resolvedDate')) return parseIsoTime(event.data.resolvedDate)
  return sentAt(event)
}

/** Returns when a message, status, payment status or reaction was sent. Other events have no such time. */
export function sentAt(event: GallaboxEvent): Date | undefined {
  if (isEventWith(event, 'time', 'timestamp')) return parseEpochSeconds(event.data.timestamp)
  if (isEventWith(event, 'time', 'whatsapp.time')) return parseIsoTime(event.data.whatsapp?.time)
  return undefined
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const epochSeconds = /^\d{1,12}$/

function parseIsoTime(time: unknown): Date | undefined {
  if (typeof time !== 'string' || !isoTime.test(time)) return undefined
  const date = new Date(time)
  // The pattern accepts a 13th month.
  return Number.isNaN(date.getTime()) ? undefined : date
}

function parseEpochSeconds(time: unknown): Date | undefined {
  return typeof time === 'string' && epochSeconds.test(time) ? new Date(Number(time) * 1000) : undefined
}
