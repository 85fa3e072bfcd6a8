import { eventDescriptors } from '../descriptors.js'
import type { EventOf, GallaboxEvent } from '../event.js'
import type { MessageWaInteractionReceived } from '../message.js'
import type {
  WhatsApp,
  WhatsAppInteractive,
  WhatsAppLocation,
  WhatsAppMedia,
  WhatsAppOrder,
  WhatsAppTemplate,
} from '../whatsapp.js'
import { isEventWith } from './is-event-with.js'

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
  /** The button's title. */
  readonly text: string
  /** The button's id, or the payload of a template's quick reply. */
  readonly id: string | undefined
}

/** A selected row of a list. */
export interface ListContent {
  readonly kind: 'list'
  /** The row's title. */
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
  readonly contacts: readonly unknown[]
}

/** A message template. Only on outgoing messages. */
export interface TemplateContent {
  readonly kind: 'template'
  readonly template: WhatsAppTemplate
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
 *       return content.media.path ?? 'an image'
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
  return whatsAppContent(event.data.whatsapp ?? {})
}

/** Checks whether an event has message content, so that `messageContent` and `messageText` accept it. */
export function isContentEvent(event: GallaboxEvent): event is ContentEvent {
  return event.type !== 'unrecognized' && 'content' in eventDescriptors[event.type]
}

function whatsAppContent(whatsapp: WhatsApp): MessageContent {
  const type = stringOrUndefined(whatsapp.type)
  const read = type !== undefined && Object.hasOwn(readers, type) ? readers[type] : undefined
  return read?.(whatsapp) ?? { kind: 'other', type }
}

// `whatsapp.type` is the name of the member with the content.
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
  contacts: ({ contacts }) => (Array.isArray(contacts) ? { kind: 'contacts', contacts } : undefined),
  template: ({ template }) => (isObject(template) ? { kind: 'template', template } : undefined),
}

function textContent(body: unknown): TextContent | undefined {
  return typeof body === 'string' ? { kind: 'text', text: body } : undefined
}

function buttonContent(text: unknown, id: unknown): ButtonContent | undefined {
  return typeof text === 'string' ? { kind: 'button', text, id: stringOrUndefined(id) } : undefined
}

function interactiveContent({ type, button_reply, list_reply, nfm_reply }: WhatsAppInteractive) {
  if (type === 'button_reply') return buttonContent(button_reply?.title, button_reply?.id)
  if (type === 'list_reply') return listContent(list_reply?.title, list_reply?.id, list_reply?.description)
  if (type === 'nfm_reply') return flowReplyContent(nfm_reply?.response_json)
  return undefined
}

function listContent(text: unknown, id: unknown, description: unknown): ListContent | undefined {
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
  return isObject(media) ? { kind, media } : undefined
}

function interactionContent({ id, interaction, reaction }: MessageWaInteractionReceived): MessageContent {
  if (interaction !== 'reaction') return { kind: 'other', type: interaction }
  return { kind: 'reaction', emoji: stringOrUndefined(reaction?.emoji) || undefined, messageId: id }
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
