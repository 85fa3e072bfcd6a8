import type { EventType } from '../../events/event-map.js'
import { eventNameHeader, requireEventName } from '../../events/names.js'
import { findHeader, type HeaderList } from './http-client.js'
import { UsageError } from './options.js'

/** Returns the value of x-event-name. */
export function readEventName(headers: HeaderList): string | undefined {
  return findHeader(headers, eventNameHeader)
}

/** Returns the wire name of an event that an option names. Throws a UsageError for an unknown one. */
export function parseEventName(option: string, name: string): EventType {
  try {
    return requireEventName(`--${option}`, name)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
