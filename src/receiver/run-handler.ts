import type { InFlight } from '../platform/in-flight.js'
import { isPromiseLike, notify, timedOut, withTimeout } from '../platform/promises.js'
import type { Admission } from './admit.js'
import { RunningContext } from './context.js'
import type { Platform } from './delivery.js'
import type { ClaimLostError } from './errors.js'
import type { HeldClaim } from './lease.js'
import type { Handler, ReceiverOptions } from './options.js'
import type { ParsedDelivery } from './parse-delivery.js'

/** How a handler ended. */
export interface HandlerResult {
  readonly code: 'handled' | 'accepted' | 'handler-failed' | 'handler-timeout'
  readonly error?: unknown
  /** What the store failed with once the handler was done, or a claim that was lost while it ran. */
  readonly storeError?: unknown
  /** True where `ack` asked for the response first, but nothing would keep the platform alive. */
  readonly handlerFirst?: true | undefined
}

const handled: HandlerResult = { code: 'handled' }

/** Creates the seventh step: it runs the handler, with a timeout, before or after the response. */
export function createHandlerRunner(
  { ack = 'after-handler', waitUntil }: ReceiverOptions,
  handlerTimeoutMs: number,
  inFlight: InFlight,
) {
  return function runHandler(
    handler: Handler<never>,
    { event, context: verified }: ParsedDelivery,
    { claim }: Admission,
    platform: Platform,
    reportLate: (result: HandlerResult) => void,
  ): HandlerResult | Promise<HandlerResult> {
    const pendingWork: Promise<void>[] = []

    // Only called where it matters: some platforms have to be searched for waitUntil.
    function stopsAfterResponse(): boolean {
      return platform.stopsAfterResponse === true && !(waitUntil ?? platform.waitUntil)
    }
    function keepAlive(work: Promise<unknown>): Promise<void> {
      const done = inFlight.track(work)
      notify(() => (waitUntil ?? platform.waitUntil)?.(done))
      return done
    }

    const context = new RunningContext(verified, (promise) => {
      const work = Promise.resolve(promise).catch((error: unknown) => reportLate({ code: 'handler-failed', error }))
      pendingWork.push(keepAlive(work))
    })

    function callHandler(): HandlerResult | Promise<HandlerResult> {
      try {
        const returned = handler(event as never, context)
        if (isPromiseLike(returned)) return Promise.resolve(returned).then(afterHandler, failed)
        return afterHandler()
      } catch (error) {
        return failed(error)
      }
    }
    function afterHandler(): HandlerResult | Promise<HandlerResult> {
      return withPendingWork(handled)
    }
    function failed(error: unknown): HandlerResult | Promise<HandlerResult> {
      return withPendingWork({ code: 'handler-failed', error })
    }
    // Where nothing runs after the response, pending work belongs to the handler.
    function withPendingWork(result: HandlerResult): HandlerResult | Promise<HandlerResult> {
      return pendingWork.length > 0 && stopsAfterResponse() ? finishPendingWork(result) : result
    }
    async function finishPendingWork(result: HandlerResult): Promise<HandlerResult> {
      while (pendingWork.length > 0) await Promise.all(pendingWork.splice(0))
      return result
    }

    let lostClaim: ClaimLostError | undefined
    let isTimedOut = false

    function onLostClaim(error: ClaimLostError): void {
      context.abortOnLostClaim(error)
      if (isTimedOut) reportLate({ code: 'handler-timeout', storeError: error })
      else lostClaim = error
    }

    function settle(result: HandlerResult): HandlerResult | Promise<HandlerResult> {
      return claim ? settleClaim(claim, result) : result
    }
    async function settleClaim(held: HeldClaim, result: HandlerResult): Promise<HandlerResult> {
      const storeError = await held.settle(result.code === 'handled')
      return { ...result, storeError: isTimedOut ? storeError : (lostClaim ?? storeError) }
    }

    function callInTime(): HandlerResult | Promise<HandlerResult> {
      const running = callHandler()
      return isPromiseLike(running) ? waitInTime(running) : settle(running)
    }
    async function waitInTime(running: Promise<HandlerResult>): Promise<HandlerResult> {
      claim?.keepExtending(onLostClaim)
      const result = await withTimeout(running, handlerTimeoutMs)
      if (result !== timedOut) return settle(result)
      isTimedOut = true
      context.abortOnTimeout()
      keepAlive(running.then(settle).then(reportLate))
      return { code: 'handler-timeout', storeError: lostClaim }
    }

    async function handleFirst(): Promise<HandlerResult> {
      return { ...(await callInTime()), handlerFirst: true }
    }

    if (ack === 'after-handler') return callInTime()
    if (stopsAfterResponse()) return handleFirst()
    keepAlive(nextTask().then(callInTime).then(reportLate))
    return { code: 'accepted' }
  }
}

/** Lets the response go out before the handler's first line runs. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
