// What every DeliveryStore must keep to, as cases for any test framework.
// It must not know any one store or framework.
import type { Claim, DeliveryStore } from '../stores/store.js'

/** One thing that a store must keep to. */
export interface StoreContractCase {
  readonly title: string
  /** Resolves if the store keeps to it, and rejects with an Error that says what it did instead. */
  run(): Promise<void>
}

const hour = { leaseMs: 3_600_000, ttlMs: 3_600_000 }
const month = { leaseMs: 30 * 86_400_000, ttlMs: 30 * 86_400_000 }
const moment = { leaseMs: 50, ttlMs: 50 }

/**
 * Lists what a `DeliveryStore` must keep to, for the tests of a store of your own. The keys are random, so a shared server
 * will do; the cases wait 100 ms at most.
 *
 * @param createStore - Makes a store, or gives the same one each time.
 * @example
 * ```ts
 * import { test } from 'node:test'
 * import { memoryStore } from 'gallabox-webhooks'
 * import { storeContract } from 'gallabox-webhooks/testing'
 *
 * for (const { title, run } of storeContract(() => memoryStore())) test(title, run)
 * ```
 */
export function storeContract(createStore: () => DeliveryStore | Promise<DeliveryStore>): readonly StoreContractCase[] {
  function make(title: string, check: (store: DeliveryStore, key: string) => Promise<void>): StoreContractCase {
    return { title, run: async () => check(await createStore(), globalThis.crypto.randomUUID()) }
  }
  return [
    make('a key is claimed once, and in progress for whoever comes next', async (store, key) => {
      await claimed(store, key)
      const next = await store.claim(key, hour)
      expect(next.state, 'in-progress')
    }),
    make('of fifty claims at once one is claimed', async (store, key) => {
      const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim(key, hour)))
      expect(claims.filter(({ state }) => state === 'claimed').length, 1)
      expect(claims.filter(({ state }) => state === 'in-progress').length, 49)
    }),
    make('what is in progress says within the lease when to come back', async (store, key) => {
      await claimed(store, key)
      const next = await store.claim(key, hour)
      const waitMs = next.state === 'in-progress' ? next.retryAfterMs : Number.NaN
      expect(waitMs > 0 && waitMs <= hour.leaseMs, true)
    }),
    make('what was completed is done', async (store, key) => {
      expect(await store.complete(key, await claimed(store, key), hour), true)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    make('what was released can be claimed again', async (store, key) => {
      expect(await store.release(key, await claimed(store, key)), true)
      await claimed(store, key)
    }),
    make('a lease and a memory of a month are kept', async (store, key) => {
      const token = await claimed(store, key, month)
      const next = await store.claim(key, month)
      const waitMs = next.state === 'in-progress' ? next.retryAfterMs : Number.NaN
      expect(waitMs > hour.leaseMs && waitMs <= month.leaseMs, true)
      expect(await store.complete(key, token, month), true)
      expect((await store.claim(key, month)).state, 'done')
    }),
    make('another token completes and releases nothing', async (store, key) => {
      const token = await claimed(store, key)
      const other = await claimed(store, `${key}-other`)
      expect(await store.complete(key, other, hour), false)
      expect(await store.release(key, other), false)
      expect((await store.claim(key, hour)).state, 'in-progress')
      expect(await store.complete(key, token, hour), true)
    }),
    make('what was completed or released cannot be so again', async (store, key) => {
      const token = await claimed(store, key)
      expect(await store.complete(key, token, hour), true)
      expect(await store.release(key, token), false)
      expect(await store.complete(key, token, hour), false)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    make('after the lease a key is claimed anew, and the old token has no power over it', async (store, key) => {
      const late = await claimed(store, key, moment)
      await pass(2 * moment.leaseMs)
      const token = await claimed(store, key)
      expect(await store.complete(key, late, hour), false)
      expect(await store.release(key, late), false)
      expect(await store.complete(key, token, hour), true)
    }),
    make('what is done is forgotten in time', async (store, key) => {
      expect(await store.complete(key, await claimed(store, key), moment), true)
      await pass(2 * moment.ttlMs)
      await claimed(store, key)
    }),
  ]
}

async function claimed(store: DeliveryStore, key: string, { leaseMs } = hour): Promise<string> {
  const claim: Claim = await store.claim(key, { leaseMs })
  expect(claim.state, 'claimed')
  return (claim as Extract<Claim, { state: 'claimed' }>).token
}

function expect(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`DeliveryStore: expected ${expected}, found ${found}.`)
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
