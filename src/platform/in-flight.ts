import { timedOut, withTimeout } from './promises.js'

/** Counts work that is still running, so that a shutdown can wait for it. */
export interface InFlight {
  /** Counts a promise until it settles. The returned promise resolves then and never rejects. */
  track(promise: Promise<unknown>): Promise<void>
  /** Resolves to true once nothing is running, and to false if that takes longer. */
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
    // The work is done, but its response may still be some promises away, and a caller of drain() may end the process.
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
