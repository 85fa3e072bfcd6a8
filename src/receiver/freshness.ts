import type { GallaboxEvent } from '../events/event.js'
import { sentAt } from '../events/helpers/occurred-at.js'

// Clocks differ. An event from further in the future than this is as stale as an old one.
const clockSkewMs = 5 * 60_000

/** How old an event is. Events without a time of sending are `undated`. */
export type Freshness = 'fresh' | 'stale' | 'undated'

/** Compares the time inside the signed body with the clock. */
export function checkFreshness(event: GallaboxEvent, maxAgeMs: number, now: number): Freshness {
  const date = sentAt(event)
  if (!date) return 'undated'
  const age = now - date.getTime()
  return age > maxAgeMs || age < -clockSkewMs ? 'stale' : 'fresh'
}
