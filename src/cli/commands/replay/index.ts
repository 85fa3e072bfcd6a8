import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalEventName } from '../../../events/names.js'
import { maxTimerMs } from '../../../platform/check-options.js'
import { didYouMean } from '../../../platform/nearest-name.js'
import { defineCommand } from '../../shared/command.js'
import { deliverAll } from '../../shared/delivery/deliver-all.js'
import { createReport } from '../../shared/delivery/report.js'
import type { OutgoingDelivery } from '../../shared/delivery/types.js'
import { readEventName } from '../../shared/event-name.js'
import type { HeaderList } from '../../shared/http-client.js'
import { parseHeaders, parseInteger, parseUrl, UsageError } from '../../shared/options.js'
import { isReadableByOthers, readRecords } from '../../shared/recording.js'
import { exitCode, oneLine, type Terminal } from '../../shared/terminal.js'

export const replay = defineCommand({
  name: 'replay',
  summary: 'send recorded deliveries again, byte for byte',
  operands: '<file> <url>',
  about: `Sends the deliveries of a file written by "listen --record" in order, with
their original bytes and headers. The signatures stay valid, so anyone who has
the file can send them too. Ends when a connection is refused.`,
  options: {
    event: { type: 'string', multiple: true, value: '<event>', help: 'send only this event; repeatable' },
    speed: {
      type: 'string',
      value: '<n>',
      help: 'keep the time between deliveries, n times as fast; default: one after the other, without a delay',
    },
    header: { type: 'string', multiple: true, value: '"Name: value"', help: 'add or replace a header; repeatable' },
    timeout: { type: 'string', value: '<ms>', help: 'timeout of a delivery; default: 10000' },
    json: { type: 'boolean', help: 'print each delivery as a line of JSON' },
  },
  notes: `Exit codes: 0 all responses were 200, 1 some deliveries failed, 2 usage error,
130 interrupted.`,

  async run({ values, positionals }, terminal) {
    const [file, urlArgument, ...rest] = positionals
    if (file === undefined || rest.length > 0) throw new UsageError('Wrong number of arguments. Pass a file and a URL.')
    const url = parseUrl('<url>', urlArgument)
    const replacements = parseHeaders('header', values.header)
    const speed = parseSpeed(values.speed)
    const timeoutMs = parseInteger('timeout', values.timeout, 10_000)
    const selectedEvents = values.event?.map(normalizeEventName)

    const recordedEvents = new Set<string>()
    // Without a server, every further delivery would fail too.
    let isRefused = false
    let unsent = 0

    async function* readDeliveries(recording: string): AsyncGenerator<OutgoingDelivery> {
      let firstReceivedMs: number | undefined
      const startedAt = performance.now()
      for await (const record of readRecords(recording, terminal.note)) {
        const event = readEventName(record.headers) ?? '(no name)'
        if (selectedEvents) recordedEvents.add(event)
        if (selectedEvents && !selectedEvents.includes(normalizeEventName(event))) continue
        if (isRefused) {
          unsent++
          continue
        }
        const receivedMs = Date.parse(record.receivedAt)
        firstReceivedMs ??= receivedMs
        if (speed !== undefined) await waitUntil(startedAt + (receivedMs - firstReceivedMs) / speed, terminal.signal)
        const body = Buffer.from(record.body, 'base64')
        yield { event, method: record.method, headers: replaceHeaders(record.headers, replacements), body }
      }
    }

    if (await isReadableByOthers(file)) terminal.note(`Other users can read ${file}. Run chmod 600 on it.`)
    const report = createReport(terminal, { json: values.json })
    await deliverAll(readDeliveries(file), {
      url,
      // Sends one delivery at a time, which keeps the order.
      concurrency: 1,
      maxAttempts: 1,
      timeoutMs,
      signal: terminal.signal,
      onSent(delivery) {
        isRefused = delivery.attempts.at(-1)?.code === 'ECONNREFUSED'
        report.add(delivery)
      },
    })
    const hasSucceeded = report.end()
    if (unsent > 0) terminal.note(`Stopped, because the connection was refused. ${unsent} were not sent.`)
    if (terminal.signal.aborted) return exitCode.interrupted
    for (const name of values.event ?? []) noteIfMissing(name, recordedEvents, terminal)
    return hasSucceeded ? exitCode.ok : exitCode.failed
  },
})

/** Notes that no recorded delivery has a name, which may be misspelled. */
function noteIfMissing(name: string, recorded: ReadonlySet<string>, terminal: Terminal): void {
  const recordedNames = [...recorded]
  if (recordedNames.some((event) => normalizeEventName(event) === normalizeEventName(name))) return
  const suggestion = oneLine(didYouMean(name, recordedNames))
  terminal.note(`--event: the file contains no ${JSON.stringify(name)}.${suggestion && ` ${suggestion}`}`)
}

/** Returns the wire name of a known event, and the lower-case name of an unknown one. */
function normalizeEventName(name: string): string {
  return canonicalEventName(name) ?? name.toLowerCase()
}

function replaceHeaders(recorded: HeaderList, replacements: Readonly<Record<string, string>>): HeaderList {
  const kept = recorded.filter(([name]) => !Object.hasOwn(replacements, name.toLowerCase()))
  return [...kept, ...Object.entries(replacements)]
}

/** Waits until a time of `performance.now()`. A single timer can wait at most 24.8 days. */
async function waitUntil(dueAt: number, signal: AbortSignal): Promise<void> {
  for (let delayMs = dueAt - performance.now(); delayMs > 0; delayMs = dueAt - performance.now())
    await sleep(Math.min(delayMs, maxTimerMs), undefined, { signal })
}

function parseSpeed(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const speed = Number(value)
  if (speed > 0 && Number.isFinite(speed)) return speed
  throw new UsageError('--speed must be a number above 0, such as 1 or 10.')
}
