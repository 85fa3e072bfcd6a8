// A delivery that a command sends, and what became of it.
// It must not know where deliveries come from.
import type { HeaderList } from '../http-client.js'

/** One delivery to send, its bytes and headers as they go out. */
export interface Outgoing {
  /** What the header x-event-name says. */
  readonly event: string
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
}

/** One attempt at a delivery. */
export interface Attempt {
  /** The HTTP status, or null where there was no answer. */
  readonly status: number | null
  /** Why there was no answer. */
  readonly reason?: string | undefined
  readonly ms: number
}

/** A line of the webhook log: the columns of Gallabox's own, and the attempts behind them. */
export interface LogLine {
  readonly id: string
  readonly event: string
  readonly createdAt: Date
  readonly status: 'SUCCESS' | 'FAILED'
  readonly attempts: readonly Attempt[]
}
