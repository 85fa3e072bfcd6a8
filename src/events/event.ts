import type { EventMap, EventType } from './event-map.js'
import { type CanonicalName, canonicalEventName, type EventName } from './names.js'
import type { ShapeIssue } from './shape.js'

/** A verified event whose payload has the shape of its name. */
export interface WebhookEvent<T extends EventType> {
  /** The wire name, whichever name the header carried. */
  readonly type: T
  /** The payload, as Gallabox sent it. It may contain members that the type does not list. */
  readonly data: EventMap[T]
}

/** A verified event whose name is missing or unknown, or whose payload does not match its name. */
export interface UnrecognizedEvent {
  readonly type: 'unrecognized'
  /** The value of the header `x-event-name`. The signature does not cover it. */
  readonly name: string | null
  /**
   * `no-name`: the header is missing or blank. `unknown-name`: the name is not one of the 26 known ones.
   * `unexpected-shape`: the payload does not match the name.
   */
  readonly reason: 'no-name' | 'unknown-name' | 'unexpected-shape'
  /** Where the payload does not match the name. Empty for the other reasons. */
  readonly issues: readonly ShapeIssue[]
  /** The payload. Nothing is known about its members, so check them before you use them. */
  readonly data: unknown
}

/** Every event that a delivery can carry. A `switch` over `type` narrows `data`. */
export type GallaboxEvent = { [T in EventType]: WebhookEvent<T> }[EventType] | UnrecognizedEvent

/** The event with a wire or help-page name. */
export type EventOf<N extends EventName> = N extends EventName ? WebhookEvent<CanonicalName<N>> : never

/**
 * Checks whether an event has a name, given as wire or help-page name.
 *
 * Pass a single name. If its type is a union, TypeScript excludes every member of the union after a false result.
 *
 * @example
 * ```ts
 * import { isEvent, type GallaboxEvent } from 'gallabox-webhooks'
 *
 * function senderOf(event: GallaboxEvent) {
 *   return isEvent(event, 'Message.Received') ? event.data.sender : undefined
 * }
 * ```
 */
export function isEvent<N extends EventName>(event: GallaboxEvent, name: N): event is EventOf<N> {
  return event.type === canonicalEventName(name)
}
