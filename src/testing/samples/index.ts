import type { EventMap, EventType } from '../../events/event-map.js'
import { type CanonicalName, canonicalEventName, type EventName, eventTypes } from '../../events/names.js'
import { didYouMean } from '../../platform/nearest-name.js'
import { contactCreated, contactTagMapped, contactTagUnmapped, contactUpdated } from './contact.js'
import {
  conversationCreate,
  conversationFollowup,
  conversationResolve,
  conversationTagMapped,
  conversationTagUnmapped,
  conversationUnAttended,
  conversationUpdate,
} from './conversation.js'
import {
  messageFlowReceived,
  messageReceived,
  messageSend,
  messageWaCartReceived,
  messageWaInteractionReceived,
  messageWaPaymentStatusReceived,
  messageWaStatusFailed,
  messageWaStatusReceived,
} from './message.js'
import { templateStatus } from './template.js'

const samples = {
  'Contact.Created': contactCreated,
  'Contact.Updated': contactUpdated,
  'Contact.Tag.Mapped': contactTagMapped,
  'Contact.Tag.Unmapped': contactTagUnmapped,
  'Conversation.Create': conversationCreate,
  'Conversation.Update': conversationUpdate,
  'Conversation.Resolve': conversationResolve,
  'Conversation.Followup': conversationFollowup,
  'Conversation.UnAttended': conversationUnAttended,
  'Conversation.Tag.Mapped': conversationTagMapped,
  'Conversation.Tag.Unmapped': conversationTagUnmapped,
  'Message.Received': messageReceived,
  'Message.Send': messageSend,
  'Message.Flow.Received': messageFlowReceived,
  'Message.WA.Cart.Received': messageWaCartReceived,
  'Message.WA.Status.Received': messageWaStatusReceived,
  'Message.WA.Status.Failed': messageWaStatusFailed,
  'Message.WA.Payment.Status.Received': messageWaPaymentStatusReceived,
  'Message.WA.Interaction.Received': messageWaInteractionReceived,
  'Template.Status': templateStatus,
} satisfies { readonly [T in EventType]?: () => EventMap[T] }

/** The wire name of an event that has a sample: one of the 20 whose payload is known. */
export type SampledEventType = keyof typeof samples

/** The wire or help-page name of an event that has a sample. */
export type SampledEventName = {
  [N in EventName]: CanonicalName<N> extends SampledEventType ? N : never
}[EventName]

/** The wire names of the 20 events that have a sample. */
export const sampledEventTypes: readonly SampledEventType[] = /* @__PURE__ */ Object.keys(samples) as SampledEventType[]

/**
 * Returns a realistic payload of an event: a new object with the same content at each call.
 *
 * @param type - The event's wire or help-page name.
 * @throws TypeError for an event without a sample. The payloads of six events were never published.
 * @example
 * ```ts
 * import { samplePayload } from 'gallabox-webhooks/testing'
 *
 * const { whatsapp } = samplePayload('Message.received')
 * const text = whatsapp?.text?.body
 * ```
 */
export function samplePayload<N extends SampledEventName>(type: N): EventMap[CanonicalName<N>] {
  const wireName = canonicalEventName(String(type))
  if (wireName === undefined || !isSampled(wireName)) {
    const unsampled = eventTypes.filter((name) => !isSampled(name)).join(', ')
    const hint = wireName === undefined ? didYouMean(String(type), sampledEventTypes) : ''
    throw new TypeError(
      `samplePayload: no sample for ${JSON.stringify(type)}.${hint || ` Events without one: ${unsampled}.`}`,
    )
  }
  return samples[wireName]() as EventMap[CanonicalName<N>]
}

function isSampled(type: EventType): type is SampledEventType {
  return Object.hasOwn(samples, type)
}
