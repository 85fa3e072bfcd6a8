// Every case of storeContract fails for a store that breaks its rule.
import { type Claim, type DeliveryStore, memoryStore } from 'gallabox-webhooks'
import { storeContract } from 'gallabox-webhooks/testing'
import { expect, test } from 'vitest'

const hour = 3_600_000

interface Entry {
  /** Undefined once the delivery is done. */
  readonly token: string | undefined
  readonly expiresAt: number
}

/** A store that obeys the contract. Each method below is a rule that a test can replace. */
class RuledStore implements DeliveryStore {
  readonly entries = new Map<string, Entry>()

  async claim(key: string, { leaseMs }: { leaseMs: number }): Promise<Claim> {
    this.clean(key)
    const entry = this.find(key)
    if (entry) {
      return entry.token === undefined ? { state: 'done' } : this.inProgress(entry.expiresAt - Date.now())
    }
    const pause = this.pauseClaim()
    if (pause) await pause
    const token = globalThis.crypto.randomUUID()
    this.write(key, token, this.lease(leaseMs))
    return { state: 'claimed', token }
  }
  async extend(key: string, token: string, { leaseMs }: { leaseMs: number }): Promise<boolean> {
    if (!this.mayExtend(key, token)) return false
    const pause = this.pauseWrite()
    if (pause) await pause
    this.write(key, token, this.extension(leaseMs))
    return true
  }
  async complete(key: string, token: string, { ttlMs }: { ttlMs: number }): Promise<boolean> {
    if (!this.mayComplete(key, token)) return false
    const pause = this.pauseWrite()
    if (pause) await pause
    this.write(key, undefined, this.ttl(ttlMs))
    return true
  }
  async release(key: string, token: string): Promise<boolean> {
    return this.mayRelease(key, token) && this.delete(key)
  }

  keyOf = (key: string) => key
  lease = (leaseMs: number) => leaseMs
  extension = (leaseMs: number) => leaseMs
  ttl = (ttlMs: number) => ttlMs
  inProgress = (retryAfterMs: number): Claim => ({ state: 'in-progress', retryAfterMs })
  clean = (_claimed: string): void => {}
  pauseClaim = (): Promise<void> | undefined => undefined
  pauseWrite = (): Promise<void> | undefined => undefined
  isFree = (entry: Entry | undefined) => entry === undefined || entry.expiresAt <= Date.now()
  mayExtend = (key: string, token: string) => this.find(key) === undefined || this.holds(key, token)
  mayComplete = (key: string, token: string) => this.find(key) === undefined || this.holds(key, token)
  mayRelease = (key: string, token: string) => this.holds(key, token)
  delete = (key: string) => this.entries.delete(this.keyOf(key))

  /** The entry of a key, if it has not expired. */
  find(key: string): Entry | undefined {
    const entry = this.entries.get(this.keyOf(key))
    return this.isFree(entry) ? undefined : entry
  }
  holds(key: string, token: string): boolean {
    return this.find(key)?.token === token
  }
  write(key: string, token: string | undefined, ms: number): void {
    this.entries.set(this.keyOf(key), { token, expiresAt: Date.now() + ms })
  }
  deleteExpired(): void {
    for (const [key, entry] of this.entries) if (this.isFree(entry)) this.entries.delete(key)
  }
}

type Break = (store: RuledStore) => Partial<RuledStore>
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
const always = () => true

const brokenStores: readonly [title: string, change: Break, found: RegExp][] = [
  ['grants every claim', () => ({ isFree: always }), /^claims a key once/m],
  ['claims in two steps', () => ({ pauseClaim: nextTurn }), /one of fifty/],
  ['has no retryAfterMs', (store) => ({ inProgress: () => store.inProgress(Number.NaN) }), /retryAfterMs within/],
  ['forgets a completed key', (store) => ({ ttl: () => store.ttl(0) }), /reports a completed key as done/],
  ['releases nothing', () => ({ delete: always }), /grants a released key/],
  ['limits a lease to a day', () => ({ lease: (ms) => Math.min(ms, 24 * hour) }), /30 days/],
  ['completes for any token', () => ({ mayComplete: always }), /another token completes or releases/],
  ['releases for any token', () => ({ mayRelease: always }), /another token completes or releases/],
  [
    'completes a completed key',
    (store) => ({ mayComplete: (key) => store.find(key)?.token === undefined }),
    /completed or released again/,
  ],
  ['releases a completed key', () => ({ mayRelease: always }), /completed or released again/],
  ['extends nothing', () => ({ extend: async () => true }), /extends a claim beyond its lease/],
  ['shortens what it extends', () => ({ extension: (ms) => Math.min(ms, 50) }), /extends a claim beyond its lease/],
  [
    'changes the token of what it extends',
    (store) => ({
      extend: async (key) => {
        store.write(key, 'new', hour)
        return true
      },
    }),
    /releases an extended claim/,
  ],
  ['extends for an hour at least', () => ({ extension: (ms) => Math.max(ms, hour) }), /once the new lease has ended/],
  ['extends for any token', () => ({ mayExtend: always }), /another token extends/],
  [
    'extends a completed key',
    (store) => ({ mayExtend: (key, token) => store.holds(key, token) || store.find(key)?.token === undefined }),
    /a completed key is extended/,
  ],
  [
    'extends only while the lease lasts',
    (store) => ({ mayExtend: (key, token) => store.holds(key, token) }),
    /extends a claim whose lease has ended/,
  ],
  [
    'completes only while the lease lasts',
    (store) => ({ mayComplete: (key, token) => store.holds(key, token) }),
    /completes a claim whose lease has ended/,
  ],
  [
    'completes only what it has not deleted',
    (store) => ({
      clean: () => store.deleteExpired(),
      mayComplete: (key, token) => store.entries.get(key)?.token === token,
    }),
    /claims of other keys came between/,
  ],
  [
    'extends only what it has not deleted',
    (store) => ({
      clean: () => store.deleteExpired(),
      mayExtend: (key, token) => store.entries.get(key)?.token === token,
    }),
    /claims of other keys came between/,
  ],
  [
    'completes only an entry',
    (store) => ({ mayComplete: (key, token) => store.entries.get(key)?.token === token }),
    /its entry is deleted/,
  ],
  [
    'extends only an entry',
    (store) => ({ mayExtend: (key, token) => store.entries.get(key)?.token === token }),
    /its entry is deleted/,
  ],
  ['extends and completes in two steps', () => ({ pauseWrite: nextTurn }), /one of a new claim/],
  ['never ends a lease', () => ({ lease: (ms) => Math.max(ms, hour) }), /grants an expired key/],
  ['completes for an old token', () => ({ mayComplete: always }), /grants an expired key/],
  ['extends for an old token', () => ({ mayExtend: always }), /grants an expired key/],
  ['ignores letter case', () => ({ keyOf: (key) => key.toLowerCase() }), /keeps keys apart/],
  ['trims keys', () => ({ keyOf: (key) => key.trimEnd() }), /keeps keys apart/],
  ['truncates keys', () => ({ keyOf: (key) => key.slice(0, 255) }), /keeps keys apart/],
  ['never forgets a completed key', () => ({ ttl: (ms) => Math.max(ms, hour) }), /forgets a completed key/],
]

async function failedCases(change: Break): Promise<string> {
  const failed: string[] = []
  const cases = storeContract(() => {
    const store = new RuledStore()
    return Object.assign(store, change(store))
  })
  await Promise.all(cases.map(({ title, run }) => run().catch(() => failed.push(title))))
  return failed.join('\n')
}

test('storeContract passes a store that obeys it', async () => {
  expect(await failedCases(() => ({}))).toBe('')
})

test.each(brokenStores)('storeContract fails a store that %s', async (_title, change, found) => {
  expect(await failedCases(change)).toMatch(found)
})

test('each case of storeContract fails for one of these stores', () => {
  const titles = storeContract(memoryStore).map(({ title }) => title)
  expect(titles.filter((title) => !brokenStores.some(([, , found]) => found.test(title)))).toEqual([])
})
