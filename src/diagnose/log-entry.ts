import { decodeUtf8, parseJson } from '../platform/bytes.js'

/** A body that was copied from Gallabox's webhook log, which does not show the bytes that were signed. */
export type LogEntryCode = 'body-log-entry' | 'body-masked'

// Bounded repetitions, because the body is not verified.
const maskedMember =
  /"(?:name|contactName|formattedName|firstName|lastName|phone|phoneNumber|email|from|to|waId|senderId|recipient_id)"\s{0,9}:\s{0,9}(?:\[\s{0,99})?"[^"\\]{0,99}(?:•|\*\*)/

/**
 * Finds out whether a body was copied from the webhook log. There, the payload is probably wrapped in `request.data`.
 * Users without permission see names, phone numbers and email addresses masked with `•` or `*`.
 */
export function findLogEntry(rawBody: Uint8Array): LogEntryCode | undefined {
  const text = decodeUtf8(rawBody) ?? ''
  if (isWrapped(text)) return 'body-log-entry'
  return maskedMember.test(text) ? 'body-masked' : undefined
}

function isWrapped(text: string): boolean {
  try {
    const { request } = parseJson(text) as { request?: { data?: unknown } }
    return typeof request?.data === 'object' && request.data !== null
  } catch {
    return false
  }
}
