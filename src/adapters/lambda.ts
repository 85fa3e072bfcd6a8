/**
 * Adapter for AWS Lambda behind API Gateway (v1 and v2), a function URL or a load balancer.
 *
 * @module gallabox-webhooks/lambda
 */
import { bytesOfBinary } from '../platform/bytes.js'
import type { Delivery } from '../receiver/delivery.js'
import { BodyError, HandlerError } from '../receiver/errors.js'
import type { ReceiverOptions } from '../receiver/options.js'
import { type Receiver, toReceiver } from '../receiver/receiver.js'
import { assertRunsAfterResponse } from './acknowledgement.js'
import { assertHttpEvent } from './lambda-event.js'

/** The part of a proxy event that is used: `httpMethod` and `multiValueHeaders` of v1, `requestContext.http` of v2. */
export interface LambdaEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null | undefined
  readonly httpMethod?: string | undefined
  readonly requestContext?: object | undefined
  /** Path and query of v2. */
  readonly rawPath?: string | undefined
  readonly rawQueryString?: string | undefined
  /** Path of v1 and of load balancers. */
  readonly path?: string | undefined
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
}

/** What the handler resolves to. */
export interface LambdaResult {
  readonly statusCode: number
  readonly headers?: Record<string, string>
  /** In place of `headers`, for a load balancer that sends lists of values and ignores the other form. */
  readonly multiValueHeaders?: Record<string, string[]>
  readonly body: string
}

/** A Lambda handler, as `export const handler`. */
export type LambdaHandler = (event: LambdaEvent, context?: unknown) => Promise<LambdaResult>

/**
 * Creates a Lambda handler that receives webhooks.
 *
 * It rejects with a {@link HandlerError} when a handler throws: Lambda counts the error, and the gateway responds 502, so
 * that Gallabox retries. Work given to `context.waitUntil` finishes before the response, because Lambda stops after it.
 *
 * An event that is not an HTTP request, such as a message of SQS, rejects with a TypeError, so that its source keeps it.
 *
 * @param optionsOrReceiver - Options, or an existing receiver.
 * @throws TypeError for an invalid option, such as a bad secret, and for `ack: 'before-handler'`, because nothing runs after
 * the response.
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
  assertRunsAfterResponse(receiver, () => true)
  return async function gallaboxWebhook(event) {
    assertHttpEvent(event)
    const outcome = await receiver.receive(toDelivery(event), { stopsAfterResponse: true, reportsErrors: true })
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    const { status: statusCode, headers, body } = outcome
    if (hasAny(event.headers) || !hasAny(event.multiValueHeaders)) return { statusCode, headers: { ...headers }, body }
    const lists = Object.entries(headers).map(([name, value]) => [name, [value]])
    return { statusCode, multiValueHeaders: Object.fromEntries(lists), body }
  }
}

function toDelivery(event: LambdaEvent): Delivery {
  const context = event.requestContext as { http?: { method?: string } } | undefined
  return {
    method: event.httpMethod ?? context?.http?.method,
    url: urlOf(event),
    headers: hasAny(event.multiValueHeaders) ? event.multiValueHeaders : (event.headers ?? {}),
    rawBody: ({ maxBytes }) => readBody(event, maxBytes),
  }
}

function urlOf({ rawPath, rawQueryString, path }: LambdaEvent): string | undefined {
  return rawPath !== undefined && rawQueryString ? `${rawPath}?${rawQueryString}` : (rawPath ?? path)
}

function hasAny<T extends object>(headers: T | null | undefined): headers is T {
  return Object.keys(headers ?? {}).length > 0
}

function readBody({ body, isBase64Encoded }: LambdaEvent, maxBytes: number): string | Uint8Array {
  const text = body ?? ''
  if (typeof text !== 'string') throw new BodyError('body-already-parsed', 'Let no middleware parse event.body.')
  if (!isBase64Encoded) return text
  if ((text.length / 4) * 3 - 2 > maxBytes) throw new BodyError('body-too-large')
  return bytesOfBinary(atob(text))
}
