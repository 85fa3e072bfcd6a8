import type { DeliveryHeaders } from '../platform/headers.js'

/**
 * A delivery as it was received, for `onOutcome` and `diagnose`. It holds the headers and, if it was read, the body: do
 * not log it.
 */
export interface ReceivedDelivery {
  readonly method?: string | undefined
  /** Path and query, as received. */
  readonly url?: string | undefined
  readonly headers: DeliveryHeaders
  /** The body's bytes. Absent where the delivery was rejected before its body was read. */
  readonly rawBody?: Uint8Array | undefined
}
