// Browsers and Workers have neither function. Declared here, so that this file needs no types of Node.
interface TurnFunctions {
  setImmediate?(start: () => void): unknown
  clearImmediate?(turn: unknown): void
}

/** Calls a function in the next turn of the event loop, or at once where the runtime has none. Returns a cancel function. */
export function inNextTurn(start: () => void): () => void {
  const { setImmediate, clearImmediate } = globalThis as TurnFunctions
  try {
    // In Next's edge runtime, both exist and throw.
    if (setImmediate) {
      const turn = setImmediate(start)
      return () => clearImmediate?.(turn)
    }
  } catch {}
  start()
  return () => {}
}
