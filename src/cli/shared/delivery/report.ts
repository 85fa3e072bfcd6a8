import { oneLine, paint, type Terminal } from '../terminal.js'
import { explainAcceptance, explainFailure, isRouteMissing } from './explain-response.js'
import type { OutgoingAttempt, SentDelivery } from './types.js'

export interface DeliveryReportOptions {
  /** The total number of deliveries. Undefined if it cannot be computed in advance. */
  readonly total?: number | undefined
  /** Prints JSON instead of columns. */
  readonly json?: boolean | undefined
  /** True if the deliveries are forged and must be rejected. */
  readonly forged?: boolean | undefined
}

export interface DeliveryReport {
  readonly add: (delivery: SentDelivery) => void
  /** Prints the summary. Returns true if all deliveries had the expected result. */
  readonly end: () => boolean
}

// With more deliveries, only the failures are listed.
const maxListed = 50

/** Creates a report that prints each delivery, and a summary at the end. */
export function createReport(terminal: Terminal, options: DeliveryReportOptions): DeliveryReport {
  const { total, json, forged = false } = options
  const times: number[] = []
  let count = 0
  let failures = 0
  let hasAcceptedForgery = false

  function describeFailures(): string {
    if (!forged) return `${failures} failed`
    return failures === 0 ? 'all rejected' : `${failures} not rejected`
  }

  return {
    add(sentDelivery) {
      // A recorded name is untrusted.
      const delivery = { ...sentDelivery, event: oneLine(sentDelivery.event) }
      const isExpected = hasExpectedResult(delivery, forged)
      count++
      if (!isExpected) failures++
      if (forged && hasHttp2xx(delivery)) hasAcceptedForgery = true
      for (const { status, ms } of delivery.attempts) if (status !== null) times.push(ms)
      if (json) terminal.print(JSON.stringify(delivery))
      else if (!isExpected || (total ?? 0) <= maxListed) terminal.print(formatDelivery(delivery, forged, terminal))
      terminal.progress(`${count}${total === undefined ? '' : ` of ${total}`} sent, ${describeFailures()}`)
    },
    end() {
      if (count > 0) terminal.note(`${count} sent, ${describeFailures()}${formatTimes(times)}`)
      else if (!terminal.signal.aborted) terminal.note('Nothing was sent.')
      if (hasAcceptedForgery)
        terminal.note('Anyone who has the URL can send this too. Verify the signature of every delivery.')
      return count > 0 && failures === 0
    },
  }
}

function hasExpectedResult({ status, attempts }: SentDelivery, forged: boolean): boolean {
  const last = attempts.at(-1)?.status ?? 0
  return forged ? last >= 400 && last < 500 && !isRouteMissing(last) : status === 'SUCCESS'
}

/** Returns true for any 2xx, unlike `status`, which is SUCCESS only for 200. */
function hasHttp2xx({ attempts }: SentDelivery): boolean {
  const last = attempts.at(-1)?.status ?? 0
  return last >= 200 && last < 300
}

function formatDelivery(delivery: SentDelivery, forged: boolean, terminal: Terminal): string {
  const { id, event, createdAt, status, attempts } = delivery
  const last = attempts.at(-1) as OutgoingAttempt
  const isExpected = hasExpectedResult(delivery, forged)
  const columns = [
    id,
    event.padEnd(34),
    createdAt.toISOString(),
    paint(terminal, isExpected ? 'green' : 'red', status.padEnd(7)),
    `${last.status ?? '–'}`.padStart(3),
    `${last.ms} ms`.padStart(8),
    attempts.length > 1 ? `${attempts.length} attempts` : '',
  ]
  const explanation = forged ? explainAcceptance(last) : explainFailure(last)
  return `${columns.join('  ').trimEnd()}${isExpected ? '' : `\n  ${explanation}`}`
}

/** Formats the distribution of the response times. Percentiles use the nearest-rank method. */
function formatTimes(times: number[]): string {
  if (times.length < 2) return ''
  times.sort((a, b) => a - b)
  const getPercentile = (share: number) => times[Math.max(0, Math.ceil(share * times.length) - 1)] as number
  const percentiles = [
    ['min', 0],
    ['median', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
    ['max', 1],
  ] as const
  return `; response times in ms: ${percentiles.map(([name, share]) => `${name} ${getPercentile(share)}`).join(', ')}`
}
