// The names of the events: what each means, its payload, and its name on the help page. Types only.
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

/** The payload of each event, by wire name. */
export interface EventMap {
  /** A contact was created. */
  'Contact.Created': ContactCreated
  /** A contact was changed. */
  'Contact.Updated': ContactUpdated
  /** A tag was added to a contact. */
  'Contact.Tag.Mapped': ContactTagMapped
  /** A tag was removed from a contact. */
  'Contact.Tag.Unmapped': ContactTagUnmapped
  /** A conversation was opened. */
  'Conversation.Create': ConversationCreate
  /** A conversation was changed. */
  'Conversation.Update': ConversationUpdate
  /** A conversation was closed. */
  'Conversation.Resolve': ConversationResolve
  /** A follow-up was set for a conversation. */
  'Conversation.Followup': ConversationFollowup
  /** A conversation was left unattended, and an automatic reply was sent. */
  'Conversation.UnAttended': ConversationUnAttended
  /** A tag was added to a conversation. */
  'Conversation.Tag.Mapped': ConversationTagMapped
  /** A tag was removed from a conversation. */
  'Conversation.Tag.Unmapped': ConversationTagUnmapped
  /** Not documented by Gallabox. The payload can be any JSON object. */
  'Conversation.HandoverAgentFallback': ConversationHandoverAgentFallback
  /** Not documented by Gallabox. The payload can be any JSON object. */
  'Conversation.InactiveAgentFallback': ConversationInactiveAgentFallback
  /** Not documented by Gallabox. The payload can be any JSON object. */
  'Conversation.AI.Analyse': ConversationAiAnalyse
  /** A customer sent a message. */
  'Message.Received': MessageReceived
  /** The account sent a message, through a user, a bot or the API. */
  'Message.Send': MessageSend
  /** A customer answered a WhatsApp Flow. */
  'Message.Flow.Received': MessageFlowReceived
  /** A customer sent a cart. */
  'Message.WA.Cart.Received': MessageWaCartReceived
  /** A sent message has a new status: sent, delivered, read or failed. */
  'Message.WA.Status.Received': MessageWaStatusReceived
  /** A message could not be delivered. */
  'Message.WA.Status.Failed': MessageWaStatusFailed
  /** The status of a WhatsApp payment changed. */
  'Message.WA.Payment.Status.Received': MessageWaPaymentStatusReceived
  /** A customer reacted to a message, or interacted with it in another way. */
  'Message.WA.Interaction.Received': MessageWaInteractionReceived
  /** The review status of a message template changed. */
  'Template.Status': TemplateStatus
  /** Not documented by Gallabox. The payload can be any JSON object. */
  'Broadcast.WA.Message.Status.Received': BroadcastWaMessageStatusReceived
  /** Not documented by Gallabox. The payload can be any JSON object. */
  'Broadcast.WA.Message.Status.Failed': BroadcastWaMessageStatusFailed
  /** Not documented by Gallabox. The payload can be any JSON object. */
  'Broadcast.WA.Message.Engaged.Received': BroadcastWaMessageEngagedReceived
}

/** Wire names of the events: the values of the header `x-event-name`. */
export type EventType = keyof EventMap

/** The names on Gallabox's help page, and the wire name of each. */
export interface HelpPageNames {
  /** Help-page name of `Contact.Created`: a contact was created. */
  'Contact.created': 'Contact.Created'
  /** Help-page name of `Contact.Updated`: a contact was changed. */
  'Contact.updated': 'Contact.Updated'
  /** Help-page name of `Contact.Tag.Mapped`: a tag was added to a contact. */
  'Contact.mapped': 'Contact.Tag.Mapped'
  /** Help-page name of `Contact.Tag.Unmapped`: a tag was removed from a contact. */
  'Contact.unmapped': 'Contact.Tag.Unmapped'
  /** Help-page name of `Conversation.Create`: a conversation was opened. */
  'Conversation.created': 'Conversation.Create'
  /** Help-page name of `Conversation.Update`: a conversation was changed. */
  'Conversation.updated': 'Conversation.Update'
  /** Help-page name of `Conversation.UnAttended`: a conversation was left unattended, and an automatic reply was sent. */
  'Conversation.UnAttended': 'Conversation.UnAttended'
  /** Help-page name of `Conversation.Tag.Mapped`: a tag was added to a conversation. */
  'Conversation.Tag.mapped': 'Conversation.Tag.Mapped'
  /** Help-page name of `Conversation.Tag.Unmapped`: a tag was removed from a conversation. */
  'Conversation.Tag.unmapped': 'Conversation.Tag.Unmapped'
  /** Help-page name of `Message.Received`: a customer sent a message. */
  'Message.received': 'Message.Received'
  /** Help-page name of `Message.Flow.Received`: a customer answered a WhatsApp Flow. */
  'Message.flow.received': 'Message.Flow.Received'
  /** Help-page name of `Message.WA.Cart.Received`: a customer sent a cart. */
  'Message.WA.Cart.received': 'Message.WA.Cart.Received'
  /** Help-page name of `Message.WA.Status.Received`: a sent message has a new status: sent, delivered, read or failed. */
  'Message.WA.status.received': 'Message.WA.Status.Received'
  /** Help-page name of `Message.WA.Status.Failed`: a message could not be delivered. */
  'Message.WA.status.failed': 'Message.WA.Status.Failed'
  /** Help-page name of `Message.WA.Payment.Status.Received`: the status of a WhatsApp payment changed. */
  'Message.WA.Payment.status.received': 'Message.WA.Payment.Status.Received'
  /** Help-page name of `Template.Status`: the review status of a message template changed. */
  'Template.status': 'Template.Status'
}

/** Names of events on Gallabox's help page. */
export type HelpPageName = keyof HelpPageNames
