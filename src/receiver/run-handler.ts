// From a chosen handler to how it ended: guard, acknowledgement, time limit, and work that goes on after the reply.
// It must not know how handlers are chosen, or HTTP.

import { positiveInteger } from '../platform/assert.js'
import type { InFlight } from '../platform/in-flight.js'
import { callSafely, isPromiseLike } from '../platform/promises.js'
import { type DeliveryContext, RunningContext } from './context.js'
import { createGuard, type GuardOptions, type Pass, type Stop } from './idempotency.js'
import type { OutcomeCode } from './outcome.js'
import { awaitHandler, callHandler, type Handler, type HandlerResult } from './select-handler.js'
import type { Verified } from './verify-delivery.js'

/** What a receiver must know of the platform that it runs on. */
export interface Platform {
  /** Keeps the platform alive after the reply until the promise settles. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
  /** True where code may be stopped once the reply is out. Without `waitUntil`, all work is then done before the reply. */
  readonly stopsAfterReply?: boolean | undefined
}

/** How handlers are run. */
export interface DispatchOptions extends GuardOptions {
  /**
   * When to answer. `after-handler`: once the handler is done, so that Gallabox tries again if it failed.
   * `before-handler`: at once; a handler that then fails is only reported. Default: `after-handler`.
   */
  readonly ack?: 'after-handler' | 'before-handler' | undefined
  /** How long a handler may take, in milliseconds. Default: 30 000. */
  readonly handlerTimeoutMs?: number | undefined
  /** The clock, in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** How a genuine delivery ended. */
export interface Ending {
  readonly code: OutcomeCode
  /** Where the table's own message is not enough. */
  readonly message?: string | undefined
  readonly context?: DeliveryContext | undefined
  readonly error?: unknown
  readonly storeError?: unknown
  readonly retryAfterMs?: number | undefined
  /** What the guard said of it. */
  readonly pass?: Pass | undefined
}

/** Hears of what failed beside or after the reply. */
export type ReportLate = (ending: Ending) => void

type Dispatch = (
  handler: Handler<never>,
  verified: Verified,
  platform: Platform,
  reportLate: ReportLate,
) => Ending | Promise<Ending>

/** Checks the options once and returns what runs handlers. */
export function createDispatcher(options: DispatchOptions, inFlight: InFlight) {
  const { ack = 'after-handler', now = Date.now } = options
  if (!/^(after|before)-handler$/.test(ack)) throw new TypeError("ack must be 'after-handler' or 'before-handler'.")
  const handlerTimeoutMs = positiveInteger('handlerTimeoutMs', options.handlerTimeoutMs, 30_000)
  const guard = createGuard(options, handlerTimeoutMs, now)

  const dispatch: Dispatch = (handler, { event, facts }, platform, reportLate) => {
    function keepAlive(work: Promise<unknown>): Promise<void> {
      const done = inFlight.track(work)
      callSafely(() => platform.waitUntil?.(done))
      return done
    }

    // What must be done before the reply, because nothing runs after it: the handler's work is then part of the handler.
    const mustFinish = platform.stopsAfterReply === true && !platform.waitUntil
    const owed: Promise<void>[] = []
    async function finish(ending: HandlerResult | Promise<HandlerResult>): Promise<HandlerResult> {
      const result = await ending
      while (owed.length > 0) await Promise.all(owed.splice(0))
      return result
    }
    function handle(): HandlerResult | Promise<HandlerResult> {
      const ending = callHandler(() => handler(event as never, context))
      return mustFinish && (owed.length > 0 || isPromiseLike(ending)) ? finish(ending) : ending
    }

    const context = new RunningContext(facts, (promise) => {
      const work = Promise.resolve(promise).catch((error: unknown) => {
        // Not waited for: the report waits for the ending, and the ending may wait for this work.
        reportLate({ code: 'handler-failed', error })
      })
      owed.push(keepAlive(work))
    })

    function proceed(pass: Pass | Stop): Ending | Promise<Ending> {
      if ('code' in pass) return { ...pass, context }
      const run = () => conclude(awaitHandler(handle(), handlerTimeoutMs), pass)
      if (ack === 'after-handler' || mustFinish) return run()
      keepAlive(nextTask().then(run).then(reportLate))
      return { code: 'accepted', pass, context }
    }
    // A promise only where one must be waited for: this is on the way of every delivery.
    function conclude(result: HandlerResult | Promise<HandlerResult>, pass: Pass): Ending | Promise<Ending> {
      if (isPromiseLike(result)) return result.then((settled) => conclude(settled, pass))
      const { code, error, stillRunning } = result
      if (stillRunning) {
        context.abort()
        keepAlive(stillRunning.then((late) => conclude(late, pass)).then(reportLate))
      } else if (pass.settle) {
        return pass.settle(code === 'handled').then((storeError) => ({ code, error, storeError, pass, context }))
      }
      return { code, error, pass, context }
    }
    return guard ? guard(event, facts, context).then(proceed) : proceed({})
  }
  return { ack, dispatch }
}

// The reply is on its way before the handler's first line runs.
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
