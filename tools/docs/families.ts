import type { EventType } from '../../src/events/event-map.js'
import { eventTypes } from '../../src/events/names.js'

/** The first part of every event name, and what its events are about. */
export const families = {
  Contact: 'Contacts of the account, and their tags.',
  Conversation: 'Conversations with contacts, and their tags.',
  Message: 'Messages, their statuses, reactions to them, and payments.',
  Template: 'Message templates.',
  Broadcast: 'Broadcasts. Gallabox documents no payload of these.',
} as const

/** The family of an event. */
export type Family = keyof typeof families

/** Lists the families in the order of the documentation. */
export const familyNames = Object.keys(families) as Family[]

/** Returns the family of an event. */
export function familyOf(type: EventType): Family {
  return type.split('.')[0] as Family
}

/** Lists the events of a family. */
export function listEvents(family: Family): readonly EventType[] {
  return eventTypes.filter((type) => familyOf(type) === family)
}
