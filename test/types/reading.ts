// Parameters and results of the helpers that read an event, and of parseEvent.
import {
  type ContentEvent,
  customerPhone,
  flowAnswers,
  type GallaboxEvent,
  isInbound,
  type MessageContent,
  messageContent,
  messageText,
  type OrderTotal,
  occurredAt,
  orderTotal,
  parseEvent,
  type WhatsAppLocation,
  type WhatsAppMedia,
} from 'gallabox-webhooks'
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
      return String(content.contacts.length)
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
