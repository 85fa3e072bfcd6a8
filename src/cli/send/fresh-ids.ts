// Copies of a sample that are deliveries of their own. It must not know events.
import { randomHex } from '../../internal/random-hex.js'

type Members = Readonly<Record<string, unknown>>

/** Copies a body, with other ids of the message, so that a receiver does not take it for a retry. */
export function withFreshIds(payload: unknown): unknown {
  if (!isObject(payload)) return payload
  const { id, localMessageId, whatsapp, flowResponse } = payload
  return {
    ...payload,
    ...(typeof id === 'string' ? { id: freshen(id) } : {}),
    ...(typeof localMessageId === 'string' ? { localMessageId: freshen(localMessageId) } : {}),
    ...(isObject(whatsapp) ? { whatsapp: withFreshIds(whatsapp) } : {}),
    ...(isObject(flowResponse) ? { flowResponse: withFreshIds(flowResponse) } : {}),
  }
}

// Hex at the end is good in all of them: 24 hex digits, UUIDs, and the base64 of a wamid.
function freshen(id: string): string {
  return id.slice(0, -8) + randomHex(4)
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
