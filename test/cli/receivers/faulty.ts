import type { RequestListener } from 'node:http'

/** A receiver with one mistake, and what doctor must report. */
export interface FaultyReceiver {
  readonly title: string
  readonly listener: RequestListener
  /** The ids of all checks that fail. */
  readonly fails: readonly string[]
  /** Matches the observation and meaning of the first failure. */
  readonly explanation: RegExp
  /** The timeout of doctor, for a receiver that does not respond. Default: 10 000. */
  readonly timeoutMs?: number
}
