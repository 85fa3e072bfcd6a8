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
  messageStatuses,
  messageWaInteractionReceived,
  messageWaPaymentStatusReceived,
  messageWaStatusFailed,
} from './message-events.js'
import { messageWaCartReceived, receivedMessages } from './received-messages.js'
import { sentMessages } from './sent-messages.js'
import { templateStatus } from './template.js'

/** The samples of each event, by variant. The first is the default. */
const samples = {
  'Contact.Created': { default: contactCreated },
  'Contact.Updated': { default: contactUpdated },
  'Contact.Tag.Mapped': { default: contactTagMapped },
  'Contact.Tag.Unmapped': { default: contactTagUnmapped },
  'Conversation.Create': { default: conversationCreate },
  'Conversation.Update': { default: conversationUpdate },
  'Conversation.Resolve': { default: conversationResolve },
  'Conversation.Followup': { default: conversationFollowup },
  'Conversation.UnAttended': { default: conversationUnAttended },
  'Conversation.Tag.Mapped': { default: conversationTagMapped },
  'Conversation.Tag.Unmapped': { default: conversationTagUnmapped },
  'Message.Received': receivedMessages,
  'Message.Send': sentMessages,
  'Message.Flow.Received': { default: messageFlowReceived },
  'Message.WA.Cart.Received': { default: messageWaCartReceived },
  'Message.WA.Status.Received': messageStatuses,
  'Message.WA.Status.Failed': { default: messageWaStatusFailed },
  'Message.WA.Payment.Status.Received': { default: messageWaPaymentStatusReceived },
  'Message.WA.Interaction.Received': { default: messageWaInteractionReceived },
  'Template.Status': { default: templateStatus },
} satisfies { readonly [T in EventType]?: Readonly<Record<string, () => EventMap[T]>> }

/** The wire name of an event that has a sample: one of the 20 whose payload is known. */
export type SampledEventType = keyof typeof samples

/** The wire or help-page name of an event that has a sample. */
export type SampledEventName = {
  [N in EventName]: CanonicalName<N> extends SampledEventType ? N : never
}[EventName]

/** The wire names of the 20 events that have a sample. */
export const sampledEventTypes: readonly SampledEventType[] = /* @__PURE__ */ Object.keys(samples) as SampledEventType[]

/** The variants of an event's sample. */
export type SampleVariant<N extends SampledEventName> = keyof (typeof samples)[CanonicalName<N> & SampledEventType] &
  string

/**
 * Returns a realistic payload of an event: a new object with the same content at each call. All samples belong to one
 * conversation of one customer.
 *
 * @param type - The event's wire or help-page name.
 * @param variant - Which sample, such as `image` for `Message.Received`. {@link sampleVariants} lists them. Default: the
 * first.
 * @throws TypeError for an event without a sample, or an unknown variant. The payloads of six events were never published.
 * @example
 * ```ts
 * import { samplePayload } from 'gallabox-webhooks/testing'
 *
 * const { whatsapp } = samplePayload('Message.Received')
 * const text = whatsapp?.text?.body
 * const photo = samplePayload('Message.Received', 'image')
 * ```
 */
export function samplePayload<N extends SampledEventName>(
  type: N,
  variant?: SampleVariant<N>,
): EventMap[CanonicalName<N>] {
  const variants = findVariants('samplePayload', type)
  const name = variant ?? (Object.keys(variants)[0] as string)
  const create = Object.hasOwn(variants, name) ? variants[name] : undefined
  if (!create) {
    const all = Object.keys(variants)
    const hint = didYouMean(String(name), all) || ` Variants: ${all.join(', ')}.`
    throw new TypeError(`samplePayload: ${type} has no variant ${JSON.stringify(name)}.${hint}`)
  }
  return create() as EventMap[CanonicalName<N>]
}

/**
 * Lists the variants of an event's sample, the default first. `Message.Received` has one per kind of content. An event
 * with a single sample has the variant `default`.
 *
 * @param type - The event's wire or help-page name.
 * @throws TypeError for an event without a sample.
 * @example
 * ```ts
 * import { samplePayload, sampleVariants } from 'gallabox-webhooks/testing'
 *
 * for (const variant of sampleVariants('Message.Received')) {
 *   console.log(variant, samplePayload('Message.Received', variant).whatsapp?.type)
 * }
 * ```
 */
export function sampleVariants<N extends SampledEventName>(type: N): readonly SampleVariant<N>[] {
  return Object.keys(findVariants('sampleVariants', type)) as SampleVariant<N>[]
}

function findVariants(caller: string, type: string): Readonly<Record<string, () => object>> {
  const wireName = canonicalEventName(String(type))
  if (wireName !== undefined && isSampled(wireName)) return samples[wireName]
  const unsampled = eventTypes.filter((name) => !isSampled(name)).join(', ')
  const hint = wireName === undefined ? didYouMean(String(type), sampledEventTypes) : ''
  throw new TypeError(
    `${caller}: no sample for ${JSON.stringify(type)}.${hint || ` Events without one: ${unsampled}.`}`,
  )
}

function isSampled(type: EventType): type is SampledEventType {
  return Object.hasOwn(samples, type)
}
