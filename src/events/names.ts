import { type DeliveryHeaders, findHeaderText } from '../platform/headers.js'
import { didYouMean } from '../platform/nearest-name.js'
import { type EventDescriptor, eventDescriptors } from './descriptors.js'
import type { EventType, HelpPageName, HelpPageNames } from './event-map.js'

/** The header that carries the event name. The signature does not cover it. */
export const eventNameHeader = 'x-event-name'

/**
 * Reads the event name from a request's headers. A name that was sent more than once counts once if all values are equal,
 * else as missing. HTTP joins repeated headers with commas, and no event name contains one.
 *
 * @returns The trimmed name, or null where it is missing or blank.
 */
export function readEventName(headers: DeliveryHeaders): string | null {
  const value = findHeaderText(headers, eventNameHeader)?.trim()
  if (!value?.includes(',')) return value || null
  const [name, ...others] = new Set(value.split(',').map((each) => each.trim()))
  return others.length === 0 && name ? name : null
}

/** An event's wire or help-page name. */
export type EventName = EventType | HelpPageName

/** The wire name of a wire or help-page name. */
export type CanonicalName<N extends EventName> = N extends EventType
  ? N
  : N extends HelpPageName
    ? HelpPageNames[N]
    : never

/**
 * The wire names of the 26 known events, as the header `x-event-name` carries them.
 *
 * The list is open: an account can have other events, which arrive as `unrecognized` ones.
 */
export const eventTypes: readonly EventType[] = /* @__PURE__ */ Object.keys(eventDescriptors) as EventType[]

let typeByName: Map<string, EventType> | undefined

// Created on first use, so that bundlers can drop the table where no name is looked up.
function createNameTable(): Map<string, EventType> {
  const table = new Map<string, EventType>()
  for (const type of eventTypes) {
    for (const name of eventNames(type)) table.set(name, type).set(name.toLowerCase(), type)
  }
  return table
}

/** Lists the names of an event: its wire name, its help-page name, and names seen elsewhere. */
function eventNames(type: EventType): readonly string[] {
  const { helpPageName, otherNames = [] }: EventDescriptor = eventDescriptors[type]
  return [type, helpPageName ?? type, ...otherNames]
}

/**
 * Returns the wire name of an event, given its wire or help-page name in any letter case.
 *
 * @returns The wire name, or undefined for a name that is not known.
 * @example
 * ```ts
 * import { canonicalEventName } from 'gallabox-webhooks'
 *
 * canonicalEventName('Contact.mapped') // 'Contact.Tag.Mapped'
 * ```
 */
export function canonicalEventName(name: string): EventType | undefined {
  typeByName ??= createNameTable()
  return typeByName.get(name) ?? typeByName.get(name.toLowerCase())
}

/** Says "Did you mean …?" with the nearest event name. Empty where none is near. */
export function suggestEventName(name: string): string {
  return didYouMean(name, eventTypes.flatMap(eventNames))
}

/**
 * Returns the wire name of an event that an option names.
 *
 * @throws TypeError for an unknown name, with the nearest known one.
 */
export function requireEventName(option: string, name: string): EventType {
  const type = canonicalEventName(name)
  if (type) return type
  throw new TypeError(`${option}: unknown event ${JSON.stringify(name)}.${suggestEventName(name)}`)
}
