import { explainAcceptance, explainFailure, isRejection } from './explain-response.js'
import type { OutgoingAttempt, SentDelivery } from './types.js'

/** What became of a delivery, and whether that was expected. */
export interface SendResult {
  /** A valid delivery must be accepted with 200, and a forged one rejected with 4xx. */
  readonly isExpected: boolean
  /** What the column "Result" shows. */
  readonly label: string
  /** Why the result is not the expected one. */
  readonly explanation: string
  /** True if the receiver responded with 2xx. */
  readonly isAccepted: boolean
}

/** Compares a delivery with the expected result. */
export function getResult({ status: logStatus, attempts }: SentDelivery, forged: boolean): SendResult {
  const last = attempts.at(-1) as OutgoingAttempt
  const status = last.status ?? 0
  const isAccepted = status >= 200 && status < 300
  if (!forged) {
    const label = status ? `${logStatus} ${status}` : `${logStatus}, no response`
    return { isExpected: logStatus === 'SUCCESS', label, explanation: explainFailure(last), isAccepted }
  }
  const isExpected = isRejection(status)
  return { isExpected, label: describeForgery(status, isExpected), explanation: explainAcceptance(last), isAccepted }
}

/** The width of the longest usual label. */
export function getLabelWidth(forged: boolean): number {
  return (forged ? describeForgery(401, true) : 'FAILED, no response').length
}

function describeForgery(status: number, isExpected: boolean): string {
  if (isExpected) return `rejected ${status}, as it must be`
  if (!status) return 'no response'
  return status < 300 ? `ACCEPTED ${status}` : `not rejected, but ${status}`
}
