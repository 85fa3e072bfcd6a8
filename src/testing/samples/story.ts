import type { EventMap, EventType } from '../../events/event-map.js'
import { type SampledEventType, type SampleVariant, samplePayload } from './index.js'
import { thanks } from './received-messages.js'
import { automaticReply, receiptMessage } from './sent-messages.js'

/** One delivery of the story. */
export type StoryEvent = { readonly [T in EventType]: { readonly type: T; readonly data: EventMap[T] } }[EventType]

/** Returns the whole conversation of the samples, in order. Times never decrease, and each message is sent once. */
export function createStory(): readonly StoryEvent[] {
  return [
    sample('Contact.Created'),
    sample('Conversation.Create'),
    sample('Message.Received', 'text'),
    { type: 'Message.Send', data: automaticReply() },
    sample('Conversation.UnAttended'),
    sample('Message.Send', 'note'),
    sample('Conversation.Update'),
    sample('Message.Send', 'text'),
    sample('Message.Send', 'template'),
    sample('Message.WA.Status.Received', 'sent'),
    sample('Message.WA.Status.Received', 'delivered'),
    sample('Message.WA.Status.Received', 'read'),
    sample('Message.WA.Interaction.Received'),
    sample('Message.Received', 'flow'),
    sample('Message.Flow.Received'),
    sample('Contact.Updated'),
    sample('Message.WA.Cart.Received'),
    sample('Contact.Tag.Mapped'),
    sample('Conversation.Tag.Mapped'),
    sample('Message.WA.Payment.Status.Received'),
    { type: 'Message.Send', data: receiptMessage() },
    sample('Message.WA.Status.Failed'),
    { type: 'Message.Received', data: thanks() },
    sample('Conversation.Followup'),
    sample('Contact.Tag.Unmapped'),
    sample('Conversation.Tag.Unmapped'),
    sample('Conversation.Resolve'),
  ]
}

function sample<T extends SampledEventType>(type: T, variant?: SampleVariant<T>): StoryEvent {
  return { type, data: samplePayload(type, variant) } as unknown as StoryEvent
}
