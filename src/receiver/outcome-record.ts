import type { GallaboxEvent } from '../events/event.js'
import type { EventType } from '../events/event-map.js'
import type { DeliveryContext } from './context.js'
import { messageOf, type OutcomeCode, outcomes } from './outcome.js'
import type { ParsedDelivery } from './parse-delivery.js'
import { responseFor, type WebhookResponse } from './response.js'

/** How one delivery ended. Safe to log: no secret, no body, and no header value except the event name. */
export interface OutcomeRecord {
  /** The outcome code. `npx gallabox-webhooks explain CODE` prints its cause and fix. */
  readonly code: OutcomeCode
  /** The HTTP status of the response. */
  readonly status: number
  /** The code in words, followed by the hint. Empty where nothing went wrong. */
  readonly message: string
  /** What to change. Empty where nothing went wrong. */
  readonly hint: string
  /** When the delivery arrived. */
  readonly receivedAt: Date
  /** How long the delivery took, in milliseconds. */
  readonly ms: number
  /** The size of the body in bytes, if it was read. */
  readonly bytes?: number | undefined
  /** The type of the event, once the delivery is verified. */
  readonly type?: EventType | 'unrecognized' | undefined
  /** The value of the header `x-event-name`, once the delivery is verified. */
  readonly name?: string | null | undefined
  /** Which secret matched. */
  readonly secretId?: string | undefined
  /** What the handler, the secret function, the body stream or, for `store-failed`, the store failed with. */
  readonly error?: unknown
  /** What the store failed with after the handler was done, or a claim that was lost. The delivery may run again. */
  readonly storeError?: unknown
  /** True where `idempotency` is on, but not for this delivery: its event can repeat, or `key` returned null. */
  readonly notDeduplicated?: true | undefined
  /** True where `maxAgeMs` is set, but the event has no time of sending. */
  readonly undated?: true | undefined
  /** True where `ack` is `'before-handler'`, but no `waitUntil` was found, so that the handler ran before the response. */
  readonly handlerFirst?: true | undefined
  /** True on a second outcome: the handler, or work given to `waitUntil`, failed after the response. */
  readonly late?: true | undefined
}

/** How a delivery ended, and the response to send. */
export interface Outcome extends WebhookResponse {
  /** The outcome code. */
  readonly code: OutcomeCode
  /** The code in words, followed by the hint. For you, never for the sender. Empty where nothing went wrong. */
  readonly message: string
  /** What to change. Empty where nothing went wrong. */
  readonly hint: string
  /** The event, once the delivery is verified. `inspect()` and `JSON.stringify()` do not show it. */
  readonly event?: GallaboxEvent | undefined
  /** The context, once the delivery is verified. `inspect()` and `JSON.stringify()` do not show it. */
  readonly context?: DeliveryContext | undefined
  /** What the handler, the secret function, the body stream or the store failed with. */
  readonly error?: unknown
}

/** What a step, or the handler, says about how a delivery ended. */
export interface DeliveryResult {
  readonly code: OutcomeCode
  /** What to change, where the hint of the code is not enough. */
  readonly hint?: string | undefined
  readonly rawBody?: Uint8Array | undefined
  readonly error?: unknown
  readonly storeError?: unknown
  readonly retryAfterMs?: number | undefined
  readonly handlerFirst?: true | undefined
}

/** Keeps the event in a private field, where `inspect()` and `JSON.stringify()` do not show it. */
export class DeliveryOutcome implements Outcome {
  readonly code: OutcomeCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly hint: string
  readonly error: unknown
  readonly #parsed: ParsedDelivery | undefined

  constructor(result: DeliveryResult, parsed: ParsedDelivery | undefined) {
    const { status, headers, body } = responseFor(result.code, result.retryAfterMs)
    this.code = result.code
    this.status = status
    this.headers = headers
    this.body = body
    this.hint = hintOf(result)
    this.error = result.error
    this.#parsed = parsed
  }

  get message(): string {
    return this.status === 200 ? '' : messageOf(this.code, this.hint)
  }

  get event(): GallaboxEvent | undefined {
    return this.#parsed?.event
  }

  get context(): DeliveryContext | undefined {
    return this.#parsed?.context
  }
}

/** Returns what to change: the result's own hint, or the one of its code. */
export function hintOf({ code, hint = outcomes[code].hint }: DeliveryResult): string {
  return hint
}
