import type { GallaboxEvent } from '../events/event.js'
import type { DeliveryContext } from './context.js'
import type { Delivery } from './delivery.js'
import { checkMiddlewareOptions, checkVerifyOptions, type MiddlewareOptions, type VerifyOptions } from './options.js'
import type { RejectionCode } from './outcome.js'
import { createPipeline } from './receiver.js'
import type { WebhookResponse } from './response.js'

/** A verified event, and what else is known of its delivery. Middleware passes it on. */
export interface VerifiedDelivery {
  readonly event: GallaboxEvent
  readonly context: DeliveryContext
}

/** The result of `verifyDelivery`. */
export type Verification =
  | ({ readonly ok: true } & VerifiedDelivery)
  | {
      readonly ok: false
      readonly code: RejectionCode
      /** The HTTP status to respond with. */
      readonly status: number
      /** What went wrong and what to change. For you, never for the sender. */
      readonly message: string
    }

const silent = () => {}

/**
 * Verifies one delivery and parses its event.
 *
 * The signature is checked over the raw bytes before anything is parsed. A verified delivery with an unknown name, or
 * with a payload that does not match its name, is an event of the type `unrecognized`.
 *
 * To verify many deliveries, create a receiver instead: it prepares its secrets once.
 *
 * @param delivery - The headers and the raw body of the request.
 * @param options - The secret and the limits.
 * @returns A promise of the event and its context, or of the code that says why the delivery was rejected. It does not
 * reject for anything that a sender sends.
 * @throws TypeError (as a rejection) for an invalid option, such as a bad secret, and for a `rawBody` of a wrong type.
 * @example
 * ```ts
 * import { verifyDelivery } from 'gallabox-webhooks'
 *
 * export async function receive(headers: Headers, rawBody: Uint8Array) {
 *   const result = await verifyDelivery({ headers, rawBody }, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
 *   if (!result.ok) return result.status
 *   console.log(result.event.type)
 *   return 200
 * }
 * ```
 */
export async function verifyDelivery(delivery: Delivery, options: VerifyOptions): Promise<Verification> {
  checkVerifyOptions(options)
  const { code, status, message, event, context } = await createPipeline({ ...options, onOutcome: silent })(delivery)
  if (event && context) return { ok: true, event, context }
  return { ok: false, code: code as RejectionCode, status, message }
}

/** Creates what middleware is built on: it returns the verified delivery, or the response of a rejection. */
export function createDeliveryVerifier(
  options: MiddlewareOptions,
): (delivery: Delivery) => Promise<VerifiedDelivery | WebhookResponse> {
  checkMiddlewareOptions(options)
  const handleDelivery = createPipeline(options)
  return async function verify(delivery) {
    const outcome = await handleDelivery(delivery)
    const { event, context } = outcome
    return event && context ? { event, context } : outcome
  }
}
