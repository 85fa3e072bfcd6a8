import { parseJson } from '../../../../platform/bytes.js'
import { redactPayload } from '../redact.js'

// In a deep payload, indented lines are long and JSON.stringify takes quadratic time: 1 MiB could take seconds.
const maxDepth = 32

/** Formats a payload for the log page. Names, messages and phone numbers are redacted unless `showContacts` is true. */
export function formatPayload(text: string, showContacts: boolean): string {
  try {
    const payload = parseJson(text)
    if (!isDeeperThan(payload, maxDepth)) {
      return JSON.stringify(showContacts ? payload : redactPayload(payload), null, 2)
    }
  } catch {
    // It is not JSON, so names cannot be found.
  }
  return showContacts ? text : 'This payload cannot be redacted. Show personal data to see it.'
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1))
}
