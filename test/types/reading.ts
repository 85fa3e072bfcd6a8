// Parameters and results of the helpers that read an event, and of parseEvent.
import {
  type ContactCard,
  type ContentEvent,
  customerPhone,
  type EntityIds,
  type entityIds,
  flowAnswers,
  type GallaboxEvent,
  isInbound,
  isNewerStatus,
  type MessageContent,
  type MessageReceived,
  type MessageSend,
  messageContent,
  messageText,
  type OrderTotal,
  occurredAt,
  orderTotal,
  parseEvent,
  readMember,
  type WhatsAppLocation,
  type WhatsAppMedia,
} from 'gallabox-webhooks'
import { type SampleVariant, samplePayload, type sampleVariants } from 'gallabox-webhooks/testing'
import { assertType, type Equal } from './support.js'

export function describe(event: ContentEvent): string {
  const content = messageContent(event)
  switch (content.kind) {
    case 'text':
    case 'button':
    case 'list':
      assertType<Equal<typeof content.text, string>>()
      return content.text
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      assertType<Equal<typeof content.media, WhatsAppMedia>>()
      return content.media.path ?? content.kind
    case 'flow':
      assertType<Equal<typeof content.answers, Readonly<Record<string, unknown>>>>()
      return Object.keys(content.answers).join()
    case 'order':
      return String(content.order.product_items?.length)
    case 'location':
      assertType<Equal<typeof content.location, WhatsAppLocation>>()
      return String(content.location.latitude)
    case 'contacts':
      assertType<Equal<typeof content.cards, readonly ContactCard[]>>()
      return String(content.contacts.length)
    case 'note':
      assertType<Equal<typeof content.text, string | undefined>>()
      return content.text ?? ''
    case 'template':
      return content.template.templateId ?? ''
    case 'reaction':
      assertType<Equal<typeof content.emoji, string | undefined>>()
      return content.emoji ?? 'none'
    case 'other':
      return content.type ?? ''
    default: {
      const forgotten: never = content
      return forgotten
    }
  }
}

export function read(event: GallaboxEvent): void {
  assertType<Equal<ReturnType<typeof customerPhone>, string | undefined>>()
  assertType<Equal<ReturnType<typeof occurredAt>, Date | undefined>>()
  customerPhone(event)
  occurredAt(event)
  // @ts-expect-error Not every event has message content.
  messageText(event)
  if (event.type === 'Message.Received') {
    assertType<Equal<ReturnType<typeof messageContent>, MessageContent>>()
    assertType<Equal<ReturnType<typeof orderTotal>, OrderTotal | undefined>>()
    messageText(event)
    isInbound(event)
    orderTotal(event)
    flowAnswers(event)?.anything
  }
  if (event.type === 'Message.Flow.Received') {
    flowAnswers(event)
    // @ts-expect-error It has no sender to compare.
    isInbound(event)
  }
}

assertType<Equal<ReturnType<typeof parseEvent>, GallaboxEvent>>()
parseEvent('Message.received', '{}')
parseEvent(null, Buffer.from('{}'))
parseEvent(undefined, { any: 'payload' })
// @ts-expect-error A number is not a payload.
parseEvent('Message.received', 7)

// A member that Gallabox added is read without a cast, and the payload stays narrowed.
export function readAddedMember(event: GallaboxEvent): string | undefined {
  if (event.type !== 'Message.Received') return undefined
  // @ts-expect-error The types list only known members.
  event.data.whatsapp?.profile
  const country = readMember(event.data, 'whatsapp', 'profile', 'country')
  assertType<Equal<typeof country, unknown>>()
  assertType<Equal<typeof event.data, MessageReceived>>()
  return typeof country === 'string' ? country : event.data.sender
}

assertType<Equal<ReturnType<typeof entityIds>, EntityIds>>()
assertType<Equal<EntityIds['conversationId'], string | undefined>>()
isNewerStatus('read', null)
// @ts-expect-error A status is a string.
isNewerStatus(null, 'read')

// The sender of a sent message can be missing.
declare const sent: MessageSend
assertType<Equal<typeof sent.sender, string | null | undefined>>()
assertType<Equal<MessageReceived['sender'], string>>()

samplePayload('Message.received', 'quick-reply')
samplePayload('Message.Send', 'note')
assertType<Equal<SampleVariant<'Contact.Created'>, 'default'>>()
assertType<Equal<ReturnType<typeof sampleVariants<'Message.Send'>>, readonly SampleVariant<'Message.Send'>[]>>()
// @ts-expect-error A note is never received.
samplePayload('Message.Received', 'note')
