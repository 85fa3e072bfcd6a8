/**
 * AWS Lambda behind API Gateway (v1 and v2), a function URL or a load balancer.
 *
 * @module gallabox-webhooks/lambda
 */
// It only translates: the event into a delivery, the outcome into a result.

import { bytesOfBinary } from '../platform/bytes.js'
import { BodyError, HandlerError } from '../receiver/errors.js'
import { type Receiver, type ReceiverOptions, toReceiver } from '../receiver/receiver.js'
import type { Delivery } from '../receiver/verify-delivery.js'
import { bytesGone } from './node-body.js'

/** The part of a proxy event that is used: `httpMethod` and `multiValueHeaders` of v1, `requestContext.http` of v2. */
export interface LambdaEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null | undefined
  readonly httpMethod?: string | undefined
  readonly requestContext?: object | undefined
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
}

/** What the handler gives back. */
export interface LambdaResult {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** The handler, as `export const handler` takes it. */
export type LambdaHandler = (event: LambdaEvent, context?: unknown) => Promise<LambdaResult>

/**
 * Creates a Lambda handler that receives webhooks.
 *
 * It rejects when a handler throws, with a {@link HandlerError}: Lambda counts the error, and the gateway answers 502, so
 * that Gallabox tries again. Work given to `context.waitUntil` is done before the reply, because Lambda stops after it.
 *
 * @throws TypeError for an option that is wrong: above all a bad secret, and `ack: 'before-handler'`, since nothing runs
 * after the reply.
 * @example
 * ```ts
 * import { webhookHandler } from 'gallabox-webhooks/lambda'
 *
 * export const handler = webhookHandler({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type),
 * })
 * ```
 */
export function webhookHandler(optionsOrReceiver: ReceiverOptions | Receiver): LambdaHandler {
  const receiver = toReceiver(optionsOrReceiver)
  if (receiver.ack === 'before-handler') {
    throw new TypeError(
      "ack: 'before-handler' loses events on Lambda, which stops after the reply. Leave ack out, or hand the event to a queue.",
    )
  }
  return async function gallaboxWebhook(event) {
    const outcome = await receiver.receive(toDelivery(event), { stopsAfterReply: true })
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    return { statusCode: outcome.status, headers: { ...outcome.headers }, body: outcome.body }
  }
}

function toDelivery(event: LambdaEvent): Delivery {
  const context = event.requestContext as { http?: { method?: string } } | undefined
  return {
    method: event.httpMethod ?? context?.http?.method,
    headers: hasAny(event.multiValueHeaders) ? unwrapSingles(event.multiValueHeaders) : (event.headers ?? {}),
    rawBody: ({ limitBytes }) => readBody(event, limitBytes),
  }
}

function hasAny<T extends object>(headers: T | null | undefined): headers is T {
  return Object.keys(headers ?? {}).length > 0
}

// v1 gives every header as a list; a list of one came once.
function unwrapSingles(headers: NonNullable<LambdaEvent['multiValueHeaders']>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name, values?.length === 1 ? values[0] : values]),
  )
}

function readBody({ body, isBase64Encoded }: LambdaEvent, limitBytes: number): string | Uint8Array {
  const text = body ?? ''
  if (typeof text !== 'string') throw bytesGone('body-already-parsed', 'Let no middleware parse event.body.')
  if (!isBase64Encoded) return text
  if ((text.length / 4) * 3 - 2 > limitBytes) throw new BodyError('body-too-large')
  return bytesOfBinary(atob(text))
}
