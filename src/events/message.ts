// The bodies of the eight Message events.
import type { OpenString } from './shared.js'
import type { WhatsApp, WhatsAppError, WhatsAppOrder } from './whatsapp.js'

/** A message, wherever one stands in a body. */
export interface MessageBody {
  /** Gallabox's message id, not WhatsApp's. */
  readonly id?: string | null | undefined
  readonly conversationId?: string | null | undefined
  readonly accountId?: string | null | undefined
  readonly channelId?: string | null | undefined
  readonly contactId?: string | null | undefined
  /** An id, never a phone: the contact's on incoming messages, a user's or bot's on outgoing ones. */
  readonly sender?: string | null | undefined
  readonly senderType?: OpenString<'contact'> | null | undefined
  readonly channelType?: OpenString<'whatsapp'> | null | undefined
  /** The business's own number. */
  readonly channelNumber?: string | null | undefined
  /** UUID, or what the caller of Gallabox's REST API gave. */
  readonly localMessageId?: string | null | undefined
  /** Absent on channels other than WhatsApp. */
  readonly whatsapp?: WhatsApp | null | undefined
  readonly contact?: MessageContact | null | undefined
  readonly context?: MessageContext | null | undefined
}

/** Body of Message.Received: a customer wrote. */
export interface MessageReceived extends MessageBody {
  /** Gallabox's message id, not WhatsApp's. */
  readonly id: string
  readonly conversationId: string
  readonly accountId: string
  readonly channelId: string
  readonly contactId: string
  /** An id, never a phone: the contact's on incoming messages, a user's or bot's on outgoing ones. */
  readonly sender: string
}

/** Body of Message.Send: the account itself wrote, through a user, a bot or the API. */
export interface MessageSend extends MessageReceived {}

/** Body of Message.WA.Cart.Received: a customer sent a cart. */
export interface MessageWaCartReceived extends MessageReceived {
  readonly whatsapp: WhatsAppWithOrder
}

/** A message on WhatsApp that is a cart. */
export interface WhatsAppWithOrder extends WhatsApp {
  readonly order: WhatsAppOrder
}

/** Body of Message.Flow.Received: a customer answered a WhatsApp Flow. It has no message id. */
export interface MessageFlowReceived {
  readonly flowResponse: FlowResponse
}

/** The answers to a Flow, and whose they are. */
export interface FlowResponse {
  readonly accountId: string
  readonly channelId: string
  readonly contactId: string
  readonly conversationId: string
  /** The answers by the names that the Flow's author gave them, and `flow_token`, a string. */
  readonly flowData: Readonly<Record<string, unknown>>
  readonly channelType?: OpenString<'whatsapp'> | null | undefined
  /** The same as on the Message.Received that carries the same answers. */
  readonly localMessageId?: string | null | undefined
  /** An id, never a phone. */
  readonly sender?: string | null | undefined
  readonly contactName?: string | null | undefined
}

/** Body of Message.WA.Status.Received: a message that was sent has a new status. It names no account, channel or contact. */
export interface MessageWaStatusReceived {
  /** Gallabox's message id, not WhatsApp's. */
  readonly id: string
  readonly status: OpenString<'sent' | 'delivered' | 'read' | 'failed'>
  /** Seconds since the epoch, as a string. */
  readonly timestamp: string
  /** The customer's phone, digits without "+". */
  readonly recipient_id: string
  /** Empty when all is well. */
  readonly errors?: readonly WhatsAppError[] | null | undefined
  readonly message?: StatusMessage | null | undefined
  readonly localMessageId?: string | null | undefined
  /** Never here: its presence would say that the body is a payment's. */
  readonly payment?: never
}

/** Body of Message.WA.Status.Failed: a message could not be sent; `errors` says why. */
export interface MessageWaStatusFailed extends MessageWaStatusReceived {
  readonly status: 'failed'
}

/** Body of Message.WA.Interaction.Received: a customer reacted to a message. It has no status. */
export interface MessageWaInteractionReceived {
  /** Gallabox's id of the message reacted to. */
  readonly id: string
  /** Seconds since the epoch, as a string. */
  readonly timestamp: string
  /** The customer's phone, digits without "+". */
  readonly recipient_id: string
  readonly interaction: OpenString<'reaction'>
  readonly reaction?: Reaction | null | undefined
  readonly message?: StatusMessage | null | undefined
  readonly localMessageId?: string | null | undefined
}

/** Body of Message.WA.Payment.Status.Received: a payment on WhatsApp has a new status. It names no account. */
export interface MessageWaPaymentStatusReceived {
  /** WhatsApp's message id (`wamid.…`), not Gallabox's, unlike on the other statuses. */
  readonly id: string
  readonly status: OpenString<'captured' | 'pending' | 'failed'>
  /** Seconds since the epoch, as a string. */
  readonly timestamp: string
  /** The customer's phone, digits without "+". */
  readonly recipient_id: string
  readonly payment: Payment
  readonly type?: OpenString<'payment'> | null | undefined
  readonly orderType?: OpenString<'payments'> | null | undefined
}

/** A payment. */
export interface Payment {
  /** The reference that the request for payment was made with. */
  readonly reference_id: string
  /** ISO 4217, such as `"INR"`. */
  readonly currency?: string | null | undefined
  /** A list was seen; one object is possible. */
  readonly transaction?: readonly PaymentTransaction[] | PaymentTransaction | null | undefined
  readonly amount?: PaymentAmount | null | undefined
}

/** One attempt at a payment. */
export interface PaymentTransaction {
  readonly id?: string | null | undefined
  readonly type?: OpenString<'upi'> | null | undefined
  readonly status?: OpenString<'success' | 'pending' | 'failed'> | null | undefined
  /** Seconds since the epoch: a number here, while the body's `timestamp` is a string. */
  readonly created_timestamp?: number | null | undefined
  /** Seconds since the epoch: a number here, while the body's `timestamp` is a string. */
  readonly updated_timestamp?: number | null | undefined
}

/** An amount of money: `value` divided by `offset`, so 8000 and 100 for 80 rupees. */
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

/** How an outgoing message came about. */
export interface MessageContext {
  readonly type?: string | null | undefined
  /** Only an empty list was ever seen. */
  readonly buttonClick?: readonly unknown[] | null | undefined
  readonly medium?: string | null | undefined
  readonly source?: string | null | undefined
}

/** The message that a status or a reaction is about. */
export interface StatusMessage {
  /** The customer's phone, digits without "+". */
  readonly recipient_id?: string | null | undefined
}

/** An emoji put on a message; none when it was taken off again. */
export interface Reaction {
  readonly emoji?: string | null | undefined
}
