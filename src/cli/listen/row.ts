// A row of the log, for the terminal and the page: what may be seen of a delivery without opening it.
// It must not know how either shows it.
import type { Entry, Row } from './entry.js'
import { maskName, maskPhone, maskText } from './mask.js'

/** Makes the row of an entry. Contacts are masked unless they should be shown. */
export function toRow(entry: Entry, showContacts: boolean): Row {
  const { id, event, verdict, answered, forwarded, copyOf, contact, body } = entry
  const names = showContacts ? contact : { name: maskName(contact.name), phone: maskPhone(contact.phone) }
  return {
    id,
    event,
    createdAt: entry.createdAt.toISOString(),
    // As Gallabox would have it: it is the answer that counts.
    status: answered === 200 ? 'SUCCESS' : 'FAILED',
    verdict,
    answered,
    forwarded,
    copyOf,
    who: [names.name, names.phone].filter(Boolean).join(' '),
    text: showContacts ? entry.text : maskText(entry.text),
    bytes: body.byteLength,
  }
}
