import type { HeaderList } from '../http-client.js'

/** A delivery to send, with its raw body and headers. */
export interface OutgoingDelivery {
  /** The value of x-event-name. */
  readonly event: string
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
}

export interface OutgoingAttempt {
  /** The HTTP status, or null if there was no response. */
  readonly status: number | null
  /** The code of the error, such as `ECONNREFUSED`. */
  readonly code?: string | undefined
  /** Why there was no response. */
  readonly reason?: string | undefined
  /** What to change. Undefined with a response, and if it is unknown. */
  readonly hint?: string | undefined
  readonly ms: number
}

/** A failed attempt that is followed by another one. */
export interface PendingRetry {
  readonly event: string
  readonly attempt: OutgoingAttempt
  /** Which attempt failed. The first is 1. */
  readonly number: number
  readonly maxAttempts: number
  /** The delay before the next attempt. */
  readonly delayMs: number
}

/** The result of a delivery: the columns of Gallabox's webhook log, and all attempts. */
export interface SentDelivery {
  readonly event: string
  readonly createdAt: Date
  readonly status: 'SUCCESS' | 'FAILED'
  readonly attempts: readonly OutgoingAttempt[]
}
