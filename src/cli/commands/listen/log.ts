import type { LogEntry } from './entry.js'

type EntryListener = (entry: LogEntry, dropped: readonly LogEntry[]) => void

/** The latest deliveries, in memory. */
export interface EntryLog {
  add(entry: LogEntry): void
  get(id: string): LogEntry | undefined
  /** Returns the entries, the oldest first. */
  entries(): readonly LogEntry[]
  /** Returns the number of entries that were dropped. */
  dropped(): number
  /** Removes all entries. */
  clear(): void
  /**
   * Calls the first listener for each new entry, with the entries dropped for it, and the second when the log is cleared.
   * Returns a function that unsubscribes both.
   */
  subscribe(onEntry: EntryListener, onClear?: () => void): () => void
}

/** Creates a log that drops its oldest entries when it exceeds a limit. `maxBytes` limits the bodies in total. */
export function createLog({ maxEntries = 1000, maxBytes = 64 * 1024 * 1024 } = {}): EntryLog {
  // A map keeps the order of insertion.
  const kept = new Map<string, LogEntry>()
  const listeners = new Set<{ readonly onEntry: EntryListener; readonly onClear: (() => void) | undefined }>()
  let bytes = 0
  let droppedCount = 0

  function dropOldest(): readonly LogEntry[] {
    const dropped: LogEntry[] = []
    for (const oldest of kept.values()) {
      if (kept.size <= maxEntries && bytes <= maxBytes) break
      kept.delete(oldest.id)
      bytes -= countBytes(oldest)
      dropped.push(oldest)
    }
    droppedCount += dropped.length
    return dropped
  }

  return {
    add(entry) {
      kept.set(entry.id, entry)
      bytes += countBytes(entry)
      const dropped = dropOldest()
      for (const { onEntry } of listeners) onEntry(entry, dropped)
    },
    get: (id) => kept.get(id),
    entries: () => [...kept.values()],
    dropped: () => droppedCount,
    clear() {
      kept.clear()
      bytes = 0
      droppedCount = 0
      for (const { onClear } of listeners) onClear?.()
    },
    subscribe(onEntry, onClear) {
      const listener = { onEntry, onClear }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function countBytes({ body, forwarded }: LogEntry): number {
  return body.byteLength + (forwarded?.body?.byteLength ?? 0)
}
