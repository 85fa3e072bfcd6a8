// What the log page shows of one delivery.
import { decodeUtf8 } from '../../../../platform/bytes.js'
import type { HeaderList } from '../../../shared/http-client.js'
import type { LogEntry } from '../entry.js'
import { redactText } from '../redact.js'
import { describeIssue } from '../status.js'
import { formatPayload } from './format-payload.js'
import { formatHex } from './hex-dump.js'
import type { EntryDetails, ForwardedDetails } from './protocol.js'

const hidden = '•••'

/** Describes an entry. Names, messages and phone numbers are redacted unless `showContacts` is true. */
export function describeEntry(entry: LogEntry, showContacts: boolean): EntryDetails {
  const { method, headers, body, unrecognized } = entry
  const text = decodeUtf8(body)
  return {
    method,
    headers: hideCredentials(headers),
    payload: text === undefined ? '(not UTF-8)' : formatPayload(text, showContacts),
    // Bytes cannot be redacted.
    raw: showContacts ? formatHex(body) : null,
    issues: unrecognized?.issues.slice(0, maxIssues).map(describeIssue) ?? [],
    response: describeResponse(entry, showContacts),
  }
}

const maxIssues = 50

function describeResponse({ forwarded, contact }: LogEntry, showContacts: boolean): ForwardedDetails | null {
  if (!forwarded) return null
  const { status, ms, reason = null, headers = [], body = new Uint8Array() } = forwarded
  const text = decodeUtf8(body) ?? '(not UTF-8)'
  return {
    status,
    ms,
    reason,
    headers: hideCredentials(headers),
    body: formatResponse(text, contact.name, showContacts),
  }
}

/** Redacts JSON like a payload. In other responses, such as an error page, only what has a format can be found. */
function formatResponse(text: string, name: string, showContacts: boolean): string {
  const isJson = /^\s*[[{]/.test(text)
  if (isJson || showContacts) return formatPayload(text, showContacts)
  return redactText(text, [name])
}

function hideCredentials(headers: HeaderList): HeaderList {
  return headers.map(([name, value]) => [name, isPublicHeader(name) ? value : hidden])
}

// A signature is a credential, and a custom header can be one.
function isPublicHeader(name: string): boolean {
  return /^(x-event-name|content-type|content-length|user-agent|host|accept|allow|connection|date|retry-after|server)$/i.test(
    name,
  )
}
