import type { OutgoingAttempt } from '../../shared/delivery/types.js'
import type { LogEntry } from './entry.js'
import type { LogRow } from './page-server/protocol.js'
import { redactName, redactPhone } from './redact.js'
import { explainStatus, getStatus, labelStatus } from './status.js'

// The page gets up to a thousand rows at once, and their strings are untrusted.
const maxLength = 300

/** Creates the row of an entry. Names, phone numbers and messages are redacted unless `showContacts` is true. */
export function toRow(entry: LogEntry, showContacts: boolean): LogRow {
  const { id, diagnosis, responseStatus, resentFrom, contact, text, body } = entry
  const { name, phone } = showContacts ? contact : { name: redactName(contact.name), phone: redactPhone(contact.phone) }
  return {
    id,
    event: entry.event.slice(0, maxLength),
    createdAt: entry.createdAt.toISOString(),
    status: getStatus(entry),
    label: labelStatus(entry),
    reason: explainStatus(entry).slice(0, maxLength),
    diagnosis,
    responseStatus,
    forwarded: toAttempt(entry.forwarded),
    resentFrom,
    contact: [name.slice(0, maxLength), phone].filter(Boolean).join(' '),
    text: (showContacts ? text : redactName(text)).slice(0, maxLength),
    bodyBytes: body.byteLength,
  }
}

/** Leaves out what the server responded with. */
function toAttempt(forwarded: LogEntry['forwarded']): OutgoingAttempt | undefined {
  if (!forwarded) return undefined
  const { status, ms, reason } = forwarded
  return reason === undefined ? { status, ms } : { status, ms, reason }
}
