import type { GallaboxEvent } from '../events/event.js'
import { toEvent } from '../events/parse-event.js'
import { copyBytes, decodeUtf8, parseJson } from '../platform/bytes.js'
import { type DeliveryIdentity, VerifiedContext } from './context.js'
import { type EndedEarly, endEarly } from './step-result.js'

/** Verified bytes. If the step was synchronous, parse them at once: they are not copied, and their owner may change them. */
export interface VerifiedBody {
  readonly ok: true
  readonly rawBody: Uint8Array
  readonly identity: DeliveryIdentity
}

/** A delivery that was verified and parsed. */
export interface ParsedDelivery {
  readonly ok: true
  readonly event: GallaboxEvent
  readonly context: VerifiedContext
}

/** The fourth step: parses the verified bytes. A payload that does not match its name is an `unrecognized` event. */
export function parseDelivery({ rawBody, identity }: VerifiedBody): ParsedDelivery | EndedEarly {
  const text = decodeUtf8(rawBody)
  if (text === undefined) return endEarly('body-not-utf8', { rawBody: copyBytes(rawBody) })
  try {
    const event = toEvent(identity.eventName, identity.eventType, parseJson(text))
    return { ok: true, event, context: new VerifiedContext(identity, text, rawBody.byteLength) }
  } catch {
    // The engine's message quotes the body, so it goes no further.
    return endEarly('body-not-json', { rawBody: copyBytes(rawBody) })
  }
}
