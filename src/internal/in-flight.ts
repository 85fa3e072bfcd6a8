// Counting what is still running, so that a shutdown can wait for it.
// It must not know what runs.
import { timedOut, withTimeout } from './promises.js'

export interface InFlight {
  /** Counts a promise until it settles; the result settles at the same time, and never rejects. */
  track(promise: PromiseLike<unknown>): Promise<void>
  /** Resolves to true once nothing runs, to false if that takes longer. */
  idle(timeoutMs: number): Promise<boolean>
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<void>>()

  async function settleAll(): Promise<void> {
    while (running.size > 0) await Promise.all(running)
  }

  return {
    track(promise) {
      const done: Promise<void> = Promise.resolve(promise).then(
        () => void running.delete(done),
        () => void running.delete(done),
      )
      running.add(done)
      return done
    },
    async idle(timeoutMs) {
      return (await withTimeout(settleAll(), timeoutMs)) !== timedOut
    },
  }
}
