// The one status of a delivery, and the sentences that explain it.
import { suggestEventName } from '../../../events/names.js'
import type { ShapeIssue } from '../../../events/shape.js'
import { explainFailure, isRejection } from '../../shared/delivery/explain-response.js'
import type { LogEntry } from './entry.js'
import type { EntryStatus } from './page-server/protocol.js'
import { noSecretCode } from './verify-delivery.js'

type StatusParts = Pick<LogEntry, 'diagnosis' | 'forwarded' | 'unrecognized'>

export function getStatus({ diagnosis, forwarded, unrecognized }: StatusParts): EntryStatus {
  const isForgery = !diagnosis.verified && diagnosis.code !== noSecretCode
  if (forwarded) {
    const status = forwarded.status ?? 0
    if (isForgery && status >= 200 && status < 300) return 'accepted-unverified'
    if (!(isForgery ? isRejection(status) : status === 200)) return 'failed'
  }
  if (isForgery) return 'rejected'
  if (!diagnosis.verified) return 'unchecked'
  return unrecognized ? 'unrecognized' : 'verified'
}

const labels: Readonly<Record<EntryStatus, string>> = {
  verified: 'verified',
  unrecognized: 'unexpected shape',
  unchecked: 'not verified',
  rejected: 'rejected',
  failed: 'failed',
  'accepted-unverified': 'accepted unverified',
}

const unrecognizedLabels = {
  'unexpected-shape': 'unexpected shape',
  'unknown-name': 'unknown event',
  'no-name': 'no event name',
} as const

/** Returns the status in words. */
export function labelStatus(parts: StatusParts): string {
  const status = getStatus(parts)
  return status === 'unrecognized' && parts.unrecognized
    ? unrecognizedLabels[parts.unrecognized.reason]
    : labels[status]
}

/** Explains in one line why a delivery is not simply verified. Empty if there is nothing to say. */
export function explainStatus(entry: StatusParts & Pick<LogEntry, 'event'>): string {
  const { diagnosis, forwarded, unrecognized, event } = entry
  const isForgery = !diagnosis.verified && diagnosis.code !== noSecretCode
  const status = getStatus(entry)
  const sentences = [
    status === 'accepted-unverified' ? 'Your server accepted an unverified delivery. Check its verification.' : '',
    status === 'failed' && forwarded ? explainForwarding(forwarded) : '',
    isForgery || (diagnosis.verified && diagnosis.hint) ? diagnosis.message : '',
    unrecognized ? explainUnrecognized(unrecognized, event) : '',
  ]
  return sentences.filter(Boolean).join(' ')
}

function explainForwarding(forwarded: NonNullable<LogEntry['forwarded']>): string {
  if (forwarded.status === null)
    return [`Could not forward: ${forwarded.reason}.`, forwarded.hint].filter(Boolean).join(' ')
  return `Your server responded ${forwarded.status}. ${explainFailure(forwarded)}`
}

function explainUnrecognized({ reason, issues }: NonNullable<LogEntry['unrecognized']>, event: string): string {
  if (reason === 'unknown-name') return `Verified, but the event name is unknown.${suggestEventName(event)}`
  // The diagnosis reports a missing name.
  if (reason === 'no-name') return ''
  const [first, ...others] = issues.map(describeIssue)
  return `Verified, unexpected shape: ${first}${others.length > 0 ? `, and ${others.length} more` : ''}.`
}

/** Describes where a payload does not match its event's name, such as "contactId missing". */
export function describeIssue({ path, expected, found }: ShapeIssue): string {
  const subject = path || 'payload'
  if (found === 'missing') return `${subject} missing`
  return expected === 'absent' ? `${subject} must be absent` : `${subject} is ${found}, not ${expected}`
}
