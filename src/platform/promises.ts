import { inNextTurn } from './next-turn.js'

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

export const timedOut = Symbol('timed out')

/** Settles as the promise does, or resolves to `timedOut` if it takes longer. A late rejection is never unhandled. */
export function withTimeout<T>(promise: PromiseLike<T>, ms: number): Promise<T | typeof timedOut> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const start = () => {
      timer = setTimeout(resolve, ms, timedOut)
    }
    // Most promises settle within this turn of the event loop. A timer for each would cost more than the rest of the
    // request lifecycle, so it is created in the next turn, where the runtime has turns.
    const cancel = inNextTurn(start)
    function stop(): void {
      cancel()
      clearTimeout(timer)
    }
    promise.then(
      (value) => {
        stop()
        resolve(value)
      },
      (error: unknown) => {
        stop()
        reject(error)
      },
    )
  })
}

/** Calls a listener. What it throws or rejects with is ignored: a listener observes and must not change a response. */
export function notify(listener: () => unknown): void {
  try {
    const result = listener()
    if (isPromiseLike(result)) result.then(undefined, () => {})
  } catch {}
}
