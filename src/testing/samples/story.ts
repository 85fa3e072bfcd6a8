import type { EventMap, EventType } from '../../events/event-map.js'
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
import { messageReceived, messageWaCartReceived, receivedMessages, thanks } from './received-messages.js'
import { automaticReply, receiptMessage, sentMessages } from './sent-messages.js'

/** One delivery of the story. */
export type StoryEvent = { readonly [T in EventType]: { readonly type: T; readonly data: EventMap[T] } }[EventType]

/** Returns the whole conversation of the samples, in order. Times never decrease, and each message is sent once. */
export function createStory(): readonly StoryEvent[] {
  return [
    { type: 'Contact.Created', data: contactCreated() },
    { type: 'Conversation.Create', data: conversationCreate() },
    { type: 'Message.Received', data: messageReceived() },
    { type: 'Message.Send', data: automaticReply() },
    { type: 'Conversation.UnAttended', data: conversationUnAttended() },
    { type: 'Message.Send', data: sentMessages.note() },
    { type: 'Conversation.Update', data: conversationUpdate() },
    { type: 'Message.Send', data: sentMessages.text() },
    { type: 'Message.Send', data: sentMessages.template() },
    { type: 'Message.WA.Status.Received', data: messageStatuses.sent() },
    { type: 'Message.WA.Status.Received', data: messageStatuses.delivered() },
    { type: 'Message.WA.Status.Received', data: messageStatuses.read() },
    { type: 'Message.WA.Interaction.Received', data: messageWaInteractionReceived() },
    { type: 'Message.Received', data: receivedMessages.flow() },
    { type: 'Message.Flow.Received', data: messageFlowReceived() },
    { type: 'Contact.Updated', data: contactUpdated() },
    { type: 'Message.WA.Cart.Received', data: messageWaCartReceived() },
    { type: 'Contact.Tag.Mapped', data: contactTagMapped() },
    { type: 'Conversation.Tag.Mapped', data: conversationTagMapped() },
    { type: 'Message.WA.Payment.Status.Received', data: messageWaPaymentStatusReceived() },
    { type: 'Message.Send', data: receiptMessage() },
    { type: 'Message.WA.Status.Failed', data: messageWaStatusFailed() },
    { type: 'Message.Received', data: thanks() },
    { type: 'Conversation.Followup', data: conversationFollowup() },
    { type: 'Contact.Tag.Unmapped', data: contactTagUnmapped() },
    { type: 'Conversation.Tag.Unmapped', data: conversationTagUnmapped() },
    { type: 'Conversation.Resolve', data: conversationResolve() },
  ]
}
