// Promises that may be late or fail unheard.
// It must not know what they stand for.

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

export const timedOut = Symbol('timed out')

// Not in browsers and Workers. The types of this file need no Node.
interface Turns {
  setImmediate?(start: () => void): unknown
  clearImmediate?(turn: unknown): void
}

/** Settles as the promise does, or with `timedOut` when it takes longer. The promise's late failure is never unhandled. */
export function withTimeout<T>(promise: PromiseLike<T>, ms: number): Promise<T | typeof timedOut> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const start = () => {
      timer = setTimeout(resolve, ms, timedOut)
    }
    // Where there are turns of an event loop, a timer is not made before the next: by then most promises have settled, and
    // a timer for each would cost more than the rest of the walk.
    const { setImmediate, clearImmediate } = globalThis as Turns
    const turn = setImmediate ? setImmediate(start) : start()
    function stop(): void {
      clearImmediate?.(turn)
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

/** Calls a user's listener so that neither its exception nor its rejection reaches anyone. */
export function callSafely(listener: () => unknown): void {
  try {
    const result = listener()
    if (isPromiseLike(result)) result.then(undefined, () => {})
  } catch {
    // A listener observes; what fails in it must change no reply.
  }
}
