// Runs the store contract on every database, through every client that runs here.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryClaim } from 'gallabox-webhooks'
import { createTableSql, type SqlRun, type SqlStore, sqlStore } from 'gallabox-webhooks/sql'
import { storeContract } from 'gallabox-webhooks/testing'
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from 'vitest'
import { canRun, openDatabase, serverUrlOf } from '../support/databases.js'
import { mysqlUrl } from '../support/servers.js'

const hour = { leaseMs: 3_600_000, ttlMs: 3_600_000 }

const places = [
  { client: 'pg', title: 'PostgreSQL through pg' },
  { client: 'postgres', title: 'PostgreSQL through postgres' },
  { client: 'PGlite', title: 'PGlite' },
  { client: 'mysql2', title: 'MariaDB through mysql2' },
  { client: 'mariadb', title: 'MariaDB through mariadb' },
  {
    client: 'mariadb',
    title: 'MariaDB with the SQL standard order of assignments',
    location: `${mysqlUrl}?sessionVariables=${encodeURIComponent('{"sql_mode":"SIMULTANEOUS_ASSIGNMENT"}')}`,
  },
  { client: 'better-sqlite3', title: 'a file through better-sqlite3' },
  { client: 'libSQL', title: 'a file through libSQL' },
  { client: 'libSQL', title: 'libSQL in memory', location: ':memory:' },
]

describe.each(places)('sqlStore on $title', ({ client, ...place }) => {
  if (!canRun(client)) return test.skip('has no database')

  let database: Awaited<ReturnType<typeof openDatabase>>
  let store: SqlStore
  beforeAll(async () => {
    database = await openDatabase(client, place)
    store = sqlStore(database.run, database.options)
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(() => database.drop())

  async function claim(key: string): Promise<DeliveryClaim> {
    const { token } = (await store.claim(key, hour)) as { token: string }
    return { key, token, ttlMs: hour.ttlMs }
  }
  /** Returns a key column's values. MySQL returns bytes. */
  async function listKeys(): Promise<string[]> {
    const column = database.dialect === 'mysql' ? '`key`' : 'key'
    const rows = (await database.run(`SELECT ${column} AS k FROM ${database.table}`, [])) as {
      k: string | Uint8Array
    }[]
    return rows.map(({ k }) => (typeof k === 'string' ? k : new TextDecoder().decode(k))).sort()
  }

  for (const { title, run } of storeContract(() => store)) test(title, run)

  test('creates its table only once', async () => {
    await database.exec(createTableSql(database.dialect, database.table))
  })

  test('deletes expired rows when it claims', async () => {
    await database.exec(`DELETE FROM ${database.table}`)
    for (const key of ['x', 'y', 'z']) await store.claim(key, { leaseMs: 1 })
    await sleep(20)
    for (const key of ['new', 'newer']) await store.claim(key, hour)
    await expect.poll(listKeys).toEqual(['new', 'newer'])
  })

  test('stores keys of 255 bytes as they are, and longer ones as their SHA-256', async () => {
    await database.exec(`DELETE FROM ${database.table}`)
    await store.claim('é'.repeat(127), hour)
    const long = 'é'.repeat(128)
    await store.claim(long, hour)
    const digest = createHash('sha256').update(long).digest('hex')
    expect(await listKeys()).toEqual([digest, 'é'.repeat(127)])
  })

  test.runIf(serverUrlOf(client)).each([-3_600_000, 3_600_000])(
    'uses the clock of the server when the clock of the client is off by %i ms',
    async (skewMs) => {
      const key = globalThis.crypto.randomUUID()
      await store.claim(key, { leaseMs: 300 })
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs })
      const next = await store.claim(key, hour)
      expect(next.state).toBe('in-progress')
      expect((next as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(300)
      await sleep(320)
      expect((await store.claim(key, hour)).state).toBe('claimed')
    },
  )

  describe('completeIn', () => {
    test('completes the claim with the transaction', async () => {
      const held = await claim(globalThis.crypto.randomUUID())
      await database.transact((run) => store.completeIn(run, held))
      expect((await store.claim(held.key, hour)).state).toBe('done')
      // The receiver completes it afterwards.
      expect(await store.complete(held.key, held.token, hour)).toBe(true)
      expect(await store.complete(held.key, held.token, hour)).toBe(false)
      expect((await store.claim(held.key, hour)).state).toBe('done')
    })

    test('changes nothing when the transaction is rolled back', async () => {
      const held = await claim(globalThis.crypto.randomUUID())
      const failing = database.transact((run) => {
        const completing: unknown = store.completeIn(run, held)
        const fail = () => {
          throw new Error('the transaction fails')
        }
        return completing instanceof Promise ? completing.then(fail) : fail()
      })
      await expect(failing).rejects.toThrow('the transaction fails')
      expect((await store.claim(held.key, hour)).state).toBe('in-progress')
      expect(await store.release(held.key, held.token)).toBe(true)
    })

    test('keeps the claim while the handler still runs', async () => {
      const held = await claim(globalThis.crypto.randomUUID())
      await database.transact((run) => store.completeIn(run, held))
      expect(await store.extend(held.key, held.token, { leaseMs: 1 })).toBe(true)
      await sleep(20)
      expect((await store.claim(held.key, hour)).state).toBe('done')
      expect(await store.release(held.key, held.token)).toBe(false)
    })

    test('rejects when another process has claimed or completed the delivery', async () => {
      const held = await claim(globalThis.crypto.randomUUID())
      await store.release(held.key, held.token)
      const other = await claim(held.key)
      const lost = 'completeIn: the claim was lost, or is in another table. Roll the transaction back.'
      await expect(database.transact((run) => store.completeIn(run, held))).rejects.toThrow(lost)
      expect(await store.complete(other.key, other.token, hour)).toBe(true)
      await expect(database.transact((run) => store.completeIn(run, held))).rejects.toThrow(lost)
    })

    test('accepts a key of more than 255 bytes', async () => {
      const held = await claim(`${globalThis.crypto.randomUUID()}-${'x'.repeat(300)}`)
      await database.transact((run) => store.completeIn(run, held))
      expect((await store.claim(held.key, hour)).state).toBe('done')
    })
  })
})

describe('createTableSql', () => {
  test.each([
    ['postgres', /token text NOT NULL/],
    ['mysql', /`key` VARBINARY\(255\) NOT NULL PRIMARY KEY/],
    // D1's exec() takes each line as a statement.
    ['sqlite', /^CREATE TABLE .*;\nCREATE INDEX .*;\n$/],
  ] as const)('returns the SQL of %s', (dialect, expected) => {
    expect(createTableSql(dialect)).toMatch(expected)
    expect(createTableSql(dialect)).toContain('gallabox_deliveries')
  })

  test('accepts a schema', () => {
    expect(createTableSql('postgres', 'app.seen')).toContain('INDEX IF NOT EXISTS seen_expires_at ON app.seen ')
    expect(createTableSql('sqlite', 'app.seen')).toContain('INDEX IF NOT EXISTS app.seen_expires_at ON seen ')
  })

  test.each(['', 'a b', 'a;b', 'a.b.c', '1a', '"a"', null])('rejects the table %j', (table) => {
    expect(() => createTableSql('mysql', table as string)).toThrow(TypeError)
    expect(() => createTableSql('mysql', table as string)).toThrow(/^table: must be a name of letters/)
    expect(() => sqlStore(() => [], { dialect: 'mysql', table: table as string })).toThrow(TypeError)
  })

  test.each([
    ['mariadb', 'dialect: unknown dialect. Known: postgres, mysql, sqlite.'],
    ['postgresql', 'dialect: unknown dialect. Did you mean "postgres"?'],
    ['toString', 'dialect: unknown dialect. Known: postgres, mysql, sqlite.'],
    [undefined, 'dialect: must be a string, got undefined.'],
  ])('rejects the dialect %j', (dialect, message) => {
    expect(() => createTableSql(dialect as never)).toThrow(new TypeError(message))
    expect(() => sqlStore(() => [], { dialect: dialect as never })).toThrow(new TypeError(`sqlStore.${message}`))
  })
})

describe('sqlStore', () => {
  test.each([
    [undefined, { dialect: 'mysql' }, 'sqlStore: run must be a function, got undefined. Pass (sql, values) => rows.'],
    [{}, { dialect: 'mysql' }, 'sqlStore: run must be a function, got object. Pass (sql, values) => rows.'],
    [
      () => [],
      undefined,
      "sqlStore: must be an object, got undefined. Pass { dialect: 'postgres' }, 'mysql' or 'sqlite'.",
    ],
    [() => [], { dialect: 'mysql', tabel: 'a' }, 'sqlStore: unknown option "tabel". Did you mean "table"?'],
    [() => [], { dialect: 'mysql', table: 1 }, 'sqlStore.table: must be a string, got number.'],
  ])('rejects %j with the options %j', (run, options, message) => {
    expect(() => sqlStore(run as never, options as never)).toThrow(new TypeError(message))
  })

  const fix = "Return the client's rows, such as `result.rows`, or the first element of mysql2's result."
  test.each([
    [undefined, 'an array of rows, got undefined'],
    [null, 'an array of rows, got null'],
    [{ rows: [] }, 'an array of rows, got object'],
    [[[{ token: 'a' }], []], 'rows that are objects, got array'],
    [[[], undefined], 'rows that are objects, got array'],
    [[1], 'rows that are objects, got number'],
    [[{ TOKEN: 'a' }], 'the column token as a string, got undefined'],
    [[{ token: new Uint8Array() }], 'the column token as a string, got object'],
  ])('rejects when run returns %j', async (rows, problem) => {
    const message = `sqlStore: run must return ${problem}. ${fix}`
    for (const result of [rows, Promise.resolve(rows)]) {
      const store = sqlStore(() => result, { dialect: 'sqlite' })
      await expect(store.claim('a', { leaseMs: 1 })).rejects.toThrow(new TypeError(message))
      await expect(store.release('a', 'token')).rejects.toThrow(new TypeError(message))
    }
  })

  test.each(['7', 7, 7n])('accepts the remaining milliseconds %s', async (remain) => {
    const store = sqlStore(() => [{ token: 'other', remain, expired: 0 }], { dialect: 'sqlite' })
    expect(await store.claim('a', { leaseMs: 1 })).toEqual({ state: 'in-progress', retryAfterMs: 7 })
  })

  test('reports at least a millisecond for a claim that ended after it was found', async () => {
    const store = sqlStore(() => [{ token: 'other', remain: -1 }], { dialect: 'mysql' })
    expect(await store.claim('a', { leaseMs: 1 })).toEqual({ state: 'in-progress', retryAfterMs: 1 })
  })

  test('claims when expired rows cannot be deleted', async () => {
    const run: SqlRun = (sql, values) => {
      if (sql.startsWith('DELETE')) throw new Error('locked')
      return [{ token: values[1], remain: 1, expired: 1n }]
    }
    expect(await sqlStore(run, { dialect: 'sqlite' }).claim('a', { leaseMs: 1 })).toMatchObject({ state: 'claimed' })
  })

  test.each([
    ['mysql', { errno: 1213 }],
    ['mysql', { cause: { errno: 1020 } }],
    ['mysql', { code: 'P2010', meta: { code: '1213' } }],
    ['postgres', { cause: { code: '40001' } }],
    ['sqlite', { code: 'SQLITE_BUSY' }],
    ['sqlite', { message: 'database is locked', code: 'ERR_SQLITE_ERROR', errcode: 5 }],
  ] as const)('runs a statement of %s again after the error %j', async (dialect, error) => {
    const run = vi.fn<SqlRun>((_, values) => {
      if (run.mock.calls.length === 1) throw error
      return [{ token: values[1] }]
    })
    const store = sqlStore(run, { dialect })
    await store.release('a', 'token')
    expect(run.mock.calls[1]).toEqual(run.mock.calls[0])
  })

  test('rejects at once after another error, and after an error that is its own cause', async () => {
    const error: { code: string; cause?: unknown } = { code: '23505' }
    error.cause = error
    const run = vi.fn<SqlRun>().mockRejectedValue(error)
    await expect(sqlStore(run, { dialect: 'postgres' }).claim('a', { leaseMs: 1 })).rejects.toBe(error)
    expect(run).toHaveBeenCalledTimes(1)
  })

  describe('completeIn', () => {
    const store = sqlStore(() => [], { dialect: 'sqlite' })
    const claim = { key: 'a', token: 'token', ttlMs: 1 }

    test('marks nothing for a delivery that is not deduplicated', () => {
      const run = vi.fn()
      expect(store.completeIn(run, null)).toBeUndefined()
      expect(run).not.toHaveBeenCalled()
    })

    test.each([undefined, 'a', {}, { key: 'a', token: 'token' }])('rejects the claim %j', (claim) => {
      expect(() => store.completeIn(() => [], claim as never)).toThrow(TypeError)
      expect(() => store.completeIn(() => [], claim as never)).toThrow(
        /^completeIn\.claim: must be the claim of a delivery, got \w+\. Pass `context\.claim` of the handler, and set `idempotency` to this store\.$/,
      )
    })

    test('rejects a run that is not a function', () => {
      const message = 'completeIn: run must be a function, got object. Pass (sql, values) => rows.'
      expect(() => store.completeIn({} as never, claim)).toThrow(new TypeError(message))
    })

    test('throws, and does not run a statement again, after a conflict', () => {
      const run = vi.fn(() => {
        throw new Error('database is locked')
      })
      expect(() => store.completeIn(run, claim)).toThrow('database is locked')
      expect(run).toHaveBeenCalledTimes(1)
    })

    test('has the type of its run', () => {
      expectTypeOf(store.completeIn(() => [{ token: 'done:token' }], claim)).toEqualTypeOf<void>()
      const run = async () => [{ token: 'done:token' }]
      expectTypeOf(store.completeIn(run, claim)).toEqualTypeOf<Promise<void>>()
      const unknownRun: SqlRun = run
      expectTypeOf(store.completeIn(unknownRun, claim)).toEqualTypeOf<void | Promise<void>>()
    })
  })
})
