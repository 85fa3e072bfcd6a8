// A row of the log, for the terminal and the page: what may be seen of a delivery without opening it.
// It must not know how either shows it.
import type { Entry, Row } from './entry.js'
import { maskName, maskPhone, maskText } from './mask.js'

// A thousand rows go to the page at once, and a stranger writes what stands in them.
const maxLength = 300

/** Makes the row of an entry. Contacts are masked unless they should be shown. */
export function toRow(entry: Entry, showContacts: boolean): Row {
  const { id, event, verdict, answered, forwarded, copyOf, contact, text, body } = entry
  const names = showContacts ? contact : { name: maskName(contact.name), phone: maskPhone(contact.phone) }
  return {
    id,
    event: event.slice(0, maxLength),
    createdAt: entry.createdAt.toISOString(),
    // As Gallabox would have it: it is the answer that counts.
    status: answered === 200 ? 'SUCCESS' : 'FAILED',
    verdict,
    answered,
    forwarded,
    copyOf,
    deceived: !verdict.genuine && isSuccess(forwarded?.status),
    who: [names.name.slice(0, maxLength), names.phone].filter(Boolean).join(' '),
    text: (showContacts ? text : maskText(text, [contact.name])).slice(0, maxLength),
    bytes: body.byteLength,
  }
}

function isSuccess(status: number | null | undefined): boolean {
  return typeof status === 'number' && status >= 200 && status < 300
}
