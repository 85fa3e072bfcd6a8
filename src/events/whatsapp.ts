// The `whatsapp` object of a message: one flat interface, because `type` is open and would narrow nothing.
import type { OpenString } from './shared.js'

/**
 * A message on WhatsApp. Which of the content members is set depends on `type`: `messageContent()` tells.
 *
 * Gallabox published bodies with texts, Flow answers, carts and templates. All other content is as production receivers
 * read it, mostly in the spelling of WhatsApp's Cloud API; each such interface says so.
 */
export interface WhatsApp {
  /** WhatsApp's own id (`wamid.…`). It can come late on outgoing messages. */
  readonly id?: string | null | undefined
  /** The customer's phone, digits without "+". Absent on outgoing messages, and for contacts known only by user name. */
  readonly from?: string | null | undefined
  /** The customer's phone, digits without "+", on outgoing messages only. */
  readonly to?: string | null | undefined
  /** Business-scoped user id of the customer. */
  readonly fromBSUID?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly time?: string | null | undefined
  readonly status?:
    | OpenString<'unknown' | 'sent' | 'received' | 'delivered' | 'read' | 'failed' | 'deleted' | 'error'>
    | null
    | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly statusTime?: string | null | undefined
  readonly statusGroup?: string | null | undefined
  readonly type?:
    | OpenString<
        | 'text'
        | 'interactive'
        | 'order'
        | 'template'
        | 'image'
        | 'video'
        | 'audio'
        | 'voice'
        | 'document'
        | 'sticker'
        | 'location'
        | 'contacts'
        | 'button'
      >
    | null
    | undefined
  readonly text?: WhatsAppText | null | undefined
  readonly interactive?: WhatsAppInteractive | null | undefined
  readonly button?: WhatsAppButton | null | undefined
  readonly order?: WhatsAppOrder | null | undefined
  readonly image?: WhatsAppMedia | null | undefined
  readonly video?: WhatsAppMedia | null | undefined
  readonly audio?: WhatsAppMedia | null | undefined
  readonly voice?: WhatsAppMedia | null | undefined
  readonly document?: WhatsAppMedia | null | undefined
  readonly sticker?: WhatsAppMedia | null | undefined
  readonly location?: WhatsAppLocation | null | undefined
  /** Shared contact cards, in the shape of WhatsApp's Cloud API. Gallabox published no body with one. */
  readonly contacts?: readonly unknown[] | null | undefined
  readonly template?: WhatsAppTemplate | null | undefined
  readonly context?: WhatsAppContext | null | undefined
  readonly referral?: WhatsAppReferral | null | undefined
  readonly errors?: readonly WhatsAppError[] | null | undefined
  readonly statusLog?: readonly WhatsAppStatusLogEntry[] | null | undefined
  readonly retryable?: boolean | null | undefined
  readonly conversation?: WhatsAppConversation | null | undefined
  readonly pricing?: WhatsAppPricing | null | undefined
}

/** A plain text. */
export interface WhatsAppText {
  readonly body?: string | null | undefined
}

/** An answer to an interactive message; outgoing messages have other types and members. */
export interface WhatsAppInteractive {
  readonly type?: OpenString<'nfm_reply' | 'button_reply' | 'list_reply'> | null | undefined
  readonly nfm_reply?: WhatsAppFlowReply | null | undefined
  readonly button_reply?: WhatsAppButtonReply | null | undefined
  readonly list_reply?: WhatsAppListReply | null | undefined
}

/** The answers of a WhatsApp Flow. The same answers come as Message.Flow.Received, with the same `localMessageId`. */
export interface WhatsAppFlowReply {
  /** JSON, as a string. */
  readonly response_json?: string | null | undefined
  readonly body?: string | null | undefined
  readonly name?: string | null | undefined
}

/** The button that was pressed. As production receivers read it: Gallabox published no body with one. */
export interface WhatsAppButtonReply {
  readonly id?: string | null | undefined
  readonly title?: string | null | undefined
}

/** The row that was chosen from a list. As production receivers read it: Gallabox published no body with one. */
export interface WhatsAppListReply {
  readonly id?: string | null | undefined
  readonly title?: string | null | undefined
  readonly description?: string | null | undefined
}

/** A template's quick reply. As production receivers read it: Gallabox published no body with one. */
export interface WhatsAppButton {
  readonly payload?: string | null | undefined
  readonly text?: string | null | undefined
}

/** A cart that the customer sent. */
export interface WhatsAppOrder {
  readonly catalog_id?: string | null | undefined
  readonly product_items?: readonly WhatsAppProductItem[] | null | undefined
  /** What the customer wrote with the cart. */
  readonly text?: string | null | undefined
  readonly products?: readonly WhatsAppProduct[] | null | undefined
}

/** One line of a cart. */
export interface WhatsAppProductItem {
  readonly product_retailer_id?: string | null | undefined
  /** Price of one, in the currency's main unit: a JSON number such as 80.5, so beware of adding these up. */
  readonly item_price?: number | null | undefined
  readonly quantity?: number | null | undefined
  /** ISO 4217, such as `"INR"`. */
  readonly currency?: string | null | undefined
}

/** A product of the catalog that a cart's line refers to. */
export interface WhatsAppProduct {
  readonly fbProductId?: string | null | undefined
  readonly retailer_id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  /** For people, with the currency's sign: `"₹80.00"`. */
  readonly price?: string | null | undefined
  readonly image_url?: string | null | undefined
}

/**
 * A file: an image, a video, a voice note. As production receivers read it, in Gallabox's spelling or in that of
 * WhatsApp's Cloud API (`mime_type`): Gallabox published no body with one.
 */
export interface WhatsAppMedia {
  readonly id?: string | null | undefined
  readonly mimeType?: string | null | undefined
  readonly mime_type?: string | null | undefined
  /** HTTPS URL to download the file from. */
  readonly path?: string | null | undefined
  readonly caption?: string | null | undefined
  readonly filename?: string | null | undefined
  readonly sha256?: string | null | undefined
}

/** A place. As production receivers read it: Gallabox published no body with one. */
export interface WhatsAppLocation {
  /** Degrees. */
  readonly latitude?: number | null | undefined
  /** Degrees. */
  readonly longitude?: number | null | undefined
  readonly name?: string | null | undefined
  readonly address?: string | null | undefined
}

/** A message template with its values filled in. Outgoing only. */
export interface WhatsAppTemplate {
  readonly templateId?: string | null | undefined
  readonly body?: string | null | undefined
  readonly header?: WhatsAppTemplateHeader | null | undefined
  readonly buttons?: readonly WhatsAppTemplateButton[] | null | undefined
  readonly bodyValues?: Readonly<Record<string, string>> | null | undefined
  readonly buttonValues?: readonly unknown[] | null | undefined
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined
}

/** The header of a template. */
export interface WhatsAppTemplateHeader {
  readonly type?: string | null | undefined
  readonly image?: unknown
}

/** A button of a template. */
export interface WhatsAppTemplateButton {
  readonly type?: string | null | undefined
  readonly text?: string | null | undefined
  readonly url?: string | null | undefined
}

/** The message that this one answers. */
export interface WhatsAppContext {
  readonly from?: string | null | undefined
  /** WhatsApp's own id (`wamid.…`) of the message answered. */
  readonly id?: string | null | undefined
  readonly reply?: WhatsAppContextReply | null | undefined
}

/** The message answered, in Gallabox's ids. */
export interface WhatsAppContextReply {
  readonly messageId?: string | null | undefined
  readonly type?: string | null | undefined
  readonly senderId?: string | null | undefined
  readonly localMessageId?: string | null | undefined
  readonly context?: WhatsAppContextReplySource | null | undefined
}

/** Where the message answered came from. */
export interface WhatsAppContextReplySource {
  readonly source?: string | null | undefined
}

/**
 * The click-to-WhatsApp ad that a conversation began with. As production receivers read it: Gallabox published no body
 * with one.
 */
export interface WhatsAppReferral {
  readonly source_id?: string | null | undefined
  readonly source_type?: string | null | undefined
  readonly source_url?: string | null | undefined
  readonly headline?: string | null | undefined
  readonly body?: string | null | undefined
  readonly ctwa_clid?: string | null | undefined
  readonly ref?: string | null | undefined
}

/** Why a message failed, in WhatsApp's words: the codes are those of its Cloud API. */
export interface WhatsAppError {
  /** Meta's error code, such as 131026. */
  readonly code?: number | null | undefined
  readonly title?: string | null | undefined
  readonly message?: string | null | undefined
  readonly details?: string | null | undefined
  readonly href?: string | null | undefined
  readonly error_data?: WhatsAppErrorData | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly time?: string | null | undefined
}

/** Detail of an error. */
export interface WhatsAppErrorData {
  readonly details?: string | null | undefined
}

/** One step in the life of a message. */
export interface WhatsAppStatusLogEntry {
  readonly status?:
    | OpenString<'unknown' | 'queued' | 'sent' | 'received' | 'delivered' | 'read' | 'failed' | 'deleted' | 'error'>
    | null
    | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly date?: string | null | undefined
}

/** WhatsApp's billing conversation, not Gallabox's. */
export interface WhatsAppConversation {
  readonly id?: string | null | undefined
  /** Seconds since the epoch: a number here, while a status's own `timestamp` is a string. */
  readonly expiration_timestamp?: number | null | undefined
  readonly origin?: WhatsAppConversationOrigin | null | undefined
}

/** What opened a billing conversation. */
export interface WhatsAppConversationOrigin {
  readonly type?: string | null | undefined
}

/** What a message costs. */
export interface WhatsAppPricing {
  readonly billable?: boolean | null | undefined
  readonly category?: string | null | undefined
  readonly pricing_model?: string | null | undefined
}
