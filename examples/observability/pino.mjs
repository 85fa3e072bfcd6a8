// One pino log line per delivery, with its outcome and the reason.
// A record holds no secrets. The error is what your handler threw: redact it if it may contain some.
import pino from 'pino'

/** Returns a function for `onOutcome`. */
export function logOutcomes(logger = pino()) {
  /** @param {import('gallabox-webhooks').OutcomeRecord} record */
  return function onOutcome({ error, storeError, ...record }) {
    const level = record.status >= 500 ? 'error' : record.status >= 400 ? 'warn' : 'info'
    logger[level]({ ...record, err: error ?? storeError }, record.message)
  }
}
