import { integerOption } from '../platform/check-options.js'
import { createInFlight } from '../platform/in-flight.js'
import { isPromiseLike } from '../platform/promises.js'
import { createAdmission } from './admit.js'
import { createHeaderCheck } from './check-headers.js'
import { assertDelivery, type Delivery, type Platform } from './delivery.js'
import { checkReceiverOptions, type MiddlewareOptions, type ReceiverOptions } from './options.js'
import { DeliveryOutcome, type DeliveryResult, type Outcome } from './outcome-record.js'
import { parseDelivery } from './parse-delivery.js'
import { createBodyReader } from './read-body.js'
import { Arrival, createReporter } from './report.js'
import { createHandlerRunner } from './run-handler.js'
import { createHandlerSelector } from './select-handler.js'
import { createBodyVerifier } from './verify-body.js'

/** Receives deliveries: from the headers of a request to its response. */
export interface Receiver {
  /** When it responds, as set in its options. */
  readonly ack: 'after-handler' | 'before-handler'
  /**
   * Receives one delivery, and returns a promise of its outcome: the response to send, and the code for you. It rejects
   * only for a `rawBody` of a wrong type, never for anything that a sender sends.
   */
  receive(delivery: Delivery, platform?: Platform): Promise<Outcome>
  /**
   * Waits until all deliveries and their `waitUntil` work are done, for a clean shutdown. Close the server first. Resolves
   * to true when all are done, and to false after `timeoutMs`. Default: 10 000 ms.
   */
  drain(timeoutMs?: number): Promise<boolean>
}

/**
 * Creates a receiver. Every adapter's handler is built on one. Use it directly where there is no adapter.
 *
 * @throws TypeError for an invalid option: a bad secret, an unknown option, no handler, an unknown or repeated event name.
 * @example
 * ```ts
 * import { createReceiver, messageText } from 'gallabox-webhooks'
 *
 * const receiver = createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET ?? 'a secret for this example',
 *   on: {
 *     'Message.Received': (event) => console.log(event.type, messageText(event)),
 *   },
 * })
 * const outcome = await receiver.receive({ method: 'POST', headers: {}, rawBody: '{}' })
 * console.log(outcome.status, outcome.code) // 401 signature-missing
 * ```
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  checkReceiverOptions(options)
  const { ack = 'after-handler', now = Date.now } = options
  const handlerTimeoutMs = integerOption('handlerTimeoutMs', options.handlerTimeoutMs, 30_000)
  const inFlight = createInFlight()
  const handleDelivery = createPipeline(options, {
    selectHandler: createHandlerSelector(options),
    admit: createAdmission(options, now),
    runHandler: createHandlerRunner(options, handlerTimeoutMs, inFlight),
  })

  return {
    ack,
    receive(delivery, platform) {
      const outcome = handleDelivery(delivery, platform)
      inFlight.track(outcome)
      return outcome
    },
    drain: (timeoutMs) => inFlight.idle(integerOption('timeoutMs', timeoutMs, 10_000)),
  }
}

/** Returns a receiver as it is, and creates one from options. */
export function toReceiver(optionsOrReceiver: ReceiverOptions | Receiver): Receiver {
  return isReceiver(optionsOrReceiver) ? optionsOrReceiver : createReceiver(optionsOrReceiver)
}

function isReceiver(value: ReceiverOptions | Receiver): value is Receiver {
  return typeof (value as Receiver | undefined)?.receive === 'function'
}

/** The steps after a delivery is verified. Middleware has none. */
interface HandlingSteps {
  readonly selectHandler: ReturnType<typeof createHandlerSelector>
  readonly admit: ReturnType<typeof createAdmission>
  readonly runHandler: ReturnType<typeof createHandlerRunner>
}

/** Creates the request lifecycle. It ends once the delivery is verified where no steps of handling are given. */
export function createPipeline(options: MiddlewareOptions, handling?: HandlingSteps) {
  const { now = Date.now } = options
  const maxBytes = integerOption('maxBodyBytes', options.maxBodyBytes, 1024 * 1024, Number.MAX_SAFE_INTEGER)
  const timeoutMs = integerOption('bodyTimeoutMs', options.bodyTimeoutMs, 10_000)
  const checkHeaders = createHeaderCheck(options, maxBytes)
  const readBody = createBodyReader(Object.freeze({ maxBytes, timeoutMs }))
  const verifyBody = createBodyVerifier(options, timeoutMs)
  const report = createReporter(options)

  /**
   * The request lifecycle of every delivery: each step either passes it on or ends it with an outcome code. A step whose
   * result is there at once is not awaited, because each `await` costs more than most steps (measured).
   */
  async function handleDelivery(delivery: Delivery, platform: Platform = {}): Promise<Outcome> {
    assertDelivery(delivery)
    const arrival = new Arrival(delivery, platform, now())

    let headers = checkHeaders(delivery)
    if (isPromiseLike(headers)) headers = await headers
    if (!headers.ok) return respond(arrival, headers)

    let body = readBody(delivery)
    if (isPromiseLike(body)) body = await body
    if (!body.ok) return respond(arrival, body)

    let verified = verifyBody(delivery, headers.digest, body.received, arrival.receivedMs)
    if (isPromiseLike(verified)) verified = await verified
    if (!verified.ok) return respond(arrival, verified)

    const parsed = parseDelivery(verified)
    if (!parsed.ok) return respond(arrival, parsed)
    arrival.parsed = parsed
    if (!handling) return respond(arrival, { code: 'verified' })

    const selected = handling.selectHandler(parsed.event)
    if (!selected.ok) return respond(arrival, selected)

    let admission = handling.admit(parsed)
    if (isPromiseLike(admission)) admission = await admission
    if (!admission.ok) return respond(arrival, admission)
    arrival.admission = admission

    let result = handling.runHandler(selected.handler, parsed, admission, platform, (late) => reportLate(arrival, late))
    if (isPromiseLike(result)) result = await result
    return respond(arrival, result)
  }

  function respond(arrival: Arrival, result: DeliveryResult): Outcome {
    report(arrival, result)
    arrival.markResponded()
    return new DeliveryOutcome(result, arrival.parsed)
  }

  function reportLate(arrival: Arrival, result: DeliveryResult): void {
    if (result.code === 'handled' && !result.storeError) return
    arrival.afterResponse(() => report(arrival, result, true))
  }

  return handleDelivery
}
