// What `messageContent` returns. Types only.
import type { EventOf } from '../event.js'
import type {
  WhatsAppContactCard,
  WhatsAppLocation,
  WhatsAppMedia,
  WhatsAppOrder,
  WhatsAppTemplate,
} from '../whatsapp.js'

/** The events that have message content. */
export type ContentEvent = EventOf<
  | 'Message.Received'
  | 'Message.Send'
  | 'Message.WA.Cart.Received'
  | 'Message.Flow.Received'
  | 'Message.WA.Interaction.Received'
>

/** The content of a message. A `switch` over `kind` narrows it: `whatsapp.type` is open and cannot. */
export type MessageContent =
  | TextContent
  | ButtonContent
  | ListContent
  | FlowContent
  | OrderContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | TemplateContent
  | NoteContent
  | ReactionContent
  | OtherContent

/** Plain text. */
export interface TextContent {
  readonly kind: 'text'
  readonly text: string
}

/** A selected button, of an interactive message or a template. */
export interface ButtonContent {
  readonly kind: 'button'
  /** The button's title, or its id if the payload has no title. */
  readonly text: string
  /** The button's id, or the payload of a template's quick reply. */
  readonly id: string | undefined
}

/** A selected row of a list. */
export interface ListContent {
  readonly kind: 'list'
  /** The row's title, or its id if the payload has no title. */
  readonly text: string
  readonly id: string | undefined
  readonly description: string | undefined
}

/** The answers to a WhatsApp Flow, from either of the two events that carry them. */
export interface FlowContent {
  readonly kind: 'flow'
  /** By the names that the Flow's author gave them. Without the `flow_token`. */
  readonly answers: Readonly<Record<string, unknown>>
  /** The `flow_token`. */
  readonly token: string | undefined
}

/** A cart. `orderTotal()` returns its total. */
export interface OrderContent {
  readonly kind: 'order'
  readonly order: WhatsAppOrder
}

/** A file. A voice note has the kind `audio`. */
export interface MediaContent {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker'
  /** HTTPS URL to download the file from. */
  readonly url: string | undefined
  /** Such as `"image/jpeg"`. */
  readonly mimeType: string | undefined
  readonly caption: string | undefined
  readonly fileName: string | undefined
  /** The member of the payload. */
  readonly media: WhatsAppMedia
}

/** A location. */
export interface LocationContent {
  readonly kind: 'location'
  readonly location: WhatsAppLocation
}

/** Contact cards. */
export interface ContactsContent {
  readonly kind: 'contacts'
  /** What both forms of a card have in common. */
  readonly cards: readonly ContactCard[]
  /** The member of the payload. */
  readonly contacts: readonly WhatsAppContactCard[]
}

/** A contact card, under either set of names. */
export interface ContactCard {
  readonly name: string | undefined
  /** As typed by the card's owner, often with spaces. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}

/** A message template. Only on outgoing messages. */
export interface TemplateContent {
  readonly kind: 'template'
  readonly template: WhatsAppTemplate
}

/** A note between agents, which the customer never sees. `messageText()` does not return it. */
export interface NoteContent {
  readonly kind: 'note'
  readonly text: string | undefined
  /** Ids of the users whom the note mentions. */
  readonly mentions: readonly string[]
}

/** An emoji reaction to a message. */
export interface ReactionContent {
  readonly kind: 'reaction'
  /** Undefined if the reaction was removed. */
  readonly emoji: string | undefined
  /** Gallabox's id of the message reacted to. */
  readonly messageId: string
}

/** Content of an unknown type, or whose payload is missing or malformed. */
export interface OtherContent {
  readonly kind: 'other'
  /** The value of `whatsapp.type` or `interaction`, if it is a string. */
  readonly type: string | undefined
}
