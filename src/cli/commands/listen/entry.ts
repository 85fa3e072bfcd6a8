import type { OutgoingAttempt } from '../../shared/delivery/types.js'
import type { HeaderList } from '../../shared/http-client.js'
import { redactName, redactPhone, redactText } from './redact.js'

/** Whether a delivery is verified, and the reason if it is not. */
export interface EntryDiagnosis {
  readonly verified: boolean
  /** A diagnosis code or, if only the signature is valid, an outcome code. */
  readonly code: string
  readonly message: string
  /** What to change. May be empty. */
  readonly hint: string
  /** Where to read more. May be empty. */
  readonly docs: string
}

/** A received delivery, as the log stores it. */
export interface LogEntry {
  /** Created by listen. Gallabox does not send the id that its own log shows. */
  readonly id: string
  /** The value of x-event-name, as a wire name if the event is known. */
  readonly event: string
  readonly createdAt: Date
  readonly diagnosis: EntryDiagnosis
  /** The HTTP status that the sender got. */
  readonly responseStatus: number
  /** The response of the server that it was forwarded to. */
  readonly forwarded?: OutgoingAttempt | undefined
  /** The id of the entry that was sent again from the log page. */
  readonly resentFrom?: string | undefined
  readonly contact: { readonly name: string; readonly phone: string }
  readonly text: string
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
}

type SharedMember = 'id' | 'event' | 'diagnosis' | 'responseStatus' | 'forwarded' | 'resentFrom' | 'text'

/** An entry as the terminal and the log page list it: the columns of Gallabox's log without the payload. */
export interface LogRow extends Pick<LogEntry, SharedMember> {
  readonly createdAt: string
  readonly status: 'SUCCESS' | 'FAILED'
  /** True if the server that it was forwarded to accepted an unverified delivery. */
  readonly acceptedUnverified: boolean
  readonly bodyBytes: number
  /** Name and phone, possibly redacted. */
  readonly contact: string
}

// The page gets up to a thousand rows at once, and their strings are untrusted.
const maxLength = 300

/** Creates the row of an entry. Contacts are redacted unless `showContacts` is true. */
export function toRow(entry: LogEntry, showContacts: boolean): LogRow {
  const { id, event, diagnosis, responseStatus, forwarded, resentFrom, contact, text, body } = entry
  const { name, phone } = showContacts ? contact : { name: redactName(contact.name), phone: redactPhone(contact.phone) }
  return {
    id,
    event: event.slice(0, maxLength),
    createdAt: entry.createdAt.toISOString(),
    // As in Gallabox's log, where only the response counts.
    status: responseStatus === 200 ? 'SUCCESS' : 'FAILED',
    diagnosis,
    responseStatus,
    forwarded,
    resentFrom,
    acceptedUnverified: !diagnosis.verified && isHttp2xx(forwarded?.status),
    contact: [name.slice(0, maxLength), phone].filter(Boolean).join(' '),
    text: (showContacts ? text : redactText(text, [contact.name])).slice(0, maxLength),
    bodyBytes: body.byteLength,
  }
}

function isHttp2xx(status: number | null | undefined): boolean {
  return typeof status === 'number' && status >= 200 && status < 300
}
