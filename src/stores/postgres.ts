/**
 * A store in PostgreSQL, for receivers that run in several processes.
 *
 * @module gallabox-webhooks/postgres
 */
import { checkMethods, checkOptions, type OptionKinds } from '../platform/check-options.js'
import { typeName } from '../platform/type-name.js'
import type { Claim, DeliveryStore } from './store.js'

/** The part of a `Pool` or `Client` of the package `pg` that the store uses. */
export interface PostgresPool {
  /** Runs a statement. */
  query(
    text: string,
    values: unknown[],
  ): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }>
}

/** Options of `postgresStore`. */
export interface PostgresStoreOptions {
  /** The table's name, optionally with its schema. Default: `gallabox_deliveries`. */
  readonly table?: string | undefined
}

const optionKinds: OptionKinds<PostgresStoreOptions> = { table: 'a string' }

const defaultTable = 'gallabox_deliveries'

const maxAttempts = 6

/**
 * Returns the SQL that creates the table of `postgresStore`, for your migrations. It can run more than once.
 *
 * @param table - The table's name, optionally with its schema. Default: `gallabox_deliveries`.
 * @throws TypeError for a name with characters other than letters, digits and underscores.
 * @example
 * ```ts
 * import { deliveriesTableSql } from 'gallabox-webhooks/postgres'
 *
 * console.log(deliveriesTableSql())
 * ```
 */
export function deliveriesTableSql(table: string = defaultTable): string {
  const name = checkTableName(table)
  const index = `${name.split('.').at(-1)}_expires_at`
  return `CREATE TABLE IF NOT EXISTS ${name} (
  key text PRIMARY KEY,
  token uuid, -- null once the delivery is done
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS ${index} ON ${name} (expires_at);
`
}

/**
 * Creates a store in PostgreSQL 12 or newer. The primary key decides which claim succeeds. Each claim deletes up to two
 * expired rows. Times come from the database's clock. Serialization failures and deadlocks are retried up to five times.
 *
 * @param pool - A `Pool` of `pg`. Create the table first: see {@link deliveriesTableSql}.
 * @throws TypeError for a pool without `query`, for an invalid table name and for an unknown option.
 * @example
 * ```ts
 * import { createReceiver } from 'gallabox-webhooks'
 * import { type PostgresPool, postgresStore } from 'gallabox-webhooks/postgres'
 *
 * export function receiverOn(pool: PostgresPool) {
 *   return createReceiver({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     idempotency: { store: postgresStore(pool) },
 *     onEvent: (event) => console.log(event.type),
 *   })
 * }
 * ```
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): DeliveryStore {
  checkMethods('postgresStore', pool, ['query'], 'Pass a Pool of pg.')
  checkOptions('postgresStore', options, optionKinds)
  const table = checkTableName(options.table ?? defaultTable)
  const fromNow = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`

  const claimSql = `
WITH expired AS (
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} WHERE expires_at <= now() AND key <> $1
    ORDER BY expires_at LIMIT 2 FOR UPDATE SKIP LOCKED
  )
), claim AS (
  INSERT INTO ${table} AS held (key, token, expires_at) VALUES ($1, $2, ${fromNow('$3')})
  ON CONFLICT (key) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at
  WHERE held.expires_at <= now()
  RETURNING key
)
SELECT 'claimed' AS state, 0::float8 AS wait FROM claim
UNION ALL
SELECT CASE WHEN token IS NULL THEN 'done' ELSE 'in-progress' END,
  ceil(extract(epoch FROM expires_at - now()) * 1000)::float8
FROM ${table} WHERE key = $1 AND expires_at > now() AND NOT EXISTS (SELECT FROM claim)`
  // Writes a row if the key is free or the token holds it.
  const writeSql = (newToken: string) => `
INSERT INTO ${table} AS held (key, token, expires_at) VALUES ($1, ${newToken}, ${fromNow('$3')})
ON CONFLICT (key) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at
WHERE held.token = $2::uuid OR held.expires_at <= now()`
  const extendSql = writeSql('$2::uuid')
  const completeSql = writeSql('NULL')
  const releaseSql = `DELETE FROM ${table} WHERE key = $1 AND token = $2 AND expires_at > now()`

  async function run(sql: string, values: unknown[], attempt = 1): ReturnType<PostgresPool['query']> {
    try {
      return await pool.query(sql, values)
    } catch (error) {
      if (attempt === maxAttempts || !isConflict(error)) throw error
    }
    // Statements that conflicted must not meet again.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * 2 ** attempt))
    return run(sql, values, attempt + 1)
  }
  async function write(sql: string, values: unknown[]): Promise<boolean> {
    return (await run(sql, values)).rowCount === 1
  }

  return {
    async claim(key, { leaseMs }): Promise<Claim> {
      const token = globalThis.crypto.randomUUID()
      const { rows } = await run(claimSql, [key, token, leaseMs])
      // No row: a concurrent claim succeeded, which this statement's snapshot does not show yet.
      const { state, wait } = (rows[0] ?? { state: 'in-progress', wait: 1000 }) as {
        state: Claim['state']
        wait: number
      }
      if (state === 'claimed') return { state, token }
      return state === 'done' ? { state } : { state, retryAfterMs: wait }
    },
    extend: (key, token, { leaseMs }) => write(extendSql, [key, token, leaseMs]),
    complete: (key, token, { ttlMs }) => write(completeSql, [key, token, ttlMs]),
    release: (key, token) => write(releaseSql, [key, token]),
  }
}

/** Whether PostgreSQL undid a statement because of a concurrent one: a serialization failure or a deadlock. */
function isConflict(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return code === '40001' || code === '40P01'
}

function checkTableName(table: string): string {
  if (typeof table === 'string' && /^[a-z_]\w*(\.[a-z_]\w*)?$/i.test(table)) return table
  const got = typeof table === 'string' ? '' : `, got ${typeName(table)}`
  throw new TypeError(`table: must be a name of letters, digits and underscores${got}. A schema may precede it.`)
}
