import { type EventDescriptor, eventDescriptors } from '../../../events/descriptors.js'
import type { GallaboxEvent } from '../../../events/event.js'
import type { EventType } from '../../../events/event-map.js'
import { customerPhone } from '../../../events/helpers/customer-phone.js'
import { isContentEvent } from '../../../events/helpers/message-content.js'
import { messageText } from '../../../events/helpers/message-text.js'
import type { LogEntry } from './entry.js'

/** Returns what the list shows of an event. */
export function summarizeEvent(event: GallaboxEvent | undefined): Pick<LogEntry, 'contact' | 'text' | 'unrecognized'> {
  if (!event) return { contact: { name: '', phone: '' }, text: '' }
  // Both a signed payload and its contact can be null.
  const { contact, name } = Object(event.data) as { contact?: { name?: unknown }; name?: unknown }
  const isContact = event.type !== 'unrecognized' && isContactEventType(event.type)
  const contactName = isContact ? name : contact?.name
  return {
    contact: { name: typeof contactName === 'string' ? contactName : '', phone: customerPhone(event) ?? '' },
    text: isContentEvent(event) ? (messageText(event) ?? '') : '',
    unrecognized: event.type === 'unrecognized' ? { reason: event.reason, issues: event.issues } : undefined,
  }
}

function isContactEventType(type: EventType): boolean {
  const { id }: EventDescriptor = eventDescriptors[type]
  return id === 'contactId'
}
