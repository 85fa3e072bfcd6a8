import { tryOptional } from './optional-globals.js'

// Browsers and Workers have neither function. Declared here, so that this file needs no types of Node.
interface TurnFunctions {
  setImmediate(start: () => void): unknown
  clearImmediate(turn: unknown): void
}
const globals = globalThis as unknown as TurnFunctions

/** Calls a function in the next turn of the event loop, or at once where the runtime has none. Returns a cancel function. */
export function inNextTurn(start: () => void): () => void {
  let isStarted = false
  function startOnce(): void {
    if (isStarted) return
    isStarted = true
    start()
  }
  const turn = tryOptional(() => globals.setImmediate(startOnce))
  // A stub returns nothing. So may a replacement that works.
  if (turn === undefined) startOnce()
  return () => {
    if (turn !== undefined) tryOptional(() => globals.clearImmediate(turn))
  }
}
