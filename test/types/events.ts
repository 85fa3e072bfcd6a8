// Types of events. Nothing here runs: types.test.ts compiles it.
import {
  type EventMap,
  type EventName,
  type EventOf,
  type EventType,
  type GallaboxEvent,
  type HelpPageName,
  isEvent,
  type MessageReceived,
  type ShapeIssue,
  type UnrecognizedEvent,
  type WebhookEvent,
} from 'gallabox-webhooks'
import { assertType, type Equal } from './support.js'

// Every event name has a payload.
assertType<Equal<keyof EventMap, EventType>>()
assertType<Equal<EventName, EventType | HelpPageName>>()

// A wire name and its help-page name stand for one event.
assertType<Equal<EventOf<'Contact.mapped'>, WebhookEvent<'Contact.Tag.Mapped'>>>()
assertType<Equal<EventOf<'Contact.Tag.Mapped'>, WebhookEvent<'Contact.Tag.Mapped'>>>()
assertType<
  Equal<
    EventOf<'Message.received' | 'Template.Status'>,
    WebhookEvent<'Message.Received'> | WebhookEvent<'Template.Status'>
  >
>()

export function narrowingByType(event: GallaboxEvent): string | undefined {
  if (event.type === 'Message.Received') {
    assertType<Equal<typeof event.data, MessageReceived>>()
    return event.data.whatsapp?.text?.body ?? undefined
  }
  if (event.type === 'unrecognized') {
    assertType<Equal<typeof event, UnrecognizedEvent>>()
    assertType<Equal<typeof event.data, unknown>>()
    assertType<Equal<typeof event.issues, readonly ShapeIssue[]>>()
    assertType<Equal<typeof event.name, string | null>>()
  }
  // @ts-expect-error An unknown name is never the type.
  if (event.type === 'Message.Recieved') return undefined
  return undefined
}

export function narrowingByGuard(event: GallaboxEvent): void {
  if (isEvent(event, 'Message.flow.received')) {
    assertType<Equal<typeof event.data.flowResponse.contactId, string>>()
    assertType<Equal<typeof event.data.flowResponse.flowData, Readonly<Record<string, unknown>>>>()
  }
  // @ts-expect-error The name is misspelled.
  isEvent(event, 'Message.recieved')
}

export function listOf<N extends EventName>(events: readonly GallaboxEvent[], name: N): readonly EventOf<N>[] {
  const found: EventOf<N>[] = []
  for (const event of events) if (isEvent(event, name)) found.push(event)
  return found
}

// Required members are never null. All others may be missing or null.
declare const contact: EventMap['Contact.Created']
assertType<Equal<typeof contact.id, string>>()
assertType<Equal<typeof contact.phone, readonly string[] | null | undefined>>()
assertType<Equal<typeof contact.contactId, undefined>>()
declare const failed: EventMap['Message.WA.Status.Failed']
assertType<Equal<typeof failed.status, 'failed'>>()
// Open strings accept unknown values.
export const status: EventMap['Conversation.Create']['status'] = 'SNOOZED'
// @ts-expect-error Members are readonly.
contact.name = 'another'
// @ts-expect-error The type does not list this member.
contact.nickname

export function exhaustive(event: GallaboxEvent): string {
  switch (event.type) {
    case 'Contact.Created':
    case 'Contact.Updated':
    case 'Contact.Tag.Mapped':
    case 'Contact.Tag.Unmapped':
      return event.data.name
    case 'Conversation.Create':
    case 'Conversation.Update':
    case 'Conversation.Resolve':
    case 'Conversation.Followup':
    case 'Conversation.UnAttended':
      return event.data.status
    case 'Conversation.Tag.Mapped':
    case 'Conversation.Tag.Unmapped':
      return event.data.tagId
    case 'Conversation.HandoverAgentFallback':
    case 'Conversation.InactiveAgentFallback':
    case 'Conversation.AI.Analyse':
    case 'Broadcast.WA.Message.Status.Received':
    case 'Broadcast.WA.Message.Status.Failed':
    case 'Broadcast.WA.Message.Engaged.Received':
      assertType<Equal<(typeof event.data)['anything'], unknown>>()
      return typeof event.data.anything
    case 'Message.Received':
    case 'Message.Send':
    case 'Message.WA.Cart.Received':
      return event.data.sender ?? event.data.contactId
    case 'Message.Flow.Received':
      return event.data.flowResponse.contactId
    case 'Message.WA.Status.Received':
    case 'Message.WA.Status.Failed':
    case 'Message.WA.Payment.Status.Received':
      return event.data.status
    case 'Message.WA.Interaction.Received':
      return event.data.interaction
    case 'Template.Status':
      return event.data.new_status
    case 'unrecognized':
      return event.reason
    default: {
      const forgotten: never = event
      return forgotten
    }
  }
}
