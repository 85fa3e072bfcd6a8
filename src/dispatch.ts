// From a chosen handler to how it ended: guard, acknowledgement, time limit, and work that goes on after the reply.
// It must not know how handlers are chosen, or HTTP.
import { type DeliveryContext, RunningContext } from './context.js'
import type { Verified } from './delivery.js'
import { createGuard, type GuardOptions, type Pass } from './guard.js'
import { type Handler, type HandlerResult, runHandler } from './handlers.js'
import { positiveInteger } from './internal/assert.js'
import type { InFlight } from './internal/in-flight.js'
import { callSafely } from './internal/promises.js'
import type { OutcomeCode } from './outcome.js'

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
) => Promise<Ending>

/** Checks the options once and returns what runs handlers. */
export function createDispatcher(options: DispatchOptions, inFlight: InFlight) {
  const { ack = 'after-handler', now = Date.now } = options
  if (!/^(after|before)-handler$/.test(ack)) throw new TypeError("ack must be 'after-handler' or 'before-handler'.")
  const handlerTimeoutMs = positiveInteger('handlerTimeoutMs', options.handlerTimeoutMs, 30_000)
  const guard = createGuard(options, handlerTimeoutMs, now)

  const dispatch: Dispatch = async (handler, { event, facts }, platform, reportLate) => {
    function keepAlive(work: Promise<unknown>): Promise<void> {
      const done = inFlight.track(work)
      callSafely(() => platform.waitUntil?.(done))
      return done
    }

    // What must be done before the reply, because nothing runs after it: the handler's work is then part of the handler.
    const owed: Promise<void>[] = []
    async function handleAll(): Promise<void> {
      try {
        await handler(event as never, context)
      } finally {
        while (owed.length > 0) await Promise.all(owed.splice(0))
      }
    }
    const mustFinish = platform.stopsAfterReply === true && !platform.waitUntil
    const handle = mustFinish ? handleAll : () => handler(event as never, context)

    const context = new RunningContext(facts, (promise) => {
      const work = Promise.resolve(promise).catch((error: unknown) => reportLate({ code: 'handler-failed', error }))
      owed.push(keepAlive(work))
    })

    const entered = guard ? await guard(event, facts, context) : {}
    if ('code' in entered) return { ...entered, context }
    const pass: Pass = entered

    async function run(): Promise<Ending> {
      const { stillRunning, ...result } = await runHandler(handle, handlerTimeoutMs)
      if (stillRunning) {
        context.abort()
        keepAlive(stillRunning.then(conclude).then(reportLate))
        return { ...result, pass, context }
      }
      return conclude(result)
    }
    async function conclude({ code, error }: HandlerResult): Promise<Ending> {
      const storeError = pass.settle && (await pass.settle(code === 'handled'))
      return { code, error, storeError, pass, context }
    }

    if (ack === 'before-handler' && !mustFinish) {
      keepAlive(nextTask().then(run).then(reportLate))
      return { code: 'accepted', pass, context }
    }
    return run()
  }
  return { ack, dispatch }
}

// The reply is on its way before the handler's first line runs.
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
