import { setTimeout as sleep } from 'node:timers/promises'
import { isDelivered, retry } from '../../../testing/retry.js'
import { sendRequest } from '../http-client.js'
import type { OutgoingAttempt, OutgoingDelivery, PendingRetry, SentDelivery } from './types.js'

export interface DeliverAllOptions {
  readonly url: URL
  readonly concurrency: number
  readonly maxAttempts: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Called after each delivery. */
  readonly onSent: (delivery: SentDelivery) => void
  /** Called before the delay after a failed attempt. */
  readonly onRetry?: ((retry: PendingRetry) => void) | undefined
}

// Gallabox does not document its delays. They grow with each attempt.
const backoffMs = 1000

/** Sends all deliveries in order. Ends early if the signal aborts. */
export async function deliverAll(
  deliveries: Iterable<OutgoingDelivery> | AsyncIterable<OutgoingDelivery>,
  options: DeliverAllOptions,
): Promise<void> {
  const { concurrency, signal, onSent } = options
  const iterator =
    Symbol.asyncIterator in deliveries ? deliveries[Symbol.asyncIterator]() : deliveries[Symbol.iterator]()

  async function runWorker(): Promise<void> {
    while (!signal.aborted) {
      const next = await iterator.next()
      if (next.done || signal.aborted) return
      const sentDelivery = await deliverOne(next.value, options)
      // An interrupted delivery does not count as failed.
      if (signal.aborted && sentDelivery.attempts.at(-1)?.status === null) return
      onSent(sentDelivery)
    }
  }

  // An interrupted worker must not reject before the others have reported their deliveries.
  async function runWorkerUntilAborted(): Promise<void> {
    try {
      await runWorker()
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  await Promise.all(Array.from({ length: concurrency }, runWorkerUntilAborted))
}

async function deliverOne(delivery: OutgoingDelivery, options: DeliverAllOptions): Promise<SentDelivery> {
  const { url, maxAttempts, timeoutMs, signal, onRetry } = options
  const { event } = delivery
  const createdAt = new Date()
  const made: OutgoingAttempt[] = []
  async function attempt(): Promise<OutgoingAttempt> {
    const { status, ms, ...result } = await sendRequest({ ...delivery, url, timeoutMs, signal })
    made.push('reason' in result ? { status, ms, ...result } : { status, ms })
    return made.at(-1) as OutgoingAttempt
  }
  const attempts = await retry(attempt, {
    maxAttempts,
    backoffMs,
    wait(delayMs) {
      onRetry?.({ event, attempt: made.at(-1) as OutgoingAttempt, number: made.length, maxAttempts, delayMs })
      return sleep(delayMs, undefined, { signal })
    },
  })
  return { event, createdAt, status: isDelivered(attempts) ? 'SUCCESS' : 'FAILED', attempts }
}
