import { LazyTimer } from './next-turn.js'

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

export const timedOut = Symbol('timed out')

/** Settles as the promise does, or resolves to `timedOut` if it takes longer. A late rejection is never unhandled. */
export function withTimeout<T>(promise: PromiseLike<T>, ms: number): Promise<T | typeof timedOut> {
  return new Promise((resolve, reject) => {
    const timer = new LazyTimer(() => resolve(timedOut), ms)
    promise.then(
      (value) => {
        timer.stop()
        resolve(value)
      },
      (error: unknown) => {
        timer.stop()
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
