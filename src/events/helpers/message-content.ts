import { eventDescriptors } from '../descriptors.js'
import type { EventOf, GallaboxEvent } from '../event.js'
import type { MessageWaInteractionReceived, PrivateNote } from '../message.js'
import type {
  WhatsApp,
  WhatsAppContactCard,
  WhatsAppContactName,
  WhatsAppInteractive,
  WhatsAppLocation,
  WhatsAppMedia,
  WhatsAppOrder,
  WhatsAppTemplate,
} from '../whatsapp.js'
import { isEventWith } from './is-event-with.js'
import { isNote } from './is-note.js'

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

/**
 * Returns the content of a message. Each kind is checked at run time. Malformed content has the kind `other`.
 *
 * `whatsapp.type` says where the content is. If it is missing or wrong, the first member with content is used.
 *
 * @example
 * ```ts
 * import { type ContentEvent, messageContent } from 'gallabox-webhooks'
 *
 * function describe(event: ContentEvent): string {
 *   const content = messageContent(event)
 *   switch (content.kind) {
 *     case 'text':
 *     case 'button':
 *     case 'list':
 *       return content.text
 *     case 'image':
 *       return content.url ?? 'an image'
 *     default:
 *       return content.kind
 *   }
 * }
 * ```
 */
export function messageContent(event: ContentEvent): MessageContent {
  if (isEventWith(event, 'content', 'flowResponse')) return flowContent(event.data.flowResponse.flowData)
  if (isEventWith(event, 'content', 'whatsapp.order')) return { kind: 'order', order: event.data.whatsapp.order }
  if (isEventWith(event, 'content', 'interaction')) return interactionContent(event.data)
  if (isNote(event.data)) return noteContent(event.data.private)
  return whatsAppContent(event.data.whatsapp)
}

/** Checks whether an event has message content, so that `messageContent` and `messageText` accept it. */
export function isContentEvent(event: GallaboxEvent): event is ContentEvent {
  return event.type !== 'unrecognized' && 'content' in eventDescriptors[event.type]
}

function whatsAppContent(whatsapp: unknown): MessageContent {
  const members: WhatsApp = isObject(whatsapp) ? whatsapp : {}
  const type = stringOrUndefined(members.type)
  const named = type !== undefined && Object.hasOwn(readers, type) ? readers[type]?.(members) : undefined
  return named ?? firstContent(members) ?? { kind: 'other', type }
}

function firstContent(whatsapp: WhatsApp): MessageContent | undefined {
  for (const read of Object.values(readers)) {
    const content = read(whatsapp)
    if (content) return content
  }
  return undefined
}

// `whatsapp.type` is the name of the member with the content. What a customer says comes first.
const readers: Readonly<Record<string, (whatsapp: WhatsApp) => MessageContent | undefined>> = {
  text: ({ text }) => textContent(text?.body),
  button: ({ button }) => buttonContent(button?.text, button?.payload),
  interactive: ({ interactive }) => interactiveContent(interactive ?? {}),
  order: ({ order }) => (isObject(order) ? { kind: 'order', order } : undefined),
  image: ({ image }) => mediaContent('image', image),
  video: ({ video }) => mediaContent('video', video),
  audio: ({ audio }) => mediaContent('audio', audio),
  voice: ({ voice }) => mediaContent('audio', voice),
  document: ({ document }) => mediaContent('document', document),
  sticker: ({ sticker }) => mediaContent('sticker', sticker),
  location: ({ location }) => (isObject(location) ? { kind: 'location', location } : undefined),
  contacts: ({ contacts }) => contactsContent(contacts),
  template: ({ template }) => (isObject(template) ? { kind: 'template', template } : undefined),
}

function textContent(body: unknown): TextContent | undefined {
  return typeof body === 'string' ? { kind: 'text', text: body } : undefined
}

function buttonContent(title: unknown, id: unknown): ButtonContent | undefined {
  const text = stringOrUndefined(title) ?? id
  return typeof text === 'string' ? { kind: 'button', text, id: stringOrUndefined(id) } : undefined
}

// Each reply is recognized by its member, because some payloads have no `type`.
function interactiveContent({ button_reply, list_reply, nfm_reply }: WhatsAppInteractive): MessageContent | undefined {
  return (
    buttonContent(button_reply?.title, button_reply?.id) ??
    listContent(list_reply?.title, list_reply?.id, list_reply?.description) ??
    flowReplyContent(nfm_reply?.response_json)
  )
}

function listContent(title: unknown, id: unknown, description: unknown): ListContent | undefined {
  const text = stringOrUndefined(title) ?? id
  if (typeof text !== 'string') return undefined
  return { kind: 'list', text, id: stringOrUndefined(id), description: stringOrUndefined(description) }
}

function flowReplyContent(json: unknown): FlowContent | undefined {
  try {
    const data: unknown = JSON.parse(json as string)
    return isObject(data) ? flowContent(data as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function flowContent({ flow_token, ...answers }: Readonly<Record<string, unknown>>): FlowContent {
  return { kind: 'flow', answers, token: stringOrUndefined(flow_token) }
}

function mediaContent(kind: MediaContent['kind'], media: WhatsAppMedia | null | undefined): MediaContent | undefined {
  if (!isObject(media)) return undefined
  const { path, mimeType, mime_type, caption, filename } = media
  return {
    kind,
    url: stringOrUndefined(path),
    mimeType: stringOrUndefined(mimeType) ?? stringOrUndefined(mime_type),
    caption: stringOrUndefined(caption),
    fileName: stringOrUndefined(filename),
    media,
  }
}

function contactsContent(contacts: unknown): ContactsContent | undefined {
  return Array.isArray(contacts) ? { kind: 'contacts', cards: contacts.map(readCard), contacts } : undefined
}

function readCard(contact: WhatsAppContactCard | null): ContactCard {
  const { name, phones, emails } = contact ?? {}
  return {
    name: readCardName(name),
    phones: listStrings(phones, ({ phone, waId, wa_id }) => phone ?? waId ?? wa_id),
    emails: listStrings(emails, ({ email }) => email),
  }
}

function readCardName(name: WhatsAppContactName | null | undefined): string | undefined {
  const { formattedName, formatted_name, firstName, first_name, lastName, last_name } = name ?? {}
  const fullName = stringOrUndefined(formattedName) ?? stringOrUndefined(formatted_name)
  return fullName ?? (listStrings([firstName ?? first_name, lastName ?? last_name]).join(' ') || undefined)
}

function noteContent(note: PrivateNote | null | undefined): NoteContent {
  return {
    kind: 'note',
    text: stringOrUndefined(note?.text?.body),
    mentions: listStrings(note?.mentions),
  }
}

function interactionContent({ id, interaction, reaction }: MessageWaInteractionReceived): MessageContent {
  if (interaction !== 'reaction') return { kind: 'other', type: interaction }
  return { kind: 'reaction', emoji: stringOrUndefined(reaction?.emoji) || undefined, messageId: id }
}

/** Returns the strings in a list, or those that `read` finds in its items. Leaves out everything else. */
function listStrings<T>(items: readonly T[] | null | undefined, read?: (item: T & object) => unknown): string[] {
  if (!Array.isArray(items)) return []
  const values = items.map((item) => (isObject(item) ? read?.(item) : item))
  return values.filter((value) => typeof value === 'string')
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
