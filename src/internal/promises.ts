// Promises that may be late or fail unheard.
// It must not know what they stand for.

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

export const timedOut = Symbol('timed out')

/** Settles as the promise does, or with `timedOut` when it takes longer. The promise's late failure is never unhandled. */
export function withTimeout<T>(promise: PromiseLike<T>, ms: number): Promise<T | typeof timedOut> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(timedOut), ms)
    promise.then(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

/** Calls a user's listener so that neither its exception nor its rejection reaches anyone. */
export function callSafely(listener: () => unknown): void {
  try {
    const result = listener()
    if (isPromiseLike(result)) result.then(undefined, () => {})
  } catch {
    // A listener observes; what fails in it must change no reply.
  }
}
