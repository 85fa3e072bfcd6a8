import type { OutgoingAttempt } from './types.js'

/** Returns true if no webhook handled the request. A wrong path must not count as a rejection. */
export function isRouteMissing(status: number): boolean {
  return status === 404 || status === 405
}

/** Returns true if a receiver rejected the delivery. A missing route does not count. */
export function isRejection(status: number): boolean {
  return status >= 400 && status < 500 && !isRouteMissing(status)
}

const byStatus: Readonly<Record<number, string>> = {
  401: 'The receiver rejected it: its secret is different, or its verification is incorrect. Run `gallabox-webhooks doctor`.',
  403: 'Something in front of the receiver rejected it, such as a firewall or a CSRF check.',
  404: 'The route does not exist. Check the path.',
  405: 'The route does not accept this method. Set it with --method.',
  408: 'The receiver timed out waiting for the body. Something else, such as a body parser, read it first.',
  413: "The body exceeds the receiver's limit.",
  500: 'The receiver failed. See its log, or the outcome that this library passes to `onOutcome`.',
}

/** Explains why a delivery failed. */
export function explainFailure(attempt: OutgoingAttempt): string {
  const { status } = attempt
  if (!status) return explainMissingResponse(attempt)
  if (status < 300) return 'Gallabox documents only 200 as success.'
  if (status < 400) return 'It is a redirect. Gallabox is not known to follow redirects. Use the URL it redirects to.'
  return byStatus[status] ?? (status < 500 ? 'The receiver rejected it.' : 'The receiver is unavailable.')
}

/** Explains why a forged delivery was not rejected. */
export function explainAcceptance(attempt: OutgoingAttempt): string {
  const { status } = attempt
  if (!status) return explainMissingResponse(attempt)
  if (isRouteMissing(status)) return `${byStatus[status]} Nothing was verified.`
  if (status < 300) return 'The receiver accepted a forged delivery.'
  return 'A forged delivery should be rejected with 401. It is unknown whether the receiver verified it.'
}

function explainMissingResponse({ reason = '', hint }: OutgoingAttempt): string {
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
  return hint === undefined ? sentence : `${sentence} ${hint}`
}
