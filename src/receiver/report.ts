import { notify } from '../platform/promises.js'
import type { Admission } from './admit.js'
import type { Delivery, Platform, ReceivedDelivery } from './delivery.js'
import { ClaimLostError } from './errors.js'
import type { MiddlewareOptions } from './options.js'
import { messageOf, outcomes } from './outcome.js'
import { type DeliveryResult, hintOf, type OutcomeRecord } from './outcome-record.js'
import type { ParsedDelivery } from './parse-delivery.js'

/** A delivery while it is received: when it arrived, and what is known of it so far. */
export class Arrival {
  parsed: ParsedDelivery | undefined
  admission: Admission | undefined
  #isResponded = false
  #lateReports: (() => void)[] | undefined

  constructor(
    readonly delivery: Delivery,
    readonly platform: Platform,
    /** In milliseconds since the Unix epoch. */
    readonly receivedMs: number,
  ) {}

  /** Runs the reports that had to wait for the response. */
  markResponded(): void {
    this.#isResponded = true
    for (const report of this.#lateReports ?? []) report()
  }

  /** Runs a report now or after the response, whose outcome always comes first. */
  afterResponse(report: () => void): void {
    if (this.#isResponded) report()
    else this.#lateReports = [...(this.#lateReports ?? []), report]
  }
}

/** Reports how a delivery ended. */
export type Report = (arrival: Arrival, result: DeliveryResult, late?: true) => void

/** Creates the reporter of a receiver: `onOutcome`, or the console. */
export function createReporter({ onOutcome, now = Date.now }: MiddlewareOptions): Report {
  if (!onOutcome) return createConsoleReporter()
  return function reportToListener(arrival, result, late) {
    notify(() => onOutcome(recordOf(arrival, result, now(), late), snapshotOf(arrival, result)))
  }
}

function recordOf(arrival: Arrival, result: DeliveryResult, now: number, late?: true): OutcomeRecord {
  const { receivedMs, parsed, admission } = arrival
  const { code, error, storeError } = result
  const { status } = outcomes[code]
  const hint = hintOf(result)
  return {
    code,
    status,
    message: status === 200 ? '' : messageOf(code, hint),
    hint,
    receivedAt: new Date(receivedMs),
    ms: now - receivedMs,
    bytes: parsed ? parsed.context.byteLength : result.rawBody?.byteLength,
    type: parsed?.event.type,
    name: parsed?.context.eventName,
    secretId: parsed?.context.secretId,
    error,
    storeError,
    notDeduplicated: admission?.notDeduplicated,
    undated: admission?.undated,
    handlerFirst: result.handlerFirst,
    late,
  }
}

function snapshotOf({ delivery, parsed }: Arrival, { rawBody }: DeliveryResult): ReceivedDelivery {
  const { method, url, headers } = delivery
  if (!parsed) return { method, url, headers, rawBody }
  // Created only for listeners that read it.
  return {
    method,
    url,
    headers,
    get rawBody() {
      return parsed.context.rawBody
    },
  }
}

/** Prints each problem once per code. A handler's error is printed each time, where no framework reports it. */
function createConsoleReporter(): Report {
  const printed = new Set<string>()

  function printOnce(subject: string, line: string): void {
    if (printed.has(subject)) return
    printed.add(subject)
    print(line)
  }
  function printProblem(result: DeliveryResult, subject: string = result.code): void {
    const { code } = result
    printOnce(subject, `${outcomes[code].status} ${code}: ${hintOf(result)} Run: npx gallabox-webhooks explain ${code}`)
  }

  return function reportToConsole({ platform }, result, late) {
    const { code, error, storeError, handlerFirst } = result
    if (handlerFirst) {
      printOnce('ack', "ack: 'before-handler' has no effect: no waitUntil was found. Pass the option waitUntil.")
    }
    if (storeError instanceof ClaimLostError) {
      printProblem({ code: 'store-failed', hint: storeError.message }, storeError.name)
    } else if (storeError !== undefined) {
      printProblem({ code: 'store-failed' })
    }
    if (code === 'handler-failed') {
      if (late || !platform.reportsErrors) print(`500 ${code}:`, error)
    } else if (outcomes[code].status >= 400 && code !== 'method-not-allowed' && code !== 'in-progress') {
      printProblem(result)
    }
  }
}

function print(line: string, ...errors: unknown[]): void {
  // A log that fails must not change the response.
  notify(() => console.error(`gallabox-webhooks: ${line}`, ...errors))
}
