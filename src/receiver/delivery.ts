import { assertRawBody, type RawBody } from '../platform/bytes.js'
import type { DeliveryHeaders } from '../platform/headers.js'
import { typeName } from '../platform/type-name.js'

/** The limits that a function given as `rawBody` must respect. */
export interface BodyLimits {
  /** The largest body, in bytes. A reader that exceeds it throws an error with the code `body-too-large`. */
  readonly maxBytes: number
  /** How long the whole body may take, in milliseconds. After that, the reader's result is ignored. */
  readonly timeoutMs: number
}

/** One HTTP request, in the form that every adapter translates to. */
export interface Delivery {
  /** The HTTP method. Default: not checked. */
  readonly method?: string | undefined
  /** Path and query, as received. It is passed on to `onOutcome` and not checked. */
  readonly url?: string | undefined
  /** The request headers, as received. */
  readonly headers: DeliveryHeaders
  /**
   * The body as received, or a function that reads it, which is called once the headers have passed. An error that it
   * throws becomes `body-aborted`, unless its `code` is one of `BodyErrorCode`.
   */
  readonly rawBody: RawBody | ((limits: BodyLimits) => RawBody | PromiseLike<RawBody>)
}

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

/** The platform that a receiver runs on. Adapters fill it in. */
export interface Platform {
  /** Keeps the platform alive after the response until the promise settles. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
  /** True where the platform may stop code once the response is sent. Without `waitUntil`, all work then finishes first. */
  readonly stopsAfterResponse?: boolean | undefined
  /** True where the adapter passes a handler's error on to a framework, which reports it. */
  readonly reportsErrors?: boolean | undefined
}

/** Throws a TypeError for a delivery that its caller built wrongly. */
export function assertDelivery({ headers, rawBody }: Delivery): void {
  if (typeof headers !== 'object' || headers === null) {
    throw new TypeError(
      `headers: must be a Headers or an object, got ${typeName(headers)}. Pass the request's headers.`,
    )
  }
  if (typeof rawBody !== 'function') assertRawBody(rawBody)
}
