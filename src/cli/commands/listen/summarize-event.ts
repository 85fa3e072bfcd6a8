import { findDescriptor } from '../../../events/descriptors.js'
import type { GallaboxEvent } from '../../../events/event.js'
import { customerPhone } from '../../../events/helpers/customer-phone.js'
import { isContentEvent } from '../../../events/helpers/message-content.js'
import { messageText } from '../../../events/helpers/message-text.js'
import type { LogEntry } from './entry.js'

/** Returns what the list shows of an event. */
export function summarizeEvent(event: GallaboxEvent | undefined): Pick<LogEntry, 'contact' | 'text' | 'unrecognized'> {
  if (!event) return { contact: { name: '', phone: '' }, text: '' }
  // Both a signed payload and its contact can be null.
  const { contact, name } = Object(event.data) as { contact?: { name?: unknown }; name?: unknown }
  const contactName = findDescriptor(event.type)?.id === 'contactId' ? name : contact?.name
  return {
    contact: { name: typeof contactName === 'string' ? contactName : '', phone: customerPhone(event) ?? '' },
    text: isContentEvent(event) ? (messageText(event) ?? '') : '',
    unrecognized: event.type === 'unrecognized' ? { reason: event.reason, issues: event.issues } : undefined,
  }
}
