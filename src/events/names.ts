// The names of events: the 26 on the wire, the help page's spellings of 16 of them, and how one becomes the other.
// It must not know bodies.
import type { EventType } from './event-map.js'
import { shapes } from './shape.js'

/**
 * The names of the 26 events as they stand in the header `x-event-name`.
 *
 * The settings page lists what an account may choose, so the list is open: a name that is not here is normal.
 */
export const eventTypes: readonly EventType[] = /* @__PURE__ */ Object.keys(shapes) as EventType[]

/** The names of Gallabox's help page, and the wire name of each. */
export interface HelpPageNames {
  'Contact.created': 'Contact.Created'
  'Contact.updated': 'Contact.Updated'
  'Contact.mapped': 'Contact.Tag.Mapped'
  'Contact.unmapped': 'Contact.Tag.Unmapped'
  'Conversation.created': 'Conversation.Create'
  'Conversation.updated': 'Conversation.Update'
  'Conversation.UnAttended': 'Conversation.UnAttended'
  'Conversation.Tag.mapped': 'Conversation.Tag.Mapped'
  'Conversation.Tag.unmapped': 'Conversation.Tag.Unmapped'
  'Message.received': 'Message.Received'
  'Message.flow.received': 'Message.Flow.Received'
  'Message.WA.Cart.received': 'Message.WA.Cart.Received'
  'Message.WA.status.received': 'Message.WA.Status.Received'
  'Message.WA.status.failed': 'Message.WA.Status.Failed'
  'Message.WA.Payment.status.received': 'Message.WA.Payment.Status.Received'
  'Template.status': 'Template.Status'
}

/** An event's name on Gallabox's help page. */
export type HelpPageName = keyof HelpPageNames

/** An event's name in either spelling. */
export type EventName = EventType | HelpPageName

/** The wire name of a name in either spelling. */
export type CanonicalName<N extends EventName> = N extends EventType
  ? N
  : N extends HelpPageName
    ? HelpPageNames[N]
    : never

// Most names of the help page differ from the wire in case alone; these differ in more. The last one was seen elsewhere.
const aliases = {
  'contact.mapped': 'Contact.Tag.Mapped',
  'contact.unmapped': 'Contact.Tag.Unmapped',
  'conversation.created': 'Conversation.Create',
  'conversation.updated': 'Conversation.Update',
  'contact.update': 'Contact.Updated',
} as const

let byName: Map<string, EventType> | undefined

// Made on first use: a table made on loading would stay in bundles that never look a name up.
function makeTable(): Map<string, EventType> {
  const table = new Map<string, EventType>(Object.entries(aliases))
  for (const type of eventTypes) table.set(type, type).set(type.toLowerCase(), type)
  return table
}

/**
 * Finds the wire name of an event by its wire or help-page name, in any case.
 *
 * @returns The name, or undefined if it is none of the 26.
 * @example
 * ```ts
 * import { canonicalEventName } from 'gallabox-webhooks'
 *
 * canonicalEventName('Contact.mapped') // 'Contact.Tag.Mapped'
 * ```
 */
export function canonicalEventName(name: string): EventType | undefined {
  byName ??= makeTable()
  return byName.get(name) ?? byName.get(name.toLowerCase())
}

/** As `canonicalEventName`, for a name that a user wrote: an unknown one is a TypeError that names the option. */
export function knownEventName(option: string, name: string): EventType {
  const type = canonicalEventName(name)
  if (type) return type
  throw new TypeError(`${option}: ${JSON.stringify(name)} is no event of Gallabox.`)
}
