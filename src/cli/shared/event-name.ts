import { eventNameHeader } from '../../events/names.js'
import type { HeaderList } from './http-client.js'

/** Returns the value of x-event-name. */
export function readEventName(headers: HeaderList): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === eventNameHeader)?.[1]
}
