// The contract of a store, against all three and, where they are there, on real servers.
import { type DeliveryStore, memoryStore } from 'gallabox-webhooks'
import { deliveriesTableSql, postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { storeContract } from 'gallabox-webhooks/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RedisCluster } from '../support/redis-cluster.js'
import {
  connectIoRedis,
  connectNodeRedis,
  connectPostgres,
  hasPostgres,
  hasRedis,
  hasRedisServer,
} from '../support/servers.js'

function runContract(getStore: () => DeliveryStore): void {
  for (const { title, run } of storeContract(getStore)) test(title, run)
}

describe('memoryStore', () => {
  runContract(() => memoryStore())

  test('it forgets the oldest that is done when it is full, and never what is in progress', async () => {
    const store = memoryStore({ maxEntries: 2 })
    const first = await store.claim('a', { leaseMs: 1000 })
    const second = await store.claim('b', { leaseMs: 1000 })
    await expect(store.claim('c', { leaseMs: 1000 })).rejects.toThrow(/maxEntries/)
    await store.complete('b', (second as { token: string }).token, { ttlMs: 1000 })
    expect(await store.claim('c', { leaseMs: 1000 })).toMatchObject({ state: 'claimed' })
    expect(await store.claim('a', { leaseMs: 1000 })).toMatchObject({ state: 'in-progress' })
    expect(await store.complete('a', (first as { token: string }).token, { ttlMs: 1 })).toBe(true)
  })

  test('what has expired makes room, by the clock that is given', async () => {
    let clock = 0
    const store = memoryStore({ maxEntries: 2, now: () => clock })
    await store.claim('a', { leaseMs: 10 })
    await store.claim('b', { leaseMs: 30 })
    clock = 20
    expect(await store.claim('c', { leaseMs: 10 })).toMatchObject({ state: 'claimed' })
    expect(await store.claim('b', { leaseMs: 10 })).toEqual({ state: 'in-progress', retryAfterMs: 10 })
    // Behind one that lives, an expired one is found when it is needed.
    clock = 30
    expect(await store.claim('d', { leaseMs: 10 })).toMatchObject({ state: 'claimed' })
  })

  test.each([0, -1, 1.5, '10'])('a size of %j is a TypeError', (maxEntries) => {
    expect(() => memoryStore({ maxEntries: maxEntries as number })).toThrow(TypeError)
  })
})

describe.skipIf(!hasRedis)('redisStore', () => {
  describe('on node-redis', () => {
    let client: Awaited<ReturnType<typeof connectNodeRedis>>
    beforeAll(async () => {
      client = await connectNodeRedis()
    })
    afterAll(() => client.destroy())
    runContract(() => redisStore(client))

    test('keys begin with the prefix, hold no more than a token, and expire', async () => {
      const key = globalThis.crypto.randomUUID()
      const store = redisStore(client, { prefix: 'own:' })
      const { token } = (await store.claim(key, { leaseMs: 5000 })) as { token: string }
      expect(await client.get(`own:${key}`)).toBe(token)
      expect(await client.pTTL(`own:${key}`)).toBeGreaterThan(0)
      await store.complete(key, token, { ttlMs: 5000 })
      expect(await client.get(`own:${key}`)).toBe('done')
      expect(await client.pTTL(`own:${key}`)).toBeGreaterThan(0)
    })
  })

  describe('on ioredis', () => {
    let client: ReturnType<typeof connectIoRedis>
    beforeAll(() => {
      client = connectIoRedis()
    })
    afterAll(() => client.disconnect())
    runContract(() => redisStore(client))
  })
})

describe.skipIf(!hasRedis || !hasRedisServer)('redisStore in a cluster', () => {
  const cluster = new RedisCluster()
  let nodeRedis: Awaited<ReturnType<typeof cluster.connectNodeRedis>>
  let ioRedis: ReturnType<typeof cluster.connectIoRedis>
  beforeAll(async () => {
    await cluster.start()
    nodeRedis = await cluster.connectNodeRedis()
    ioRedis = cluster.connectIoRedis()
  })
  afterAll(() => {
    nodeRedis.destroy()
    ioRedis.disconnect()
    cluster.stop()
  })
  describe('on node-redis', () => runContract(() => redisStore(nodeRedis)))
  describe('on ioredis', () => runContract(() => redisStore(ioRedis)))
})

test.each([undefined, null, {}, { eval: 'script' }])('a client that is %j is a TypeError', (client) => {
  expect(() => redisStore(client as never)).toThrow(TypeError)
})

describe.skipIf(!hasPostgres)('postgresStore', () => {
  const table = `test_${globalThis.crypto.randomUUID().replaceAll('-', '')}`
  let pool: ReturnType<typeof connectPostgres>
  beforeAll(async () => {
    pool = connectPostgres()
    await pool.query(deliveriesTableSql(table))
    await pool.query(deliveriesTableSql(table))
  })
  afterAll(async () => {
    await pool.query(`DROP TABLE ${table}`)
    await pool.end()
  })
  runContract(() => postgresStore(pool, { table }))

  test('what has expired is deleted on the way', async () => {
    const store = postgresStore(pool, { table })
    await pool.query(`DELETE FROM ${table}`)
    for (const key of ['x', 'y', 'z']) await store.claim(key, { leaseMs: 1 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await store.claim('new', { leaseMs: 1000 })
    await store.claim('newer', { leaseMs: 1000 })
    const { rows } = await pool.query(`SELECT key FROM ${table} ORDER BY key`)
    expect(rows).toEqual([{ key: 'new' }, { key: 'newer' }])
  })

  test('without its table every step rejects', async () => {
    const store = postgresStore(pool, { table: 'no_such_table' })
    await expect(store.claim('a', { leaseMs: 1 })).rejects.toThrow(/no_such_table/)
  })
})

test.each(['', 'a b', 'a;b', 'a.b.c', '1a', '"a"'])('a table by the name of %j is a TypeError', (table) => {
  expect(() => deliveriesTableSql(table)).toThrow(TypeError)
  expect(() => postgresStore({ query: async () => ({ rows: [], rowCount: 0 }) }, { table })).toThrow(TypeError)
})

test('a claim that is lost at this very moment is in progress, for a second', async () => {
  // What the database answers when the row of another is not yet to be seen.
  const store = postgresStore({ query: async () => ({ rows: [], rowCount: 0 }) })
  expect(await store.claim('a', { leaseMs: 1 })).toEqual({ state: 'in-progress', retryAfterMs: 1000 })
})

describe('the contract finds out a store', () => {
  async function failures(change: (store: DeliveryStore) => Partial<DeliveryStore>): Promise<string[]> {
    const failed: string[] = []
    const store = memoryStore()
    for (const { title, run } of storeContract(() => ({ ...store, ...change(store) }))) {
      await run().catch(() => failed.push(title))
    }
    return failed
  }

  test.each<[string, (store: DeliveryStore) => Partial<DeliveryStore>, RegExp]>([
    ['that gives every claim', () => ({ claim: async () => ({ state: 'claimed', token: '1' }) }), /of fifty/],
    ['that calls everything done', () => ({ claim: async () => ({ state: 'done' }) }), /claimed once/],
    ['that completes for anyone', () => ({ complete: async () => true }), /another token/],
    ['that releases for anyone', () => ({ release: async () => true }), /another token/],
    [
      'that does not say when to come back',
      (store) => ({
        claim: async (key, options) => {
          const claim = await store.claim(key, options)
          return claim.state === 'in-progress' ? { ...claim, retryAfterMs: Number.NaN } : claim
        },
      }),
      /when to come back/,
    ],
    [
      'whose leases never end',
      (store) => ({ claim: (key) => store.claim(key, { leaseMs: 3_600_000 }) }),
      /after the lease/,
    ],
  ])('%s', async (_title, change, found) => {
    expect((await failures(change)).join()).toMatch(found)
  })
})

test.each([undefined, null, {}])('a pool that is %j is a TypeError', (pool) => {
  expect(() => postgresStore(pool as never)).toThrow(TypeError)
})
