import { type EventDescriptor, type eventDescriptors, findDescriptor } from '../descriptors.js'
import type { GallaboxEvent } from '../event.js'
import type { EventType } from '../event-map.js'

/** The members of a descriptor that say where something is in the payload. */
type Place = 'time' | 'content' | 'phone'

type TypesWith<M extends Place, P extends EventDescriptor[M]> = {
  [T in EventType]: (typeof eventDescriptors)[T] extends { readonly [K in M]: P } ? T : never
}[EventType]

/** The events whose descriptor has this place for this member. */
type EventWith<M extends Place, P extends EventDescriptor[M]> = Extract<
  GallaboxEvent,
  { readonly type: TypesWith<M, P> }
>

/** Checks whether an event's descriptor has this place for this member. */
export function isEventWith<M extends Place, P extends EventDescriptor[M]>(
  event: GallaboxEvent,
  member: M,
  place: P,
): event is EventWith<M, P> {
  return findDescriptor(event.type)?.[member] === place
}
