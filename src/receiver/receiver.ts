// createReceiver: the whole way of a delivery. After the first half: select, guard, dispatch, reply.
// It must not know frameworks.

import type { GallaboxEvent } from '../events/event.js'
import type { EventType } from '../events/event-map.js'
import { assertFunction, positiveInteger } from '../platform/assert.js'
import { createInFlight } from '../platform/in-flight.js'
import { callSafely, isPromiseLike } from '../platform/promises.js'
import { type DeliveryContext, VerifiedContext } from './context.js'
import { messageOf, type OutcomeCode, type RejectionCode, type Reply, replyOf } from './outcome.js'
import { createDispatcher, type DispatchOptions, type Ending, type Platform, type ReportLate } from './run-handler.js'
import { createHandlerSelector, type Handlers } from './select-handler.js'
import {
  createVerifier,
  type Delivery,
  type Rejected,
  type Verified,
  type VerifyDeliveryOptions,
} from './verify-delivery.js'

/** How deliveries are verified and reported: the options that receivers and middleware share. */
export interface VerificationOptions extends VerifyDeliveryOptions {
  /**
   * Hears how each delivery ended. What it throws or rejects with changes no reply.
   * A delivery that ended twice (its handler failed after the reply) is heard twice, the second time as `late`.
   */
  readonly onOutcome?: ((record: OutcomeRecord) => unknown) | undefined
  /** Hears of each refusal, with the delivery. For development: the delivery holds the body and the headers. */
  readonly onRejected?: ((rejection: Rejection) => unknown) | undefined
  /** The clock, in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** The options of a receiver, and of every adapter's handler. */
export interface ReceiverOptions extends VerificationOptions, Handlers, DispatchOptions {}

/** How one delivery ended. It never holds a secret, a body or a header's value, save the event's name. */
export interface OutcomeRecord {
  readonly code: OutcomeCode
  /** The HTTP status of the reply. */
  readonly status: number
  /** What went wrong and what to change; empty where nothing did. */
  readonly message: string
  readonly receivedAt: Date
  /** Milliseconds since the delivery came. */
  readonly ms: number
  /** Size of the body, if it was read. */
  readonly bytes?: number | undefined
  /** The event's type, once the delivery is known to be genuine. */
  readonly type?: EventType | 'unrecognized' | undefined
  /** What the header `x-event-name` said, once the delivery is known to be genuine. */
  readonly name?: string | null | undefined
  /** Which secret matched. */
  readonly secretId?: string | undefined
  /** What the handler, the secret's function, the body's stream or, for `store-failed`, the store failed with. */
  readonly error?: unknown
  /** What the store failed with after the handler was done: a copy of the delivery may run again. */
  readonly storeError?: unknown
  /** True where idempotency is on, but not for this delivery: its kind can honestly repeat, or `key` gave null. */
  readonly unguarded?: true | undefined
  /** True where `maxAgeMs` is set, but the event is none that is known to say when it was sent. */
  readonly undated?: true | undefined
  /** True on a second record: of a handler, or of work given to `waitUntil`, that failed beside or after the reply. */
  readonly late?: true | undefined
}

/** A refusal, for `onRejected`. */
export interface Rejection {
  readonly code: RejectionCode
  readonly message: string
  /** The delivery. Its `rawBody` is the bytes if they were read, else what the platform gave. */
  readonly delivery: Delivery
}

/** How a delivery ended, and the reply to send. */
export interface Outcome extends Reply {
  readonly code: OutcomeCode
  /** What went wrong and what to change: for you, never for the sender. Empty where nothing did. */
  readonly message: string
  readonly event?: GallaboxEvent | undefined
  readonly context?: DeliveryContext | undefined
  /** What the handler, the secret's function or the body's stream failed with. */
  readonly error?: unknown
}

/** What middleware passes on: a genuine event, and what else is known of its delivery. */
export interface VerifiedDelivery {
  readonly event: GallaboxEvent
  readonly context: DeliveryContext
}

/** Takes deliveries, one by one, all the way to the reply. */
export interface Receiver {
  readonly ack: 'after-handler' | 'before-handler'
  /** Takes one delivery. It rejects only for a raw body that is no bytes, never for what a stranger sends. */
  receive(delivery: Delivery, platform?: Platform): Promise<Outcome>
  /**
   * Waits for deliveries that are under way, bodies still being read and `waitUntil` work included, for a clean shutdown.
   * Default: 10 000 ms. Resolves to false if they took longer.
   *
   * A framework that does more after the handler, such as compressing, needs its own shutdown besides: `server.close()`.
   */
  drain(timeoutMs?: number): Promise<boolean>
}

/**
 * Creates a receiver: what every adapter's handler is made of, and what to use where there is no adapter.
 *
 * @throws TypeError for an option that is wrong: a bad secret, no handler, an unknown or repeated event name.
 * @example
 * ```ts
 * import { createReceiver } from 'gallabox-webhooks'
 *
 * const receiver = createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET ?? 'a secret for this example',
 *   on: {
 *     'Message.received': (event) => console.log(event.data.whatsapp?.text?.body),
 *   },
 * })
 * const outcome = await receiver.receive({ method: 'POST', headers: {}, rawBody: '{}' })
 * console.log(outcome.status, outcome.code) // 401 signature-missing
 * ```
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const select = createHandlerSelector(options)
  const inFlight = createInFlight()
  const { ack, dispatch } = createDispatcher(options, inFlight)
  const walk = createWalk(options, (verified, platform, reportLate) => {
    const handler = select(verified.event)
    return typeof handler === 'string' ? { code: handler } : dispatch(handler, verified, platform, reportLate)
  })

  return {
    ack,
    receive(delivery, platform) {
      const outcome = walk(delivery, platform)
      inFlight.track(outcome)
      return outcome
    },
    drain: (timeoutMs) => inFlight.idle(positiveInteger('timeoutMs', timeoutMs, 10_000)),
  }
}

/** Creates what middleware is made of: the walk that ends with the verified delivery, or with the reply of a refusal. */
export function createVerificationWalk(
  options: VerificationOptions,
): (delivery: Delivery) => Promise<VerifiedDelivery | Reply> {
  const walk = createWalk(options, ({ facts }) => ({ code: 'verified', context: new VerifiedContext(facts) }))
  return async function verify(delivery) {
    const outcome = await walk(delivery)
    if (outcome.code !== 'verified') return outcome
    const { event, context } = outcome as VerifiedDelivery
    return { event, context }
  }
}

/** Takes a receiver, or the options to make one. */
export function toReceiver(optionsOrReceiver: ReceiverOptions | Receiver): Receiver {
  return 'receive' in optionsOrReceiver ? optionsOrReceiver : createReceiver(optionsOrReceiver)
}

type SecondHalf = (verified: Verified, platform: Platform, reportLate: ReportLate) => Ending | Promise<Ending>

function createWalk(options: VerificationOptions, finish: SecondHalf) {
  const verify = createVerifier(options)
  const { onOutcome, onRejected, now = Date.now } = options
  assertFunction('onOutcome', onOutcome)
  assertFunction('onRejected', onRejected)
  assertFunction('now', now)

  function conclude(result: Verified | Rejected, receivedAt: Date, ending: Ending, late?: true): Outcome {
    const { event, name, facts } = result
    const { code, context, error, storeError, pass } = ending
    const { status, headers, body } = replyOf(code, ending.retryAfterMs)
    const message = status === 200 ? '' : (ending.message ?? messageOf(code))
    if (onOutcome) {
      callSafely(() => {
        const ms = now() - receivedAt.getTime()
        const bytes = (result.ok ? result.facts : result).rawBody?.byteLength
        const type = event?.type
        const secretId = facts?.secretId
        const ended = { code, status, message, receivedAt, ms, bytes, type, name, secretId, error, late }
        return onOutcome({ ...ended, storeError, unguarded: pass?.unguarded, undated: pass?.undated })
      })
    }
    return { code, status, headers, body, message, event, context, error }
  }

  // Not asynchronous itself: it is on the way of every delivery, and one promise is enough for both halves.
  return function walk(delivery: Delivery, platform: Platform = {}): Promise<Outcome> {
    const receivedAt = new Date(now())
    return verify(delivery, receivedAt).then((result) => {
      if (!result.ok) {
        if (onRejected) callSafely(() => onRejected(rejectionOf(result, delivery)))
        return conclude(result, receivedAt, result)
      }
      const ending = finish(result, platform, async (late) => {
        // Work that fails while the handler still runs is heard after it: the first record is always the reply's.
        await ending
        if (late.code !== 'handled' || late.storeError) conclude(result, receivedAt, late, true)
      })
      return isPromiseLike(ending)
        ? ending.then((ended) => conclude(result, receivedAt, ended))
        : conclude(result, receivedAt, ending)
    })
  }
}

function rejectionOf({ code, message = messageOf(code), rawBody }: Rejected, delivery: Delivery): Rejection {
  return { code, message, delivery: rawBody ? { ...delivery, rawBody } : delivery }
}
