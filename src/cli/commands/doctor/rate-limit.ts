// Waits after 429 responses, within a total budget.
import { setTimeout as sleep } from 'node:timers/promises'
import { type HeaderList, readRetryAfterMs } from '../../shared/http-client.js'

export interface RateLimitOptions {
  /** The total time of all waits, in milliseconds. */
  readonly budgetMs: number
  readonly signal: AbortSignal
  /** Called before each wait. */
  readonly onWait?: ((ms: number) => void) | undefined
}

export interface RateLimit {
  /**
   * Waits as long as the headers of a 429 response ask for, or twice as long as the last time. Resolves to false at once
   * if the budget is too small. Rejects if the run is stopped.
   */
  wait(headers: HeaderList): Promise<boolean>
}

export function createRateLimit({ budgetMs, signal, onWait }: RateLimitOptions): RateLimit {
  let remainingMs = budgetMs
  let defaultMs = 1000
  return {
    async wait(headers) {
      const ms = readRetryAfterMs(headers) ?? defaultMs
      if (ms > remainingMs) return false
      // A wait of no time counts too, because the number of waits must have a limit.
      remainingMs -= Math.max(ms, 1000)
      defaultMs *= 2
      onWait?.(ms)
      await sleep(ms, undefined, { signal })
      return true
    },
  }
}
