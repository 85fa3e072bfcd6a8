// A descriptor compiles only if it matches the payload and the names of its event.
import type { ContentEvent } from 'gallabox-webhooks'
import type { EventDescriptor, EventDescriptors, eventDescriptors } from '../../src/events/descriptors.js'
import type { EventType } from '../../src/events/event-map.js'
import { assertType, type Equal } from './support.js'

type Table = typeof eventDescriptors
assertType<Equal<keyof Table, EventType>>()

// The events that messageContent accepts are those whose descriptor says where their content is.
type TypesWithContent = { [T in EventType]: Table[T] extends { readonly content: string } ? T : never }[EventType]
assertType<Equal<ContentEvent['type'], TypesWithContent>>()

const shape = { id: 'string', name: 'string', new_status: 'string' } as const
export const right: EventDescriptors['Template.Status'] = { shape, helpPageName: 'Template.status', id: 'templateId' }
export const another: EventDescriptors['Template.Status'] = {
  shape,
  // @ts-expect-error The help-page name of another event.
  helpPageName: 'Contact.mapped',
  id: 'templateId',
}
// @ts-expect-error The help page has a name for this event.
export const unnamed: EventDescriptors['Template.Status'] = { shape, id: 'templateId' }
// @ts-expect-error The payload has an id.
export const unidentified: EventDescriptors['Template.Status'] = { shape, helpPageName: 'Template.status' }
// @ts-expect-error The help page has no name for this event.
export const named: EventDescriptor<'Conversation.Resolve'>['helpPageName'] = 'Conversation.updated'
// @ts-expect-error The payload has no such time.
export const time: EventDescriptor<'Template.Status'>['time'] = 'timestamp'
// @ts-expect-error The payload has no message content.
export const content: EventDescriptor<'Contact.Created'>['content'] = 'whatsapp'
// @ts-expect-error The payload has the phone number elsewhere.
export const phone: EventDescriptor<'Message.Received'>['phone'] = 'recipient_id'
