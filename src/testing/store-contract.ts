import type { Claim, DeliveryStore } from '../stores/store.js'

/** One test case for a store. */
export interface StoreContractCase {
  readonly title: string
  /** Resolves if the store passes. Rejects with an Error that says what was expected and found. */
  run(): Promise<void>
}

const hour = { leaseMs: 3_600_000, ttlMs: 3_600_000 }
const month = { leaseMs: 30 * 86_400_000, ttlMs: 30 * 86_400_000 }
const short = { leaseMs: 50, ttlMs: 50 }

/**
 * Returns test cases that every `DeliveryStore` must pass, for any test framework. Keys are random, so a shared server
 * works. A case waits at most 100 ms.
 *
 * @param createStore - Returns a store: a new one, or the same one each time.
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
  function createCase(title: string, check: (store: DeliveryStore, key: string) => Promise<void>): StoreContractCase {
    return { title, run: async () => check(await createStore(), globalThis.crypto.randomUUID()) }
  }
  return [
    createCase('claims a key once and reports it in progress to the next claim', async (store, key) => {
      await claimKey(store, key)
      const next = await store.claim(key, hour)
      expect(next.state, 'in-progress')
    }),
    createCase('grants one of fifty concurrent claims', async (store, key) => {
      const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim(key, hour)))
      expect(claims.filter(({ state }) => state === 'claimed').length, 1)
      expect(claims.filter(({ state }) => state === 'in-progress').length, 49)
    }),
    createCase('reports a retryAfterMs within the lease while in progress', async (store, key) => {
      await claimKey(store, key)
      const next = await store.claim(key, hour)
      const waitMs = next.state === 'in-progress' ? next.retryAfterMs : Number.NaN
      expect(waitMs > 0 && waitMs <= hour.leaseMs, true)
    }),
    createCase('reports a completed key as done', async (store, key) => {
      expect(await store.complete(key, await claimKey(store, key), hour), true)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    createCase('grants a released key to the next claim', async (store, key) => {
      expect(await store.release(key, await claimKey(store, key)), true)
      await claimKey(store, key)
    }),
    createCase('keeps a lease and a completed key for 30 days', async (store, key) => {
      const token = await claimKey(store, key, month)
      const next = await store.claim(key, month)
      const waitMs = next.state === 'in-progress' ? next.retryAfterMs : Number.NaN
      expect(waitMs > month.leaseMs - hour.leaseMs && waitMs <= month.leaseMs, true)
      expect(await store.complete(key, token, month), true)
      expect((await store.claim(key, month)).state, 'done')
    }),
    createCase('returns false when another token completes or releases', async (store, key) => {
      const token = await claimKey(store, key)
      const other = await claimKey(store, `${key}-other`)
      expect(await store.complete(key, other, hour), false)
      expect(await store.release(key, other), false)
      expect((await store.claim(key, hour)).state, 'in-progress')
      expect(await store.complete(key, token, hour), true)
    }),
    createCase('returns false when a completed key is completed or released again', async (store, key) => {
      const token = await claimKey(store, key)
      expect(await store.complete(key, token, hour), true)
      expect(await store.release(key, token), false)
      expect(await store.complete(key, token, hour), false)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    createCase('extends a claim beyond its lease', async (store, key) => {
      const token = await claimKey(store, key, short)
      expect(await store.extend(key, token, hour), true)
      await sleep(2 * short.leaseMs)
      const next = await store.claim(key, hour)
      const waitMs = next.state === 'in-progress' ? next.retryAfterMs : Number.NaN
      expect(waitMs > short.leaseMs && waitMs <= hour.leaseMs, true)
      expect(await store.complete(key, token, hour), true)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    createCase('releases an extended claim', async (store, key) => {
      const token = await claimKey(store, key)
      expect(await store.extend(key, token, hour), true)
      expect(await store.release(key, token), true)
      await claimKey(store, key)
    }),
    createCase('grants an extended key to the next claim once the new lease has ended', async (store, key) => {
      const token = await claimKey(store, key)
      expect(await store.extend(key, token, short), true)
      await sleep(2 * short.leaseMs)
      await claimKey(store, key)
    }),
    createCase('returns false when another token extends, and keeps the lease', async (store, key) => {
      const token = await claimKey(store, key)
      const other = await claimKey(store, `${key}-other`)
      expect(await store.extend(key, other, short), false)
      await sleep(2 * short.leaseMs)
      expect((await store.claim(key, hour)).state, 'in-progress')
      expect(await store.complete(key, token, hour), true)
    }),
    createCase('returns false when a completed key is extended, and keeps it done', async (store, key) => {
      const token = await claimKey(store, key)
      expect(await store.complete(key, token, hour), true)
      expect(await store.extend(key, token, short), false)
      await sleep(2 * short.leaseMs)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    createCase('extends a claim whose lease has ended when the key is free', async (store, key) => {
      const token = await claimKey(store, key, short)
      await sleep(2 * short.leaseMs)
      expect(await store.extend(key, token, hour), true)
      expect((await store.claim(key, hour)).state, 'in-progress')
      expect(await store.complete(key, token, hour), true)
    }),
    createCase('completes a claim whose lease has ended when the key is free', async (store, key) => {
      const token = await claimKey(store, key, short)
      await sleep(2 * short.leaseMs)
      expect(await store.complete(key, token, hour), true)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    createCase('extends and completes an ended claim when claims of other keys came between', async (store, key) => {
      const extended = await claimKey(store, `${key}-extended`, short)
      const completed = await claimKey(store, `${key}-completed`, short)
      await sleep(2 * short.leaseMs)
      // A store may delete ended claims whenever it claims.
      for (let other = 0; other < 5; other++) await claimKey(store, `${key}-${other}`)
      expect(await store.extend(`${key}-extended`, extended, hour), true)
      expect((await store.claim(`${key}-extended`, hour)).state, 'in-progress')
      expect(await store.complete(`${key}-completed`, completed, hour), true)
      expect((await store.claim(`${key}-completed`, hour)).state, 'done')
    }),
    createCase('extends and completes an ended claim when its entry is deleted', async (store, key) => {
      const token = await claimKey(store, key)
      expect(await store.release(key, token), true)
      expect(await store.extend(key, token, hour), true)
      expect((await store.claim(key, hour)).state, 'in-progress')
      expect(await store.release(key, token), true)
      expect(await store.complete(key, token, hour), true)
      expect((await store.claim(key, hour)).state, 'done')
    }),
    createCase('grants an ended claim to one of a new claim, an extension and a completion', async (store, key) => {
      const keys = Array.from({ length: 20 }, (_, index) => `${key}-${index}`)
      const tokens = await Promise.all(keys.map((each) => claimKey(store, each, short)))
      await sleep(2 * short.leaseMs)
      await Promise.all(
        keys.map(async (each, index) => {
          const token = tokens[index] as string
          const early = index % 4 < 2 ? store.claim(each, hour) : undefined
          const writing = index % 2 === 0 ? store.extend(each, token, hour) : store.complete(each, token, hour)
          const [claim, written] = await Promise.all([early ?? store.claim(each, hour), writing])
          expect(claim.state === 'claimed', !written)
        }),
      )
    }),
    createCase('grants an expired key to the next claim and returns false to the old token', async (store, key) => {
      const late = await claimKey(store, key, short)
      await sleep(2 * short.leaseMs)
      const token = await claimKey(store, key)
      expect(await store.extend(key, late, hour), false)
      expect(await store.complete(key, late, hour), false)
      expect(await store.release(key, late), false)
      expect(await store.complete(key, token, hour), true)
    }),
    createCase(
      'keeps keys apart that differ in letter case, in a trailing space or after 255 bytes',
      async (store, key) => {
        const long = `${key}-${'x'.repeat(300)}`
        for (const each of [`${key}a`, `${key}A`, `${key}a `, `${long}1`, `${long}2`]) await claimKey(store, each)
      },
    ),
    createCase('forgets a completed key after ttlMs', async (store, key) => {
      expect(await store.complete(key, await claimKey(store, key), short), true)
      await sleep(2 * short.ttlMs)
      await claimKey(store, key)
    }),
  ]
}

async function claimKey(store: DeliveryStore, key: string, { leaseMs } = hour): Promise<string> {
  const claim: Claim = await store.claim(key, { leaseMs })
  expect(claim.state, 'claimed')
  return (claim as Extract<Claim, { state: 'claimed' }>).token
}

function expect(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`DeliveryStore: expected ${expected}, found ${found}.`)
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
