// The event that a handler gets: the union, and how a name and a body become a member of it.
// It must not know signatures, headers or handlers.
import type { EventMap, EventType } from './event-map.js'
import { type CanonicalName, canonicalEventName, type EventName } from './names.js'
import { findShapeIssues, type ShapeIssue } from './shape.js'

/** A verified event whose body has the shape that its name promises. */
export interface WebhookEvent<T extends EventType> {
  readonly type: T
  /** The body, as Gallabox sent it. Gallabox may add members that are not in the type. */
  readonly data: EventMap[T]
}

/** A verified delivery that is none of the known events, or does not look like the one that it is named. */
export interface UnrecognizedEvent {
  readonly type: 'unrecognized'
  /** What the header `x-event-name` said. The signature does not cover it. */
  readonly name: string | null
  readonly reason: 'no-name' | 'unknown-name' | 'unexpected-shape'
  /** Where the body does not fit its name; empty for the other reasons. */
  readonly issues: readonly ShapeIssue[]
  readonly data: unknown
}

/** Everything that a webhook can deliver: `switch` over `type` narrows `data`. */
export type GallaboxEvent = { [T in EventType]: WebhookEvent<T> }[EventType] | UnrecognizedEvent

/** The event of a name in either spelling. */
export type EventOf<N extends EventName> = N extends EventName ? WebhookEvent<CanonicalName<N>> : never

/**
 * Tells whether an event is the one of a name, in either spelling.
 *
 * Pass one name. Where its type is several, TypeScript takes all of them away after a false answer, though the event may
 * be another of them.
 *
 * @example
 * ```ts
 * import { isEvent, type GallaboxEvent } from 'gallabox-webhooks'
 *
 * function senderOf(event: GallaboxEvent) {
 *   return isEvent(event, 'Message.received') ? event.data.sender : undefined
 * }
 * ```
 */
export function isEvent<N extends EventName>(event: GallaboxEvent, name: N): event is EventOf<N> {
  return event.type === canonicalEventName(name)
}

/** Makes an event of what the header said, of which of the known events that is, and of what the body held. */
export function toEvent(name: string | null, type: EventType | undefined, data: unknown): GallaboxEvent {
  const issues = type ? findShapeIssues(type, data) : []
  if (type && issues.length === 0) return { type, data } as GallaboxEvent
  const reason = type ? 'unexpected-shape' : name === null ? 'no-name' : 'unknown-name'
  return { type: 'unrecognized', name, reason, issues, data }
}
