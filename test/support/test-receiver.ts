import {
  createReceiver,
  type Delivery,
  type GallaboxEvent,
  type OutcomeRecord,
  type ReceiverOptions,
} from 'gallabox-webhooks'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'

export const secret = 'whsec_Jg8mZ2vQ'

/** Creates a signed delivery of `Message.Received`. `changes` replace its name, data, secret or any other member. */
export function delivery(
  changes: Partial<Delivery> & { name?: string; data?: unknown; secret?: string } = {},
): Delivery {
  const {
    name = 'Message.Received',
    data = samplePayload('Message.Received'),
    secret: signingSecret = secret,
    ...rest
  } = changes
  const { method, headers, body } = signDelivery(name, data, { secret: signingSecret })
  return { method, headers, rawBody: body, ...rest }
}

/** Creates a receiver that records its outcomes and, unless `on` or `onEvent` is given, its events. */
export function createTestReceiver(options: Partial<ReceiverOptions> = {}) {
  const outcomes: OutcomeRecord[] = []
  const events: GallaboxEvent[] = []
  const handlers =
    'on' in options || 'onEvent' in options ? {} : { onEvent: (event: GallaboxEvent) => events.push(event) }
  const receiver = createReceiver({
    secret,
    onOutcome: (outcome) => outcomes.push(outcome),
    ...handlers,
    ...options,
  })
  return { receiver, receive: receiver.receive, outcomes, events }
}
