// Which event has which body.
import type {
  BroadcastWaMessageEngagedReceived,
  BroadcastWaMessageStatusFailed,
  BroadcastWaMessageStatusReceived,
} from './broadcast.js'
import type { ContactCreated, ContactTagMapped, ContactTagUnmapped, ContactUpdated } from './contact.js'
import type {
  ConversationAiAnalyse,
  ConversationCreate,
  ConversationFollowup,
  ConversationHandoverAgentFallback,
  ConversationInactiveAgentFallback,
  ConversationResolve,
  ConversationTagMapped,
  ConversationTagUnmapped,
  ConversationUnAttended,
  ConversationUpdate,
} from './conversation.js'
import type {
  MessageFlowReceived,
  MessageReceived,
  MessageSend,
  MessageWaCartReceived,
  MessageWaInteractionReceived,
  MessageWaPaymentStatusReceived,
  MessageWaStatusFailed,
  MessageWaStatusReceived,
} from './message.js'
import type { TemplateStatus } from './template.js'

/** The body of each event, by its wire name. */
export interface EventMap {
  'Contact.Created': ContactCreated
  'Contact.Updated': ContactUpdated
  'Contact.Tag.Mapped': ContactTagMapped
  'Contact.Tag.Unmapped': ContactTagUnmapped
  'Conversation.Create': ConversationCreate
  'Conversation.Update': ConversationUpdate
  'Conversation.Resolve': ConversationResolve
  'Conversation.Followup': ConversationFollowup
  'Conversation.UnAttended': ConversationUnAttended
  'Conversation.Tag.Mapped': ConversationTagMapped
  'Conversation.Tag.Unmapped': ConversationTagUnmapped
  'Conversation.HandoverAgentFallback': ConversationHandoverAgentFallback
  'Conversation.InactiveAgentFallback': ConversationInactiveAgentFallback
  'Conversation.AI.Analyse': ConversationAiAnalyse
  'Message.Received': MessageReceived
  'Message.Send': MessageSend
  'Message.Flow.Received': MessageFlowReceived
  'Message.WA.Cart.Received': MessageWaCartReceived
  'Message.WA.Status.Received': MessageWaStatusReceived
  'Message.WA.Status.Failed': MessageWaStatusFailed
  'Message.WA.Payment.Status.Received': MessageWaPaymentStatusReceived
  'Message.WA.Interaction.Received': MessageWaInteractionReceived
  'Template.Status': TemplateStatus
  'Broadcast.WA.Message.Status.Received': BroadcastWaMessageStatusReceived
  'Broadcast.WA.Message.Status.Failed': BroadcastWaMessageStatusFailed
  'Broadcast.WA.Message.Engaged.Received': BroadcastWaMessageEngagedReceived
}

/** An event's name on the wire. */
export type EventType = keyof EventMap
