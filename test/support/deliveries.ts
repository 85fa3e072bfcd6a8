// Deliveries for tests of the core, which need no server.
import type { Delivery } from 'gallabox-webhooks'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'

export const secret = 'whsec_Jg8mZ2vQ'

/** A genuine delivery; `changes` make it another. */
export function delivery(
  changes: Partial<Delivery> & { name?: string; data?: unknown; secret?: string } = {},
): Delivery {
  const { name = 'Message.Received', data = samplePayload('Message.Received'), secret: key = secret, ...rest } = changes
  const { method, headers, body } = signDelivery(name, data, { secret: key })
  return { method, headers, rawBody: body, ...rest }
}
