import { eventDescriptors } from '../descriptors.js'
import type { GallaboxEvent } from '../event.js'
import type { MessageWaInteractionReceived, PrivateNote } from '../message.js'
import type {
  WhatsApp,
  WhatsAppContactCard,
  WhatsAppContactName,
  WhatsAppInteractive,
  WhatsAppMedia,
} from '../whatsapp.js'
import type {
  ButtonContent,
  ContactCard,
  ContactsContent,
  ContentEvent,
  FlowContent,
  ListContent,
  MediaContent,
  MessageContent,
  NoteContent,
  TextContent,
} from './content-types.js'
import { isEventWith } from './is-event-with.js'
import { isNote } from './is-note.js'

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
