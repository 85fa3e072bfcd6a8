import type { GallaboxEvent } from '../events/event.js'
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

/** What all calls of a receiver's handlers have in common. */
interface RunnerSettings {
  readonly ack: 'after-handler' | 'before-handler'
  readonly waitUntil: ReceiverOptions['waitUntil']
  readonly handlerTimeoutMs: number
  readonly inFlight: InFlight
}

const handled: HandlerResult = { code: 'handled' }

/** Creates the seventh step: it runs the handler, with a timeout, before or after the response. */
export function createHandlerRunner(
  { ack = 'after-handler', waitUntil }: ReceiverOptions,
  handlerTimeoutMs: number,
  inFlight: InFlight,
) {
  const settings: RunnerSettings = { ack, waitUntil, handlerTimeoutMs, inFlight }

  return function runHandler(
    handler: Handler<never>,
    parsed: ParsedDelivery,
    { claim, notDeduplicated }: Admission,
    platform: Platform,
    reportLate: (result: HandlerResult) => void,
  ): HandlerResult | Promise<HandlerResult> {
    return new HandlerRun(settings, handler, parsed, notDeduplicated ? null : claim, platform, reportLate).start()
  }
}

/** One run of a handler. A class, because most deliveries need few of these methods, and closures would cost each one. */
class HandlerRun {
  readonly #settings: RunnerSettings
  readonly #handler: Handler<never>
  readonly #event: GallaboxEvent
  readonly #context: RunningContext
  readonly #claim: HeldClaim | null | undefined
  readonly #platform: Platform
  readonly #reportLate: (result: HandlerResult) => void
  #pendingWork: Promise<void>[] | undefined
  #lostClaim: ClaimLostError | undefined
  #isTimedOut = false

  constructor(
    settings: RunnerSettings,
    handler: Handler<never>,
    { event, context }: ParsedDelivery,
    claim: HeldClaim | null | undefined,
    platform: Platform,
    reportLate: (result: HandlerResult) => void,
  ) {
    this.#settings = settings
    this.#handler = handler
    this.#event = event
    this.#context = new RunningContext(context, claim === null ? null : claim?.details, (promise) =>
      this.#addWork(promise),
    )
    this.#claim = claim
    this.#platform = platform
    this.#reportLate = reportLate
  }

  start(): HandlerResult | Promise<HandlerResult> {
    if (this.#settings.ack === 'after-handler') return this.#callInTime()
    if (this.#stopsAfterResponse()) return this.#handleFirst()
    this.#keepAlive(
      nextTask()
        .then(() => this.#callInTime())
        .then(this.#reportLate),
    )
    return { code: 'accepted' }
  }

  #callInTime(): HandlerResult | Promise<HandlerResult> {
    const running = this.#callHandler()
    return isPromiseLike(running) ? this.#waitInTime(running) : this.#settle(running)
  }

  async #handleFirst(): Promise<HandlerResult> {
    return { ...(await this.#callInTime()), handlerFirst: true }
  }

  #callHandler(): HandlerResult | Promise<HandlerResult> {
    try {
      const returned = this.#handler(this.#event as never, this.#context)
      if (isPromiseLike(returned)) return this.#waitForHandler(returned)
      return this.#finish(handled)
    } catch (error) {
      return this.#finish({ code: 'handler-failed', error })
    }
  }

  async #waitForHandler(returned: PromiseLike<unknown>): Promise<HandlerResult> {
    try {
      await returned
    } catch (error) {
      return this.#finish({ code: 'handler-failed', error })
    }
    return this.#finish(handled)
  }

  /** Where nothing runs after the response, pending work belongs to the handler. */
  #finish(result: HandlerResult): HandlerResult | Promise<HandlerResult> {
    return this.#pendingWork && this.#stopsAfterResponse() ? this.#finishWork(this.#pendingWork, result) : result
  }

  async #finishWork(pendingWork: Promise<void>[], result: HandlerResult): Promise<HandlerResult> {
    while (pendingWork.length > 0) await Promise.all(pendingWork.splice(0))
    return result
  }

  async #waitInTime(running: Promise<HandlerResult>): Promise<HandlerResult> {
    this.#claim?.keepExtending((error) => this.#onLostClaim(error))
    const result = await withTimeout(running, this.#settings.handlerTimeoutMs)
    if (result !== timedOut) return this.#settle(result)
    this.#isTimedOut = true
    this.#context.abortOnTimeout()
    this.#keepAlive(running.then((late) => this.#settle(late)).then(this.#reportLate))
    return { code: 'handler-timeout', storeError: this.#lostClaim }
  }

  #onLostClaim(error: ClaimLostError): void {
    this.#context.abortOnLostClaim(error)
    if (this.#isTimedOut) this.#reportLate({ code: 'handler-timeout', storeError: error })
    else this.#lostClaim = error
  }

  #settle(result: HandlerResult): HandlerResult | Promise<HandlerResult> {
    return this.#claim ? this.#settleClaim(this.#claim, result) : result
  }

  async #settleClaim(claim: HeldClaim, result: HandlerResult): Promise<HandlerResult> {
    const storeError = await claim.settle(result.code === 'handled')
    return { ...result, storeError: this.#isTimedOut ? storeError : (this.#lostClaim ?? storeError) }
  }

  /** Adds work given to the handler's `waitUntil`. */
  #addWork(promise: PromiseLike<unknown>): void {
    const work = Promise.resolve(promise).catch((error: unknown) => this.#reportLate({ code: 'handler-failed', error }))
    this.#pendingWork ??= []
    this.#pendingWork.push(this.#keepAlive(work))
  }

  #keepAlive(work: Promise<unknown>): Promise<void> {
    const done = this.#settings.inFlight.track(work)
    notify(() => (this.#settings.waitUntil ?? this.#platform.waitUntil)?.(done))
    return done
  }

  // Only called where it matters: some platforms have to be searched for waitUntil.
  #stopsAfterResponse(): boolean {
    return this.#platform.stopsAfterResponse === true && !(this.#settings.waitUntil ?? this.#platform.waitUntil)
  }
}

/** Lets the response go out before the handler's first line runs. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
