import type { GallaboxEvent } from '../events/event.js'
import { toEvent } from '../events/parse-event.js'
import { decodeUtf8 } from '../platform/bytes.js'
import type { VerifiedContext } from './context.js'
import { type EndedEarly, endEarly } from './step-result.js'

/** A delivery that was verified and parsed. */
export interface ParsedDelivery {
  readonly ok: true
  readonly event: GallaboxEvent
  readonly context: VerifiedContext
}

/** The fourth step: parses the verified bytes. A payload that does not match its name is an `unrecognized` event. */
export function parseDelivery(context: VerifiedContext): ParsedDelivery | EndedEarly {
  const { rawBody, eventName, eventType } = context
  const text = decodeUtf8(rawBody)
  if (text === undefined) return endEarly('body-not-utf8', { rawBody })
  try {
    return { ok: true, event: toEvent(eventName, eventType, JSON.parse(text)), context }
  } catch {
    // The engine's message quotes the body, so it goes no further.
    return endEarly('body-not-json', { rawBody })
  }
}
