// Sending many deliveries: several at once, each as often as it takes.
// It must not know what is printed.
import { setTimeout as sleep } from 'node:timers/promises'
import { randomHex } from '../../../platform/random-hex.js'
import { deliver, isSuccess } from '../../../testing/retry.js'
import { exchange } from '../http-client.js'
import type { Attempt, LogLine, Outgoing } from './types.js'

export interface DeliverOptions {
  readonly url: URL
  readonly concurrency: number
  readonly maxAttempts: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onLine: (line: LogLine) => void
}

// Gallabox's own delays are not known, only that they grow.
const backoffMs = 1000

/** Sends all deliveries in their order. Ends early where the signal aborts. */
export async function deliverAll(deliveries: Iterable<Outgoing> | AsyncIterable<Outgoing>, options: DeliverOptions) {
  const { concurrency, signal, onLine } = options
  const iterator =
    Symbol.asyncIterator in deliveries ? deliveries[Symbol.asyncIterator]() : deliveries[Symbol.iterator]()

  async function work(): Promise<void> {
    while (!signal.aborted) {
      const next = await iterator.next()
      if (next.done || signal.aborted) return
      const line = await deliverOne(next.value, options)
      // What was cut off has not failed.
      if (signal.aborted && line.attempts.at(-1)?.status === null) return
      onLine(line)
    }
  }

  // Each by itself: where one ends early, the others must have ended too before the sum is drawn.
  async function workUntilStopped(): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  await Promise.all(Array.from({ length: concurrency }, workUntilStopped))
}

async function deliverOne(outgoing: Outgoing, options: DeliverOptions): Promise<LogLine> {
  const { url, maxAttempts, timeoutMs, signal } = options
  const createdAt = new Date()
  async function attempt(): Promise<Attempt> {
    const { status, ms, ...answer } = await exchange({ ...outgoing, url, timeoutMs, signal })
    return 'reason' in answer ? { status, ms, reason: answer.reason } : { status, ms }
  }
  const attempts = await deliver(attempt, {
    maxAttempts,
    backoffMs,
    wait: (ms) => sleep(ms, undefined, { signal }),
  })
  const status = isSuccess(attempts) ? 'SUCCESS' : 'FAILED'
  return { id: randomHex(12), event: outgoing.event, createdAt, status, attempts }
}
