// What a receiver that is wrong on purpose is, for the tables beside this file.
// It must not know the checks that find it.
import type { RequestListener } from 'node:http'

export interface WrongReceiver {
  /** The one mistake. */
  readonly title: string
  readonly listener: RequestListener
  /** The checks that fail, and no other. */
  readonly fails: readonly string[]
  /** What the report says of the first of them. */
  readonly says: RegExp
  /** Milliseconds for an answer, where one does not come. Default: 10 000. */
  readonly timeoutMs?: number
}
