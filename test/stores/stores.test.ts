// Runs the store contract against every store. Redis and PostgreSQL need servers: see test/support/servers.ts.
import { createHash } from 'node:crypto'
import { Redis as UpstashRedis } from '@upstash/redis'
import { Redis as UpstashRedisOnCloudflare } from '@upstash/redis/cloudflare'
import { kv } from '@vercel/kv'
import { type DeliveryStore, memoryStore } from 'gallabox-webhooks'
import { type PostgresClient, postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { createTableSql } from 'gallabox-webhooks/sql'
import { storeContract } from 'gallabox-webhooks/testing'
import { Cluster, Redis } from 'ioredis'
import Valkey from 'iovalkey'
import { createClient, createClientPool, createCluster } from 'redis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../support/databases.js'
import { FaultyProxy } from '../support/faulty-proxy.js'
import { RedisCluster } from '../support/redis-cluster.js'
import {
  connectIoRedis,
  connectIoValkey,
  connectNodeRedis,
  connectPostgres,
  hasPostgres,
  hasRedis,
  hasRedisServer,
  redisUrl,
} from '../support/servers.js'
import { connectUpstash, connectVercelKv, UpstashBridge } from '../support/upstash-bridge.js'

/** Returns the row of an operation that succeeds. */
async function claimedRows(sql: string, values: string[]) {
  return [{ token: values[sql.startsWith('WITH') ? 2 : 1], remain: 0 }]
}

function runContract(getStore: () => DeliveryStore): void {
  for (const { title, run } of storeContract(getStore)) test(title, run)
}

describe('memoryStore', () => {
  runContract(() => memoryStore())

  test('drops the oldest handled delivery when full, never one in progress', async () => {
    const store = memoryStore({ maxEntries: 2 })
    const first = await store.claim('a', { leaseMs: 1000 })
    const second = await store.claim('b', { leaseMs: 1000 })
    await expect(store.claim('c', { leaseMs: 1000 })).rejects.toThrow(/maxEntries/)
    await store.complete('b', (second as { token: string }).token, { ttlMs: 1000 })
    expect(await store.claim('c', { leaseMs: 1000 })).toMatchObject({ state: 'claimed' })
    expect(await store.claim('a', { leaseMs: 1000 })).toMatchObject({ state: 'in-progress' })
    expect(await store.complete('a', (first as { token: string }).token, { ttlMs: 1 })).toBe(true)
  })

  test('drops expired entries by the option now', async () => {
    let clock = 0
    const store = memoryStore({ maxEntries: 2, now: () => clock })
    await store.claim('a', { leaseMs: 10 })
    await store.claim('b', { leaseMs: 30 })
    clock = 20
    expect(await store.claim('c', { leaseMs: 10 })).toMatchObject({ state: 'claimed' })
    expect(await store.claim('b', { leaseMs: 10 })).toEqual({ state: 'in-progress', retryAfterMs: 10 })
    // An expired entry behind a live one is dropped too.
    clock = 30
    expect(await store.claim('d', { leaseMs: 10 })).toMatchObject({ state: 'claimed' })
  })

  test.each([0, -1, 1.5, '10', null])('rejects maxEntries %j', (maxEntries) => {
    expect(() => memoryStore({ maxEntries: maxEntries as number })).toThrow(TypeError)
    expect(() => memoryStore({ maxEntries: maxEntries as number })).toThrow(
      /^memoryStore\.maxEntries: must be an integer/,
    )
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

    test('stores only a token, under the prefix and with an expiry', async () => {
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

  describe('on ioredis with stringNumbers', () => {
    let client: Redis
    beforeAll(() => {
      client = new Redis(redisUrl, { stringNumbers: true })
    })
    afterAll(() => client.disconnect())
    runContract(() => redisStore(client))
  })

  describe('on iovalkey', () => {
    let client: ReturnType<typeof connectIoValkey>
    beforeAll(() => {
      client = connectIoValkey()
    })
    afterAll(() => client.disconnect())
    runContract(() => redisStore(client))
  })

  describe('over REST', () => {
    const bridge = new UpstashBridge()
    let url: string
    beforeAll(async () => {
      url = await bridge.start()
    })
    afterAll(() => bridge.stop())

    describe('on @upstash/redis', () => runContract(() => redisStore(connectUpstash(url))))
    describe('on @upstash/redis without pipelines, base64 and deserialization', () => {
      const options = { enableAutoPipelining: false, responseEncoding: false, automaticDeserialization: false } as const
      runContract(() => redisStore(connectUpstash(url, options)))
    })
    describe('on createClient of @vercel/kv', () => runContract(() => redisStore(connectVercelKv(url))))

    test('gets the claim when @upstash/redis sends it again after a lost response', async () => {
      const proxy = new FaultyProxy(url)
      const store = redisStore(connectUpstash(await proxy.listen(url)))
      const key = globalThis.crypto.randomUUID()
      proxy.nextFault = 'lose-response'
      const claim = await store.claim(key, { leaseMs: 60_000 })
      expect(proxy.nextFault).toBeUndefined()
      expect(claim.state).toBe('claimed')
      expect((await store.claim(key, { leaseMs: 60_000 })).state).toBe('in-progress')
      proxy.close()
    })

    describe('on kv of @vercel/kv', () => {
      beforeAll(() => {
        // It connects on first use, and throws before these are set.
        expect(() => redisStore(kv)).toThrow(/Missing required environment variables KV_REST_API_URL/)
        vi.stubEnv('KV_REST_API_URL', url)
        vi.stubEnv('KV_REST_API_TOKEN', 'test')
      })
      afterAll(() => {
        vi.unstubAllEnvs()
      })
      runContract(() => redisStore(kv))
    })
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

const upstash = new UpstashRedis({ url: 'https://upstash.invalid', token: 'test' })
const nodeRedisClient = createClient()
const ioRedis = new Redis({ lazyConnect: true })

test.each([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['an empty object', {}, 'object'],
  ['a URL', 'redis://127.0.0.1', 'string'],
  ['an eval that is not a function', { eval: 'script', isOpen: true }, 'object'],
  ['a call that is not a function', { call: 'EVAL', status: 'ready' }, 'object'],
  ['a createScript without eval', { createScript() {} }, 'object'],
  ['an eval of unknown signature', { eval() {} }, 'object'],
  ['a function', createClient, 'function'],
  ['a class', Redis, 'function'],
  ['a promise of a client', Promise.resolve(nodeRedisClient), 'object'],
  ['a transaction of node-redis', nodeRedisClient.multi(), 'object'],
  ['a legacy client of node-redis', nodeRedisClient.legacy(), 'object'],
  ['a pipeline of ioredis', ioRedis.pipeline(), 'object'],
  ['a pipeline of @upstash/redis', upstash.pipeline(), 'object'],
])('redisStore rejects %s', (_title, client, type) => {
  expect(() => redisStore(client as never)).toThrow(
    new TypeError(
      `redisStore: must be a client of redis, ioredis, iovalkey, @upstash/redis or @vercel/kv, got ${type}. ` +
        'Pass the client itself, not a promise, a pipeline or a legacy client.',
    ),
  )
})

test.each([
  ['redis', nodeRedisClient],
  ['redis, as a pool', createClientPool()],
  ['redis, as a cluster', createCluster({ rootNodes: [] })],
  ['ioredis', ioRedis],
  ['ioredis, as a cluster', new Cluster(['redis://127.0.0.1'], { lazyConnect: true })],
  ['iovalkey', new Valkey({ lazyConnect: true })],
  ['iovalkey, as a cluster', new Valkey.Cluster(['redis://127.0.0.1'], { lazyConnect: true })],
  ['@upstash/redis', upstash],
  ['@upstash/redis/cloudflare', new UpstashRedisOnCloudflare({ url: 'https://upstash.invalid', token: 'test' })],
  ['@vercel/kv', connectVercelKv('https://upstash.invalid')],
])('redisStore accepts a client of %s before it is connected', (_title, client) => {
  expect(() => redisStore(client)).not.toThrow()
})

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['OK', 'string'],
  [[], 'array'],
  [0.5, 'number'],
])('redisStore rejects a claim when the script returns %j', async (result, type) => {
  const store = redisStore({ isOpen: true, eval: async () => result })
  await expect(store.claim('a', { leaseMs: 1 })).rejects.toThrow(
    new TypeError(`redisStore: the script must return an integer, got ${type}. Check the client.`),
  )
})

test('redisStore stores a key of more than 255 bytes as its SHA-256', async () => {
  const keys: string[] = []
  const store = redisStore({
    isOpen: true,
    eval: async (_script: string, options: { keys: string[] }) => keys.push(...options.keys),
  })
  for (const key of ['a'.repeat(255), 'a'.repeat(256), 'न'.repeat(85), 'न'.repeat(86)]) {
    await store.claim(key, { leaseMs: 1 })
  }
  const digest = (key: string) => createHash('sha256').update(key).digest('hex')
  const stored = ['a'.repeat(255), digest('a'.repeat(256)), 'न'.repeat(85), digest('न'.repeat(86))]
  expect(keys).toEqual(stored.map((key) => `gallabox:delivery:${key}`))
})

describe('options', () => {
  const stores: readonly (readonly [name: string, create: (options: never) => DeliveryStore])[] = [
    ['memoryStore', memoryStore],
    ['redisStore', (options) => redisStore({ status: 'ready', call: async () => 0 }, options)],
    ['postgresStore', (options) => postgresStore({ query: async () => ({ rows: [] }) }, options)],
  ]

  test.each(stores)('%s rejects options that are not an object', (name, create) => {
    for (const options of [null, 'options', []]) {
      expect(() => create(options as never)).toThrow(TypeError)
      expect(() => create(options as never)).toThrow(`${name}: must be an object`)
    }
  })

  test.each([
    ['memoryStore', { maxEntires: 1 }, 'memoryStore: unknown option "maxEntires". Did you mean "maxEntries"?'],
    ['memoryStore', { now: 0 }, 'memoryStore.now: must be a function, got number.'],
    ['redisStore', { prefixes: 'a' }, 'redisStore: unknown option "prefixes". Did you mean "prefix"?'],
    ['redisStore', { prefix: null }, 'redisStore.prefix: must be a string, got null.'],
    ['postgresStore', { tabel: 'a' }, 'postgresStore: unknown option "tabel". Did you mean "table"?'],
    ['postgresStore', { table: null }, 'postgresStore.table: must be a string, got null.'],
  ])('%s rejects %j', (name, options, message) => {
    const create = stores.find(([known]) => known === name)?.[1]
    expect(() => create?.(options as never)).toThrow(new TypeError(message))
  })
})

describe('postgresStore after a conflict', () => {
  /** A pool whose first statements fail. */
  function conflictingPool(failures: number, code: string) {
    const query = vi.fn(async (sql: string, values: string[]) => {
      if (query.mock.calls.length <= failures) throw Object.assign(new Error('conflict'), { code })
      return { rows: await claimedRows(sql, values) }
    })
    return { query }
  }

  test.each(['40001', '40P01'])('runs the same statement again when its code is %s', async (code) => {
    const pool = conflictingPool(2, code)
    expect(await postgresStore(pool).claim('a', { leaseMs: 1 })).toMatchObject({ state: 'claimed' })
    const calls: unknown[] = pool.query.mock.calls
    expect(calls).toEqual([calls[0], calls[0], calls[0]])
  })

  test.each(['extend', 'complete', 'release'] as const)('runs %s again', async (method) => {
    const pool = conflictingPool(1, '40001')
    expect(await postgresStore(pool)[method]('a', 'token', { leaseMs: 1, ttlMs: 1 })).toBe(true)
    expect(pool.query).toHaveBeenCalledTimes(2)
  })

  test('rejects after eight attempts', async () => {
    const pool = conflictingPool(8, '40001')
    await expect(postgresStore(pool).claim('a', { leaseMs: 1 })).rejects.toThrow('conflict')
    expect(pool.query).toHaveBeenCalledTimes(8)
  })

  test.each(['23505', '57P01', ''])('rejects at once when the code is %j', async (code) => {
    const pool = conflictingPool(1, code)
    await expect(postgresStore(pool).claim('a', { leaseMs: 1 })).rejects.toThrow('conflict')
    expect(pool.query).toHaveBeenCalledTimes(1)
  })

  test('rejects at once when what was thrown is not an error', async () => {
    const query = () => Promise.reject(undefined)
    await expect(postgresStore({ query }).claim('a', { leaseMs: 1 })).rejects.toBeUndefined()
  })
})

describe.skipIf(!hasPostgres)('postgresStore', () => {
  const table = `test_${globalThis.crypto.randomUUID().replaceAll('-', '')}`
  let pool: ReturnType<typeof connectPostgres>
  beforeAll(async () => {
    pool = connectPostgres()
    await pool.query(createTableSql('postgres', table))
    await pool.query(createTableSql('postgres', table))
  })
  afterAll(async () => {
    await pool.query(`DROP TABLE ${table}`)
    await pool.end()
  })
  runContract(() => postgresStore(pool, { table }))

  describe.each(['postgres', 'PGlite'])('on %s', (name) => {
    let database: Awaited<ReturnType<typeof openDatabase>>
    beforeAll(async () => {
      database = await openDatabase(name)
    })
    afterAll(() => database.drop())

    runContract(() => postgresStore(database.client, { table: database.table }))
  })

  test('completes a claim in a transaction of the client', async () => {
    const store = postgresStore(pool, { table })
    const key = globalThis.crypto.randomUUID()
    const { token } = (await store.claim(key, { leaseMs: 5000 })) as { token: string }
    const client = await pool.connect()
    await client.query('BEGIN')
    await store.completeIn(client, { key, token, ttlMs: 5000 })
    await client.query('COMMIT')
    client.release()
    expect(await store.claim(key, { leaseMs: 5000 })).toEqual({ state: 'done' })
  })

  describe.each(['repeatable read', 'serializable'])('when transactions are %s', (isolation) => {
    const isolated = connectPostgres({ options: `-c default_transaction_isolation=${isolation.replace(' ', '\\ ')}` })
    afterAll(() => isolated.end())
    runContract(() => postgresStore(isolated, { table }))
  })

  test('deletes expired rows when it claims', async () => {
    const store = postgresStore(pool, { table })
    await pool.query(`DELETE FROM ${table}`)
    for (const key of ['x', 'y', 'z']) await store.claim(key, { leaseMs: 1 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await store.claim('new', { leaseMs: 1000 })
    await store.claim('newer', { leaseMs: 1000 })
    const { rows } = await pool.query(`SELECT key FROM ${table} ORDER BY key`)
    expect(rows).toEqual([{ key: 'new' }, { key: 'newer' }])
  })

  test('rejects every claim without its table', async () => {
    const store = postgresStore(pool, { table: 'no_such_table' })
    await expect(store.claim('a', { leaseMs: 1 })).rejects.toThrow(/no_such_table/)
  })
})

test.each(['', 'a b', 'a;b', 'a.b.c', '1a', '"a"'])('postgresStore rejects the table name %j', (table) => {
  expect(() => postgresStore({ query: async () => [] }, { table })).toThrow(TypeError)
})

test('reports a claim lost to a concurrent one as in progress for a second', async () => {
  // The database returns no row while the concurrent claim is not visible yet.
  const store = postgresStore({ query: async () => ({ rows: [] }) })
  expect(await store.claim('a', { leaseMs: 1 })).toEqual({ state: 'in-progress', retryAfterMs: 1000 })
})

describe.each([
  ['a Pool of pg', { query: async (sql: string, values: string[]) => ({ rows: await claimedRows(sql, values) }) }],
  ['Neon', Object.assign(() => {}, { query: claimedRows, unsafe: () => ({}) })],
  ['Postgres.js', Object.assign(() => {}, { unsafe: claimedRows })],
])('postgresStore on %s', (_name, client) => {
  test('reads the rows', async () => {
    expect(await postgresStore(client as PostgresClient).claim('a', { leaseMs: 1 })).toMatchObject({ state: 'claimed' })
  })
})

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  [{}, 'object'],
  [{ query: {} }, 'object'],
  [() => {}, 'function'],
  // A pool of mysql2.
  [{ query() {}, execute() {} }, 'object'],
])('postgresStore rejects the client %j', async (client, type) => {
  const problem = `must be a client of pg, postgres, PGlite or Neon, got ${type}. For another client, use sqlStore.`
  expect(() => postgresStore(client as never)).toThrow(new TypeError(`postgresStore: ${problem}`))
  const store = postgresStore({ query: claimedRows })
  const claim = { key: 'a', token: 'token', ttlMs: 1 }
  await expect(store.completeIn(client as never, claim)).rejects.toThrow(new TypeError(`completeIn: ${problem}`))
})

test.each([undefined, { rowCount: 0 }, 'rows'])('postgresStore rejects when the client returns %j', async (result) => {
  const store = postgresStore({ query: async () => result as never })
  await expect(store.claim('a', { leaseMs: 1 })).rejects.toThrow(
    new TypeError(
      'postgresStore: the client must return an array of rows, got undefined. Pass a client of pg, postgres, PGlite or Neon.',
    ),
  )
})
