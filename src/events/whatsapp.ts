// One flat interface for the `whatsapp` object: `type` is open, so a union would not narrow.
import type { OpenString } from './shared.js'

/**
 * A WhatsApp message. `type` decides which of the content members is set. `messageContent()` returns it.
 *
 * Gallabox documents text, Flow answers, carts and templates. Other content is typed as production receivers read it,
 * mostly with the member names of WhatsApp's Cloud API. Each such interface says so.
 */
export interface WhatsApp {
  /** WhatsApp's message id (`wamid.…`). It can be missing at first on outgoing messages. */
  readonly id?: string | null | undefined
  /** The customer's phone number, digits without "+". Absent on outgoing messages, and for contacts without a number. */
  readonly from?: string | null | undefined
  /** The customer's phone number, digits without "+". Only on outgoing messages. */
  readonly to?: string | null | undefined
  /** The customer's business-scoped user id. Seen since September 2026. */
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
  readonly contacts?: readonly WhatsAppContactCard[] | null | undefined
  readonly template?: WhatsAppTemplate | null | undefined
  readonly context?: WhatsAppContext | null | undefined
  readonly referral?: WhatsAppReferral | null | undefined
  readonly errors?: readonly WhatsAppError[] | null | undefined
  readonly statusLog?: readonly WhatsAppStatusLogEntry[] | null | undefined
  readonly retryable?: boolean | null | undefined
  readonly conversation?: WhatsAppConversation | null | undefined
  readonly pricing?: WhatsAppPricing | null | undefined
}

/** Plain text. */
export interface WhatsAppText {
  readonly body?: string | null | undefined
}

/** An answer to an interactive message. Outgoing messages have other types and members. */
export interface WhatsAppInteractive {
  readonly type?: OpenString<'nfm_reply' | 'button_reply' | 'list_reply'> | null | undefined
  readonly nfm_reply?: WhatsAppFlowReply | null | undefined
  readonly button_reply?: WhatsAppButtonReply | null | undefined
  readonly list_reply?: WhatsAppListReply | null | undefined
}

/** The answers to a WhatsApp Flow. They also arrive as Message.Flow.Received, with the same `localMessageId`. */
export interface WhatsAppFlowReply {
  /** A string of JSON. */
  readonly response_json?: string | null | undefined
  readonly body?: string | null | undefined
  readonly name?: string | null | undefined
}

/** The selected button. Typed as production receivers read it: not documented by Gallabox. */
export interface WhatsAppButtonReply {
  readonly id?: string | null | undefined
  readonly title?: string | null | undefined
}

/** The selected row of a list. Typed as production receivers read it: not documented by Gallabox. */
export interface WhatsAppListReply {
  readonly id?: string | null | undefined
  readonly title?: string | null | undefined
  readonly description?: string | null | undefined
}

/** A template's quick reply. Typed as production receivers read it: not documented by Gallabox. */
export interface WhatsAppButton {
  readonly payload?: string | null | undefined
  /** Can be missing. Some receivers read only `payload`. */
  readonly text?: string | null | undefined
}

/** A cart. */
export interface WhatsAppOrder {
  readonly catalog_id?: string | null | undefined
  readonly product_items?: readonly WhatsAppProductItem[] | null | undefined
  /** The note that the customer sent with the cart. */
  readonly text?: string | null | undefined
  readonly products?: readonly WhatsAppProduct[] | null | undefined
}

/** An item of a cart. */
export interface WhatsAppProductItem {
  readonly product_retailer_id?: string | null | undefined
  /** Unit price in the currency's main unit, such as 80.5. Use `orderTotal()` to add prices without rounding errors. */
  readonly item_price?: number | null | undefined
  readonly quantity?: number | null | undefined
  /** ISO 4217, such as `"INR"`. */
  readonly currency?: string | null | undefined
}

/** The catalog product of a cart's item. */
export interface WhatsAppProduct {
  readonly fbProductId?: string | null | undefined
  readonly retailer_id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  /** The display price, with the currency's sign: `"₹80.00"`. */
  readonly price?: string | null | undefined
  readonly image_url?: string | null | undefined
}

/**
 * A file, such as an image, a video or a voice note. Gallabox documents `path`, `mimeType` and `caption` for outgoing
 * files. Production receivers read the same names on incoming ones. The other members are those of WhatsApp's Cloud API.
 * No known payload has them. `messageContent()` reads both.
 */
export interface WhatsAppMedia {
  readonly id?: string | null | undefined
  /** HTTPS URL to download the file from. It needs no credentials. */
  readonly path?: string | null | undefined
  readonly mimeType?: string | null | undefined
  /** Unproven name of `mimeType`. */
  readonly mime_type?: string | null | undefined
  readonly caption?: string | null | undefined
  /** Unproven. */
  readonly filename?: string | null | undefined
  /** Unproven. */
  readonly sha256?: string | null | undefined
}

/** A location. Typed as production receivers read it: not documented by Gallabox. */
export interface WhatsAppLocation {
  /** In degrees. */
  readonly latitude?: number | null | undefined
  /** In degrees. */
  readonly longitude?: number | null | undefined
  readonly name?: string | null | undefined
  readonly address?: string | null | undefined
}

/**
 * A shared contact card. Gallabox documents camelCase names for outgoing cards. The others are those of
 * WhatsApp's Cloud API. No incoming card is known, so `messageContent()` reads both.
 */
export interface WhatsAppContactCard {
  readonly name?: WhatsAppContactName | null | undefined
  readonly phones?: readonly WhatsAppContactPhone[] | null | undefined
  readonly emails?: readonly WhatsAppContactEmail[] | null | undefined
  readonly addresses?: readonly WhatsAppContactAddress[] | null | undefined
  readonly org?: WhatsAppContactOrg | null | undefined
  readonly urls?: readonly WhatsAppContactUrl[] | null | undefined
  readonly birthday?: string | null | undefined
}

/** The name on a contact card. */
export interface WhatsAppContactName {
  readonly formattedName?: string | null | undefined
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
  /** WhatsApp's name of `formattedName`. */
  readonly formatted_name?: string | null | undefined
  /** WhatsApp's name of `firstName`. */
  readonly first_name?: string | null | undefined
  /** WhatsApp's name of `lastName`. */
  readonly last_name?: string | null | undefined
}

/** A phone number on a contact card. */
export interface WhatsAppContactPhone {
  /** As its owner typed it, often with spaces. */
  readonly phone?: string | null | undefined
  readonly type?: string | null | undefined
  /** The number's WhatsApp id: digits without "+". */
  readonly waId?: string | null | undefined
  /** WhatsApp's name of `waId`. */
  readonly wa_id?: string | null | undefined
}

/** An email address on a contact card. */
export interface WhatsAppContactEmail {
  readonly email?: string | null | undefined
  readonly type?: string | null | undefined
}

/** A postal address on a contact card. */
export interface WhatsAppContactAddress {
  readonly street?: string | null | undefined
  readonly city?: string | null | undefined
  readonly state?: string | null | undefined
  readonly zip?: string | null | undefined
  readonly country?: string | null | undefined
  readonly countryCode?: string | null | undefined
  /** WhatsApp's name of `countryCode`. */
  readonly country_code?: string | null | undefined
  readonly type?: string | null | undefined
}

/** The company on a contact card. */
export interface WhatsAppContactOrg {
  readonly company?: string | null | undefined
  readonly department?: string | null | undefined
}

/** A URL on a contact card. */
export interface WhatsAppContactUrl {
  readonly url?: string | null | undefined
  readonly type?: string | null | undefined
}

/** A message template with its values. Only on outgoing messages. */
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
  readonly image?: WhatsAppMedia | null | undefined
}

/** A button of a template. */
export interface WhatsAppTemplateButton {
  readonly type?: string | null | undefined
  readonly text?: string | null | undefined
  readonly url?: string | null | undefined
}

/** The message that this one replies to. */
export interface WhatsAppContext {
  readonly from?: string | null | undefined
  /** WhatsApp's id (`wamid.…`) of that message. */
  readonly id?: string | null | undefined
  readonly reply?: WhatsAppContextReply | null | undefined
}

/** The message that was replied to, with Gallabox's ids. */
export interface WhatsAppContextReply {
  readonly messageId?: string | null | undefined
  readonly type?: string | null | undefined
  readonly senderId?: string | null | undefined
  readonly localMessageId?: string | null | undefined
  readonly context?: WhatsAppContextReplySource | null | undefined
}

/** The origin of the message that was replied to. */
export interface WhatsAppContextReplySource {
  readonly source?: string | null | undefined
}

/**
 * The click-to-WhatsApp ad that started a conversation. Typed as production receivers read it: not documented by
 * Gallabox. Its REST API calls the click id `ctwaClickId`, so camelCase names are as likely. Read both.
 */
export interface WhatsAppReferral {
  /** The ad's id. */
  readonly source_id?: string | null | undefined
  readonly source_type?: OpenString<'ad' | 'post'> | null | undefined
  readonly source_url?: string | null | undefined
  readonly headline?: string | null | undefined
  readonly body?: string | null | undefined
  /** The click id. */
  readonly ctwa_clid?: string | null | undefined
  readonly ref?: string | null | undefined
  /** Other name of `source_id`. */
  readonly sourceId?: string | null | undefined
  /** Other name of `source_type`. */
  readonly sourceType?: OpenString<'ad' | 'post'> | null | undefined
  /** Other name of `source_url`. */
  readonly sourceUrl?: string | null | undefined
  /** Other name of `ctwa_clid`. */
  readonly ctwaClickId?: string | null | undefined
}

/** Why a message failed, as reported by WhatsApp's Cloud API. */
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

/** The details of an error. */
export interface WhatsAppErrorData {
  readonly details?: string | null | undefined
}

/** One status change of a message. */
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
  /** Seconds since the Unix epoch, as a number. The `timestamp` of a status event is a string. */
  readonly expiration_timestamp?: number | null | undefined
  readonly origin?: WhatsAppConversationOrigin | null | undefined
}

/** The reason why a billing conversation was opened. */
export interface WhatsAppConversationOrigin {
  readonly type?: string | null | undefined
}

/** The pricing of a message. */
export interface WhatsAppPricing {
  readonly billable?: boolean | null | undefined
  readonly category?: string | null | undefined
  readonly pricing_model?: string | null | undefined
}
