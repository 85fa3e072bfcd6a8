import { decodeUtf8, isRawBody, parseJson, type RawBody, toBytes } from '../platform/bytes.js'
import { typeName } from '../platform/type-name.js'
import { eventDescriptors } from './descriptors.js'
import type { GallaboxEvent } from './event.js'
import type { EventType } from './event-map.js'
import { canonicalEventName } from './names.js'
import { findShapeIssues } from './shape.js'

/**
 * Parses a stored event, such as one from a queue, a database or a log.
 *
 * It verifies no signature. Pass only payloads that were verified when they were received.
 *
 * @param name - The event's name, as the header `x-event-name` carried it. Surrounding whitespace is ignored.
 * @param body - The payload: JSON as a string or as UTF-8 bytes, or an object that is parsed already.
 * @returns The typed event. An `unrecognized` one if the name is missing or unknown, or the payload does not match it.
 * @throws TypeError if the body is not valid UTF-8 or JSON, or an argument has another type.
 * @example
 * ```ts
 * import { messageText, parseEvent } from 'gallabox-webhooks'
 *
 * export function processJob(job: { name: string | null; payload: object }) {
 *   const event = parseEvent(job.name, job.payload)
 *   if (event.type === 'Message.Received') console.log(messageText(event))
 * }
 * ```
 */
export function parseEvent(name: string | null | undefined, body: RawBody | object): GallaboxEvent {
  if (typeof name !== 'string' && name !== null && name !== undefined) {
    throw new TypeError(`name: must be a string or null, got ${typeName(name)}. Pass the value of x-event-name.`)
  }
  const trimmed = name?.trim() || null
  return toEvent(trimmed, trimmed === null ? undefined : canonicalEventName(trimmed), parsePayload(body))
}

function parsePayload(body: unknown): unknown {
  if (!isRawBody(body)) {
    if (typeof body === 'object' && body !== null) return body
    throw new TypeError(`body: must be a string, bytes or an object, got ${typeName(body)}. Pass the stored payload.`)
  }
  const text = decodeUtf8(toBytes(body))
  if (text === undefined) throw new TypeError('body: invalid UTF-8. Pass the bytes exactly as they were received.')
  try {
    return parseJson(text)
  } catch {
    // The engine's message quotes the body.
    throw new TypeError('body: invalid JSON. Pass the payload as JSON or as an object.')
  }
}

/** Creates an event from the header's name, the wire name that it stands for, and the payload. Never throws. */
export function toEvent(name: string | null, type: EventType | undefined, data: unknown): GallaboxEvent {
  const issues = type ? findShapeIssues(eventDescriptors[type].shape, data) : []
  if (type && issues.length === 0) return { type, data } as GallaboxEvent
  const reason = type ? 'unexpected-shape' : name === null ? 'no-name' : 'unknown-name'
  return { type: 'unrecognized', name, reason, issues, data }
}
