// The log of deliveries: the latest, in memory, within bounds.
// It must not know how a delivery came or who looks on.
import type { Entry } from './entry.js'

type LogListener = (entry: Entry, dropped: readonly Entry[]) => void

export interface DeliveryLog {
  add(entry: Entry): void
  get(id: string): Entry | undefined
  /** The oldest first. */
  entries(): readonly Entry[]
  /** How many have been dropped since the start. */
  dropped(): number
  /** Hears of each entry from now on, and of those dropped for it. Returns what ends that. */
  subscribe(listener: LogListener): () => void
}

/** Creates a log of at most so many deliveries, whose bodies have at most so many bytes in all. */
export function createLog({ maxEntries = 1000, maxBytes = 64 * 1024 * 1024 } = {}): DeliveryLog {
  // A map keeps the order in which its entries came.
  const kept = new Map<string, Entry>()
  const listeners = new Set<LogListener>()
  let bytes = 0
  let dropped = 0

  function dropOldest(): readonly Entry[] {
    const leaving: Entry[] = []
    for (const oldest of kept.values()) {
      if (kept.size <= maxEntries && bytes <= maxBytes) break
      kept.delete(oldest.id)
      bytes -= oldest.body.byteLength
      leaving.push(oldest)
    }
    dropped += leaving.length
    return leaving
  }
  return {
    add(entry) {
      kept.set(entry.id, entry)
      bytes += entry.body.byteLength
      const leaving = dropOldest()
      for (const listener of listeners) listener(entry, leaving)
    },
    get: (id) => kept.get(id),
    entries: () => [...kept.values()],
    dropped: () => dropped,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
