// A log line for each delivery, with pino: what Gallabox's webhook log shows, and why.
// Nothing in a record is secret, so it is logged whole; what a handler threw is the user's own.
import pino from 'pino'

/** Makes what goes into `onOutcome`. */
export function logOutcomes(logger = pino()) {
  /** @param {import('gallabox-webhooks').OutcomeRecord} record */
  return function onOutcome({ error, storeError, ...record }) {
    const level = record.status >= 500 ? 'error' : record.status >= 400 ? 'warn' : 'info'
    logger[level]({ ...record, err: error ?? storeError }, record.message)
  }
}
