// The log of deliveries: the latest, in memory, within bounds.
// It must not know how a delivery came or who looks on.
import type { Entry } from './entry.js'

export interface DeliveryLog {
  add(entry: Entry): void
  get(id: string): Entry | undefined
  /** The oldest first. */
  entries(): readonly Entry[]
  /** Hears of each entry from now on. Returns what ends that. */
  subscribe(listener: (entry: Entry) => void): () => void
}

/** Creates a log of at most so many deliveries, whose bodies have at most so many bytes in all. */
export function createLog({ maxEntries = 1000, maxBytes = 64 * 1024 * 1024 } = {}): DeliveryLog {
  // A map keeps the order in which its entries came.
  const kept = new Map<string, Entry>()
  const listeners = new Set<(entry: Entry) => void>()
  let bytes = 0

  function dropOldest(): void {
    const [oldest] = kept.values()
    if (!oldest) return
    kept.delete(oldest.id)
    bytes -= oldest.body.byteLength
  }
  return {
    add(entry) {
      kept.set(entry.id, entry)
      bytes += entry.body.byteLength
      while (kept.size > maxEntries || bytes > maxBytes) dropOldest()
      for (const listener of listeners) listener(entry)
    },
    get: (id) => kept.get(id),
    entries: () => [...kept.values()],
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
