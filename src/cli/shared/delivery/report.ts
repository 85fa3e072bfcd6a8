import { oneLine, type Terminal } from '../terminal.js'
import { getLabelWidth, getResult, type SendResult } from './result.js'
import { createResultTable } from './table.js'
import { formatTimes } from './times.js'
import type { PendingRetry, SentDelivery } from './types.js'

export interface DeliveryReportOptions {
  /** The total number of deliveries. Undefined if it cannot be computed in advance. */
  readonly total?: number | undefined
  /** The event names, for the width of their column. Default: the width of the longest known name. */
  readonly events?: readonly string[] | undefined
  /** Prints JSON instead of a table. */
  readonly json?: boolean | undefined
  /** True if the deliveries are forged and must be rejected. */
  readonly forged?: boolean | undefined
  /** Adds a column with the status of each attempt. */
  readonly showAttempts?: boolean | undefined
}

export interface DeliveryReport {
  readonly add: (delivery: SentDelivery) => void
  readonly retry: (retry: PendingRetry) => void
  /** Prints the summary. Returns true if all deliveries had the expected result. */
  readonly end: () => boolean
}

/** With more deliveries, the table has a row for each event and result instead of one for each delivery. */
export const maxListed = 50

const longestName = 'Message.WA.Payment.Status.Received'

/** Creates a report that prints a table of the deliveries, and a summary at the end. */
export function createReport(terminal: Terminal, options: DeliveryReportOptions): DeliveryReport {
  const { total, events = [longestName], json = false, forged = false, showAttempts = false } = options
  const eventColumn = { heading: 'Event', width: Math.max(...events.map((event) => event.length)) }
  const resultColumn = { heading: 'Result', width: getLabelWidth(forged) }
  const deliveryTable = createResultTable(terminal, [
    eventColumn,
    { heading: 'Created At', width: new Date().toISOString().length },
    resultColumn,
    { heading: 'Time', width: 8, align: 'right' },
    ...(showAttempts ? [{ heading: 'Attempts', width: 0 }] : []),
  ])
  const times: number[] = []
  const groups = new Map<string, { event: string; result: SendResult; count: number }>()
  let count = 0
  let failures = 0
  let hasAcceptedForgery = false

  function describeFailures(): string {
    if (!forged) return `${failures} failed`
    return failures === 0 ? 'all rejected, as they must be' : `${failures} not rejected`
  }

  function describeProgress(): string {
    return count === 0 ? `0${ofTotal} sent` : `${count}${ofTotal} sent, ${describeFailures()}`
  }

  function printDelivery({ event, createdAt, attempts }: SentDelivery, result: SendResult): void {
    const { ms = 0 } = attempts.at(-1) ?? {}
    const statuses = attempts.map(({ status }) => status ?? '–').join(', ')
    deliveryTable.printRow(result, [event, createdAt.toISOString(), result.label, `${ms} ms`, statuses])
  }

  function printGroups(): void {
    const countColumn = { heading: 'Count', width: 7, align: 'right' } as const
    const table = createResultTable(terminal, [eventColumn, resultColumn, countColumn])
    for (const { event, result, count } of groups.values()) table.printRow(result, [event, result.label, `${count}`])
  }

  const ofTotal = total === undefined ? '' : ` of ${total}`
  terminal.progress(describeProgress())
  return {
    add(sentDelivery) {
      // A recorded name is untrusted.
      const delivery = { ...sentDelivery, event: oneLine(sentDelivery.event) }
      const result = getResult(delivery, forged)
      count++
      if (!result.isExpected) failures++
      if (forged && result.isAccepted) hasAcceptedForgery = true
      for (const { status, ms } of delivery.attempts) if (status !== null) times.push(ms)
      const key = JSON.stringify([delivery.event, result])
      groups.set(key, { event: delivery.event, result, count: (groups.get(key)?.count ?? 0) + 1 })
      if (json) terminal.print(JSON.stringify({ ...delivery, asExpected: result.isExpected }))
      else if ((total ?? count) <= maxListed) printDelivery(delivery, result)
      terminal.progress(describeProgress())
    },
    retry({ event, attempt, number, maxAttempts, delayMs }) {
      const problem = attempt.status === null ? attempt.reason : `status ${attempt.status}`
      const next = `attempt ${number + 1} of ${maxAttempts} in ${delayMs / 1000} s`
      terminal.progress(`${describeProgress()}. ${oneLine(event)}: ${problem}, ${next}`)
    },
    end() {
      if (count > maxListed && !json) printGroups()
      if (count > 0) terminal.note(`${count} sent, ${describeFailures()}${formatTimes(times)}`)
      else if (terminal.signal.aborted) terminal.progress('')
      else terminal.note('Nothing was sent.')
      if (hasAcceptedForgery)
        terminal.note('Anyone who has the URL can send this too. Verify the signature of every delivery.')
      return count > 0 && failures === 0
    },
  }
}
