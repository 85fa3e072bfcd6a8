/**
 * A store in PostgreSQL, for receivers that run in several processes. The pool and the table are the user's.
 *
 * @module gallabox-webhooks/postgres
 */
// It must not import a client, nor make a table on its own.
import { assertMethod } from '../platform/assert.js'
import type { Claim, DeliveryStore } from './store.js'

/** The part of a `Pool` or `Client` of the package `pg` that is used. */
export interface PostgresPool {
  /** Runs a statement. */
  query(
    text: string,
    values: unknown[],
  ): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }>
}

/** Options of `postgresStore`. */
export interface PostgresStoreOptions {
  /** The table, with its schema if need be. Default: `gallabox_deliveries`. */
  readonly table?: string | undefined
}

const defaultTable = 'gallabox_deliveries'

/**
 * Gives the SQL that makes the table of `postgresStore`, for your migrations. Running it twice does no harm.
 *
 * @throws TypeError for a table's name that is more than letters, digits and underscores.
 * @example
 * ```ts
 * import { deliveriesTableSql } from 'gallabox-webhooks/postgres'
 *
 * console.log(deliveriesTableSql())
 * ```
 */
export function deliveriesTableSql(table: string = defaultTable): string {
  const name = checkedName(table)
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
 * Creates a store in PostgreSQL 12 or newer. Who gets a claim is decided by the primary key; what has expired is deleted on
 * the way, two rows a claim. Times are those of the database's clock.
 *
 * @param pool - A `Pool` of `pg`. The table must be there: see {@link deliveriesTableSql}.
 * @throws TypeError for a pool that is none, or a table's name that is more than letters, digits and underscores.
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
  assertMethod('postgresStore: the pool', pool, 'query')
  const table = checkedName(options.table ?? defaultTable)
  const after = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`

  const claimSql = `
WITH expired AS (
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} WHERE expires_at <= now() AND key <> $1
    ORDER BY expires_at LIMIT 2 FOR UPDATE SKIP LOCKED
  )
), claim AS (
  INSERT INTO ${table} AS held (key, token, expires_at) VALUES ($1, $2, ${after('$3')})
  ON CONFLICT (key) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at
  WHERE held.expires_at <= now()
  RETURNING key
)
SELECT 'claimed' AS state, 0::float8 AS wait FROM claim
UNION ALL
SELECT CASE WHEN token IS NULL THEN 'done' ELSE 'in-progress' END,
  ceil(extract(epoch FROM expires_at - now()) * 1000)::float8
FROM ${table} WHERE key = $1 AND expires_at > now() AND NOT EXISTS (SELECT FROM claim)`
  const completeSql = `UPDATE ${table} SET token = NULL, expires_at = ${after('$3')} WHERE key = $1 AND token = $2`
  const releaseSql = `DELETE FROM ${table} WHERE key = $1 AND token = $2`

  return {
    async claim(key, { leaseMs }): Promise<Claim> {
      const token = globalThis.crypto.randomUUID()
      const { rows } = await pool.query(claimSql, [key, token, leaseMs])
      // No row: another claimed it at this very moment, which this statement does not see yet.
      const { state, wait } = (rows[0] ?? { state: 'in-progress', wait: 1000 }) as {
        state: Claim['state']
        wait: number
      }
      if (state === 'claimed') return { state, token }
      return state === 'done' ? { state } : { state, retryAfterMs: wait }
    },
    async complete(key, token, { ttlMs }) {
      return (await pool.query(completeSql, [key, token, ttlMs])).rowCount === 1
    },
    async release(key, token) {
      return (await pool.query(releaseSql, [key, token])).rowCount === 1
    },
  }
}

function checkedName(table: string): string {
  if (/^[a-z_]\w*(\.[a-z_]\w*)?$/i.test(table)) return table
  throw new TypeError('The table must be a name of letters, digits and underscores, with a schema at most.')
}
