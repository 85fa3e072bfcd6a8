// Counting what is still running, so that a shutdown can wait for it.
// It must not know what runs.
import { timedOut, withTimeout } from './promises.js'

export interface InFlight {
  /** Counts a promise until it settles; the result resolves then, and never rejects. */
  track(promise: Promise<unknown>): Promise<void>
  /** Resolves to true once nothing runs, to false if that takes longer. */
  idle(timeoutMs: number): Promise<boolean>
}

export function createInFlight(): InFlight {
  let running = 0
  let waiting: (() => void)[] = []

  function settle(): void {
    running--
    if (running > 0 || waiting.length === 0) return
    const resumed = waiting
    waiting = []
    // What ran has ended, but its reply may have some promises to go: who waits may end the process.
    setTimeout(() => {
      for (const resume of resumed) resume()
    }, 0)
  }

  return {
    track(promise) {
      running++
      return promise.then(settle, settle)
    },
    async idle(timeoutMs) {
      if (running === 0) return true
      const idle = new Promise<void>((resolve) => waiting.push(resolve))
      return (await withTimeout(idle, timeoutMs)) !== timedOut
    },
  }
}
