import { tryOptional } from './optional-globals.js'

// Browsers and Workers have neither function. Declared here, so that this file needs no types of Node.
interface TurnFunctions {
  setImmediate(callback: () => void): unknown
  clearImmediate(turn: unknown): void
}
const globals = globalThis as unknown as TurnFunctions

/** A call of a function in the next turn of the event loop, or at once where the runtime has none. */
export class NextTurnCall {
  readonly #turn: unknown
  #start: (() => void) | undefined

  constructor(start: () => void) {
    this.#start = start
    this.#turn = tryOptional(() => globals.setImmediate(() => this.make()))
    // A stub returns nothing. So may a replacement that works.
    if (this.#turn === undefined) this.make()
  }

  /** Calls the function, unless it was called before. */
  make(): void {
    const start = this.#start
    this.#start = undefined
    start?.()
  }

  cancel(): void {
    if (this.#turn !== undefined) tryOptional(() => globals.clearImmediate(this.#turn))
  }
}

/**
 * A timer for work that mostly ends within this turn of the event loop. A timer for each delivery would cost more than
 * most steps of the request lifecycle, so it is created in the next turn.
 */
export class LazyTimer {
  readonly #creation: NextTurnCall
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onTimeout: () => void, ms: number) {
    this.#creation = new NextTurnCall(() => {
      this.#timer = setTimeout(onTimeout, ms)
    })
  }

  stop(): void {
    this.#creation.cancel()
    clearTimeout(this.#timer)
  }
}
