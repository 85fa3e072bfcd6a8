import { checkOptions, integerOption, type OptionKinds } from '../platform/check-options.js'
import type { DeliveryStore } from './store.js'

/** Options of `memoryStore`. */
export interface MemoryStoreOptions {
  /** The maximum number of deliveries. When it is reached, the oldest handled one is dropped. Default: 100 000. */
  readonly maxEntries?: number | undefined
  /** Returns the time, in milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
}

const optionKinds: OptionKinds<MemoryStoreOptions> = { maxEntries: 'an integer', now: 'a function' }

interface MemoryEntry {
  /** Undefined once the delivery is done. */
  readonly token: string | undefined
  readonly expiresAt: number
}

/**
 * Creates a store in memory, for a receiver that runs in one process. Its entries are lost when the process ends.
 *
 * An entry takes about 210 bytes (measured on Node 20). Claims drop expired entries, so the store has no timers.
 * A claim rejects when `maxEntries` deliveries are in progress.
 *
 * @throws TypeError for an invalid or unknown option.
 * @example
 * ```ts
 * import { createReceiver, memoryStore } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   idempotency: { store: memoryStore() },
 *   onEvent: (event) => console.log(event.type),
 * })
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): DeliveryStore {
  checkOptions('memoryStore', options, optionKinds)
  const maxEntries = integerOption('memoryStore.maxEntries', options.maxEntries, 100_000)
  const { now = Date.now } = options
  // In insertion order: the oldest come first.
  const entries = new Map<string, MemoryEntry>()
  let claimCount = 0

  function isLive(entry: MemoryEntry | undefined): entry is MemoryEntry {
    return entry !== undefined && entry.expiresAt > now()
  }
  /** Drops expired entries at the old end. If the store is still full, drops the oldest expired or handled one. */
  function makeRoom(): void {
    for (const [key, entry] of entries) {
      if (isLive(entry)) break
      entries.delete(key)
    }
    if (entries.size < maxEntries) return
    for (const [key, entry] of entries) {
      if (isLive(entry) && entry.token !== undefined) continue
      entries.delete(key)
      return
    }
    throw new Error('memoryStore: full, with maxEntries deliveries in progress. Raise maxEntries.')
  }
  /** Writes an entry at the new end, if the key is free or the token holds it. */
  function write(key: string, token: string, entry: MemoryEntry): boolean {
    const current = entries.get(key)
    if (isLive(current) && current.token !== token) return false
    entries.delete(key)
    makeRoom()
    entries.set(key, entry)
    return true
  }

  return {
    async claim(key, { leaseMs }) {
      const entry = entries.get(key)
      if (isLive(entry)) {
        if (entry.token === undefined) return { state: 'done' }
        return { state: 'in-progress', retryAfterMs: entry.expiresAt - now() }
      }
      const token = String(++claimCount)
      write(key, token, { token, expiresAt: now() + leaseMs })
      return { state: 'claimed', token }
    },
    async extend(key, token, { leaseMs }) {
      return write(key, token, { token, expiresAt: now() + leaseMs })
    },
    async complete(key, token, { ttlMs }) {
      return write(key, token, { token: undefined, expiresAt: now() + ttlMs })
    },
    async release(key, token) {
      const entry = entries.get(key)
      return isLive(entry) && entry.token === token && entries.delete(key)
    },
  }
}
