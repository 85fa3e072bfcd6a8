import type { OpenString } from './shared.js'
import type { WhatsApp, WhatsAppError, WhatsAppOrder } from './whatsapp.js'

/** A message, as payloads contain it. */
export interface MessageBody {
  /** Gallabox's message id, not WhatsApp's. */
  readonly id?: string | null | undefined
  readonly conversationId?: string | null | undefined
  readonly accountId?: string | null | undefined
  readonly channelId?: string | null | undefined
  readonly contactId?: string | null | undefined
  /**
   * An id, never a phone number: the contact's on incoming messages, a user's or bot's on outgoing ones. On outgoing
   * messages it can also be `"system"` or empty.
   */
  readonly sender?: string | null | undefined
  readonly senderType?: OpenString<'contact'> | null | undefined
  /** `private` is a note between agents, which the customer never sees. */
  readonly channelType?: OpenString<'whatsapp' | 'private' | 'web' | 'instagram' | 'telegram'> | null | undefined
  /** The business's phone number. */
  readonly channelNumber?: string | null | undefined
  /** A UUID, or the value passed to Gallabox's REST API. */
  readonly localMessageId?: string | null | undefined
  /** Absent on channels other than WhatsApp. */
  readonly whatsapp?: WhatsApp | null | undefined
  /** A note between agents. The customer never sees it. */
  readonly private?: PrivateNote | null | undefined
  /** Id of the user who wrote a private note, or who sent the message. */
  readonly userId?: string | null | undefined
  readonly contact?: MessageContact | null | undefined
  readonly context?: MessageContext | null | undefined
}

/** Payload of `Message.Send`. `sender` can be missing, empty or `"system"`. */
export interface MessageSend extends MessageBody {
  /** Gallabox's message id, not WhatsApp's. */
  readonly id: string
  readonly conversationId: string
  readonly accountId: string
  readonly channelId: string
  readonly contactId: string
  /** Id of the bot that sent the message. */
  readonly botId?: string | null | undefined
}

/** Payload of `Message.Received`. */
export interface MessageReceived extends MessageSend {
  /** An id, never a phone number: the contact's on incoming messages, a user's or bot's on outgoing ones. */
  readonly sender: string
}

/** Payload of `Message.WA.Cart.Received`. The cart is in `whatsapp.order`. */
export interface MessageWaCartReceived extends MessageReceived {
  readonly whatsapp: WhatsAppWithOrder
}

/** A WhatsApp message with a cart. */
export interface WhatsAppWithOrder extends WhatsApp {
  readonly order: WhatsAppOrder
}

/**
 * Payload of `Message.Flow.Received`. It has no message id. The same answers also arrive as `Message.Received`, with the
 * same `localMessageId`.
 */
export interface MessageFlowReceived {
  readonly flowResponse: FlowResponse
}

/** The answers to a Flow, and who sent them. */
export interface FlowResponse {
  readonly accountId: string
  readonly channelId: string
  readonly contactId: string
  readonly conversationId: string
  /** The answers, by the names that the Flow's author gave them, and the string `flow_token`. */
  readonly flowData: Readonly<Record<string, unknown>>
  readonly channelType?: OpenString<'whatsapp'> | null | undefined
  /** Equals the `localMessageId` of the Message.Received that carries the same answers. */
  readonly localMessageId?: string | null | undefined
  /** An id, never a phone number. */
  readonly sender?: string | null | undefined
  readonly contactName?: string | null | undefined
}

/** Payload of `Message.WA.Status.Received`. It has no account, channel or contact id. */
export interface MessageWaStatusReceived {
  /** Gallabox's message id, not WhatsApp's. */
  readonly id: string
  readonly status: OpenString<'sent' | 'delivered' | 'read' | 'failed'>
  /** Seconds since the Unix epoch, as a string. */
  readonly timestamp: string
  /** The customer's phone number, digits without "+". */
  readonly recipient_id: string
  /** Empty unless the message failed. */
  readonly errors?: readonly WhatsAppError[] | null | undefined
  readonly message?: StatusMessage | null | undefined
  readonly localMessageId?: string | null | undefined
  /** Must be absent: only payment statuses have it. */
  readonly payment?: never
}

/** Payload of `Message.WA.Status.Failed`. The reason is in `errors`. */
export interface MessageWaStatusFailed extends MessageWaStatusReceived {
  readonly status: 'failed'
}

/** Payload of `Message.WA.Interaction.Received`. It has no status. Without an emoji, the reaction was removed. */
export interface MessageWaInteractionReceived {
  /** Gallabox's id of the message reacted to. */
  readonly id: string
  /** Seconds since the Unix epoch, as a string. */
  readonly timestamp: string
  /** The customer's phone number, digits without "+". */
  readonly recipient_id: string
  readonly interaction: OpenString<'reaction'>
  readonly reaction?: Reaction | null | undefined
  readonly message?: StatusMessage | null | undefined
  readonly localMessageId?: string | null | undefined
}

/** Payload of `Message.WA.Payment.Status.Received`. It has no account id. */
export interface MessageWaPaymentStatusReceived {
  /** WhatsApp's message id (`wamid.…`). Other statuses have Gallabox's. */
  readonly id: string
  readonly status: OpenString<'captured' | 'pending' | 'failed'>
  /** Seconds since the Unix epoch, as a string. */
  readonly timestamp: string
  /** The customer's phone number, digits without "+". */
  readonly recipient_id: string
  readonly payment: Payment
  readonly type?: OpenString<'payment'> | null | undefined
  readonly orderType?: OpenString<'payments'> | null | undefined
}

/** A payment. */
export interface Payment {
  /** The reference of the payment request. */
  readonly reference_id: string
  /** ISO 4217, such as `"INR"`. */
  readonly currency?: string | null | undefined
  /** A list in the known payloads. WhatsApp can also send a single object. */
  readonly transaction?: readonly PaymentTransaction[] | PaymentTransaction | null | undefined
  readonly amount?: PaymentAmount | null | undefined
}

/** One attempt at a payment. */
export interface PaymentTransaction {
  readonly id?: string | null | undefined
  readonly type?: OpenString<'upi'> | null | undefined
  readonly status?: OpenString<'success' | 'pending' | 'failed'> | null | undefined
  /** Seconds since the Unix epoch, as a number. The payload's `timestamp` is a string. */
  readonly created_timestamp?: number | null | undefined
  /** Seconds since the Unix epoch, as a number. The payload's `timestamp` is a string. */
  readonly updated_timestamp?: number | null | undefined
}

/** An amount of money: `value` divided by `offset`. 8000 and 100 are 80 rupees. */
export interface PaymentAmount {
  readonly value?: number | null | undefined
  readonly offset?: number | null | undefined
}

/** The contact of a message. */
export interface MessageContact {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
  /** Digits without "+". */
  readonly phone?: readonly string[] | null | undefined
  /** Business-scoped user id. */
  readonly bsuId?: string | null | undefined
}

/** A note between agents. */
export interface PrivateNote {
  readonly type?: OpenString<'text'> | null | undefined
  readonly text?: PrivateNoteText | null | undefined
  /** Ids of the users whom the note mentions. */
  readonly mentions?: readonly string[] | null | undefined
}

/** The text of a note between agents. */
export interface PrivateNoteText {
  readonly body?: string | null | undefined
}

/** The origin of an outgoing message. */
export interface MessageContext {
  readonly type?: OpenString<'default' | 'notification'> | null | undefined
  /** Always empty in the known payloads. */
  readonly buttonClick?: readonly unknown[] | null | undefined
  readonly medium?: OpenString<'api'> | null | undefined
  readonly source?: OpenString<'gb-web-app'> | null | undefined
}

/** The message that a status or a reaction refers to. */
export interface StatusMessage {
  /** The customer's phone number, digits without "+". */
  readonly recipient_id?: string | null | undefined
}

/** An emoji reaction. It has no emoji if the reaction was removed. */
export interface Reaction {
  readonly emoji?: string | null | undefined
}
