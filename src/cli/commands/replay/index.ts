// The command replay: recorded deliveries again, byte for byte.
import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalEventName } from '../../../events/names.js'
import { maxTimerMs } from '../../../platform/assert.js'
import type { Command } from '../../shared/command.js'
import { deliverAll } from '../../shared/delivery/deliver-all.js'
import { createReport } from '../../shared/delivery/report.js'
import type { Outgoing } from '../../shared/delivery/types.js'
import type { HeaderList } from '../../shared/http-client.js'
import { headersOf, integerOf, parseOptions, UsageError, urlOf } from '../../shared/options.js'
import { othersMayRead, type RecordedDelivery, readRecords } from '../../shared/recording.js'
import { exitCode } from '../../shared/terminal.js'

export const replay: Command = {
  summary: 'send recorded deliveries again, byte for byte',
  help: `Usage: gallabox-webhooks replay <file> <url> [options]

Sends the deliveries that "listen --record" wrote into a file, in their order,
with the bytes and headers that they came with. The signatures are genuine, so
whoever has such a file can do the same.

  --event <name>         only this event, by either of its names; repeatable
  --speed <n>            keep the distances in time, n times as fast; 1 is as
                         recorded; default: one after the other, at once
  --header "Name: value" instead of what was recorded, or besides; repeatable
  --timeout <ms>         how long one may take; default: 10000
  --json                 a line of JSON for each delivery

Exit codes: 0 all were answered with 200, 1 some were not, 2 called wrongly,
130 stopped.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      event: { type: 'string', multiple: true },
      speed: { type: 'string' },
      header: { type: 'string', multiple: true },
      timeout: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [file, typedUrl, ...rest] = positionals
    if (file === undefined || rest.length > 0) throw new UsageError('Name one recording and one address.')
    const url = urlOf('The second argument', typedUrl)
    const more = headersOf('header', values.header)
    const speed = speedOf(values.speed)
    const timeoutMs = integerOf('timeout', values.timeout, 10_000)
    const wanted = values.event?.map(comparable)

    async function* deliveries(recording: string): AsyncGenerator<Outgoing> {
      let firstAt: number | undefined
      const startedAt = performance.now()
      for await (const record of readRecords(recording, terminal.note)) {
        const event = eventOf(record)
        if (wanted && !wanted.includes(comparable(event))) continue
        const at = Date.parse(record.receivedAt)
        firstAt ??= at
        if (speed !== undefined) await waitUntil(startedAt + (at - firstAt) / speed, terminal.signal)
        const body = Buffer.from(record.body, 'base64')
        yield { event, method: record.method, headers: withHeaders(record.headers, more), body }
      }
    }

    if (await othersMayRead(file))
      terminal.note(`${file} can be read by others than its owner: chmod 600 keeps it yours.`)
    const report = createReport(terminal, { json: values.json })
    await deliverAll(deliveries(file), {
      url,
      // In order: the next one only when this one is answered.
      concurrency: 1,
      maxAttempts: 1,
      timeoutMs,
      signal: terminal.signal,
      onLine: report.add,
    })
    const right = report.end()
    if (terminal.signal.aborted) return exitCode.interrupted
    return right ? exitCode.ok : exitCode.failed
  },
}

function eventOf({ headers }: RecordedDelivery): string {
  return headers.find(([name]) => name.toLowerCase() === 'x-event-name')?.[1] ?? '(no name)'
}

/** The name by which events are compared: of the wire where it is known, in any case where it is not. */
function comparable(name: string): string {
  return canonicalEventName(name) ?? name.toLowerCase()
}

/** Puts headers in the place of recorded ones with their names. */
function withHeaders(recorded: HeaderList, more: Readonly<Record<string, string>>): HeaderList {
  return [...recorded.filter(([name]) => !Object.hasOwn(more, name.toLowerCase())), ...Object.entries(more)]
}

/** Waits until a time of `performance.now()`, however far: a timer alone is too short for a month. */
async function waitUntil(dueAt: number, signal: AbortSignal): Promise<void> {
  for (let leftMs = dueAt - performance.now(); leftMs > 0; leftMs = dueAt - performance.now())
    await sleep(Math.min(leftMs, maxTimerMs), undefined, { signal })
}

function speedOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined
  const speed = Number(typed)
  if (speed > 0 && Number.isFinite(speed)) return speed
  throw new UsageError('--speed must be a number above 0, such as 1 or 10.')
}
