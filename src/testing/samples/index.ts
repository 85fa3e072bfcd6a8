// Realistic bodies for the tests of a receiver: one for each event whose body is known.
// It must not know signatures or headers.
import type { EventMap, EventType } from '../../events/event-map.js'
import { type CanonicalName, canonicalEventName, type EventName, eventTypes } from '../../events/names.js'
import { contactCreated } from './contact-created.js'
import { contactTagMapped } from './contact-tag-mapped.js'
import { contactTagUnmapped } from './contact-tag-unmapped.js'
import { contactUpdated } from './contact-updated.js'
import { conversationCreate } from './conversation-create.js'
import { conversationFollowup } from './conversation-followup.js'
import { conversationResolve } from './conversation-resolve.js'
import { conversationTagMapped } from './conversation-tag-mapped.js'
import { conversationTagUnmapped } from './conversation-tag-unmapped.js'
import { conversationUnAttended } from './conversation-un-attended.js'
import { conversationUpdate } from './conversation-update.js'
import { messageFlowReceived } from './message-flow-received.js'
import { messageReceived } from './message-received.js'
import { messageSend } from './message-send.js'
import { messageWaCartReceived } from './message-wa-cart-received.js'
import { messageWaInteractionReceived } from './message-wa-interaction-received.js'
import { messageWaPaymentStatusReceived } from './message-wa-payment-status-received.js'
import { messageWaStatusFailed } from './message-wa-status-failed.js'
import { messageWaStatusReceived } from './message-wa-status-received.js'
import { templateStatus } from './template-status.js'

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

/** The wire name of an event that has a sample: one of the 20 whose body is known. */
export type SampledEventType = keyof typeof samples

/** The name, in either spelling, of an event that has a sample. */
export type SampledEventName = {
  [N in EventName]: CanonicalName<N> extends SampledEventType ? N : never
}[EventName]

/** The wire names of the 20 events that have a sample. */
export const sampledEventTypes: readonly SampledEventType[] = /* @__PURE__ */ Object.keys(samples) as SampledEventType[]

/**
 * Makes a body such as Gallabox would send for an event: fresh at each call, realistic, the same every time.
 *
 * @param type - The event's name in either spelling.
 * @throws TypeError for an event that has no sample, because nobody has published its body.
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
    const bodiless = eventTypes.filter((name) => !isSampled(name)).join(', ')
    throw new TypeError(`samplePayload: ${JSON.stringify(type)} has no sample. No body is known of ${bodiless}.`)
  }
  return samples[wireName]() as EventMap[CanonicalName<N>]
}

function isSampled(type: EventType): type is SampledEventType {
  return Object.hasOwn(samples, type)
}
