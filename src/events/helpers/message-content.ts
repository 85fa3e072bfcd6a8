// What a message says, as a union that narrows: `whatsapp.type` is open, so it cannot.
// It must not know who sent it or when.
import type { EventOf } from '../event.js'
import type { MessageWaInteractionReceived } from '../message.js'
import type {
  WhatsApp,
  WhatsAppInteractive,
  WhatsAppLocation,
  WhatsAppMedia,
  WhatsAppOrder,
  WhatsAppTemplate,
} from '../whatsapp.js'

/** The events that carry what somebody said. */
export type ContentEvent = EventOf<
  | 'Message.Received'
  | 'Message.Send'
  | 'Message.WA.Cart.Received'
  | 'Message.Flow.Received'
  | 'Message.WA.Interaction.Received'
>

/** What a message says: `switch` over `kind`. */
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

/** A plain text. */
export interface TextContent {
  readonly kind: 'text'
  readonly text: string
}

/** A button that was pressed, on an interactive message or on a template. */
export interface ButtonContent {
  readonly kind: 'button'
  /** What stood on the button. */
  readonly text: string
  /** The button's id, or the payload of a template's quick reply. */
  readonly id: string | undefined
}

/** A row that was chosen from a list. */
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
  /** By the names that the Flow's author gave them. */
  readonly answers: Readonly<Record<string, unknown>>
  /** The `flow_token`, which is no answer. */
  readonly token: string | undefined
}

/** A cart. `orderTotal()` adds it up. */
export interface OrderContent {
  readonly kind: 'order'
  readonly order: WhatsAppOrder
}

/** A file. A voice note is `audio` too. */
export interface MediaContent {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker'
  readonly media: WhatsAppMedia
}

/** A place. */
export interface LocationContent {
  readonly kind: 'location'
  readonly location: WhatsAppLocation
}

/** Contact cards. */
export interface ContactsContent {
  readonly kind: 'contacts'
  readonly contacts: readonly unknown[]
}

/** A message template. Outgoing only. */
export interface TemplateContent {
  readonly kind: 'template'
  readonly template: WhatsAppTemplate
}

/** An emoji put on a message. */
export interface ReactionContent {
  readonly kind: 'reaction'
  /** Undefined when the emoji was taken off again. */
  readonly emoji: string | undefined
  /** Gallabox's id of the message reacted to. */
  readonly messageId: string
}

/** Anything else: a type that is not known here, or one whose content is not there or is not as it should be. */
export interface OtherContent {
  readonly kind: 'other'
  /** `whatsapp.type`, or `interaction`, if it is a text. */
  readonly type: string | undefined
}

/**
 * Reads what a message says. Each kind is checked at run time, so what the type promises is there; all else is `other`.
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
  switch (event.type) {
    case 'Message.Flow.Received':
      return flowContent(event.data.flowResponse.flowData)
    case 'Message.WA.Cart.Received':
      return { kind: 'order', order: event.data.whatsapp.order }
    case 'Message.WA.Interaction.Received':
      return interactionContent(event.data)
    default:
      return whatsAppContent(event.data.whatsapp ?? {})
  }
}

function whatsAppContent(whatsapp: WhatsApp): MessageContent {
  const type = textOf(whatsapp.type)
  const read = type !== undefined && Object.hasOwn(readers, type) ? readers[type] : undefined
  return read?.(whatsapp) ?? { kind: 'other', type }
}

// `whatsapp.type` names the member that holds the content.
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
  return typeof text === 'string' ? { kind: 'button', text, id: textOf(id) } : undefined
}

function interactiveContent({ type, button_reply, list_reply, nfm_reply }: WhatsAppInteractive) {
  if (type === 'button_reply') return buttonContent(button_reply?.title, button_reply?.id)
  if (type === 'list_reply') return listContent(list_reply?.title, list_reply?.id, list_reply?.description)
  if (type === 'nfm_reply') return flowReplyContent(nfm_reply?.response_json)
  return undefined
}

function listContent(text: unknown, id: unknown, description: unknown): ListContent | undefined {
  if (typeof text !== 'string') return undefined
  return { kind: 'list', text, id: textOf(id), description: textOf(description) }
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
  return { kind: 'flow', answers, token: textOf(flow_token) }
}

function mediaContent(kind: MediaContent['kind'], media: WhatsAppMedia | null | undefined): MediaContent | undefined {
  return isObject(media) ? { kind, media } : undefined
}

function interactionContent({ id, interaction, reaction }: MessageWaInteractionReceived): MessageContent {
  if (interaction !== 'reaction') return { kind: 'other', type: interaction }
  return { kind: 'reaction', emoji: textOf(reaction?.emoji) || undefined, messageId: id }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
