// Reports failures to Sentry: what your handler, your secret function or your store threw, and problems of the setup.
// Senders cause 4xx outcomes. Count those in your metrics: an attacker could use up your quota of events.
import * as Sentry from '@sentry/node'

/**
 * A function for `onOutcome`. It sends nothing of the delivery: no body, header or phone number.
 *
 * @param {import('gallabox-webhooks').OutcomeRecord} record
 */
export function captureOutcome({ code, status, message, type, secretId, late, error, storeError }) {
  const isFailure = status >= 500 && code !== 'in-progress'
  if (!isFailure && storeError === undefined) return
  const cause = error ?? storeError
  Sentry.captureException(cause ?? new Error(message), {
    tags: { code, type, secretId, late: late ?? false },
    // Where nothing was thrown, the stack is always this file's. So Sentry groups by the code.
    ...(cause === undefined && { fingerprint: ['gallabox-webhooks', code] }),
  })
}
