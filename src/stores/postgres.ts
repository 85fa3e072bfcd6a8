/**
 * A store in PostgreSQL, for receivers that run in several processes.
 *
 * @module gallabox-webhooks/postgres
 */
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import { typeName } from '../platform/type-name.js'
import { postgres } from './dialects/postgres.js'
import { checkTable } from './sql-dialect.js'
import { createSqlStore, type SqlRun } from './sql-store.js'
import type { DeliveryClaim, DeliveryStore } from './store.js'

/** The part of a client that the store uses: a `Pool` or `Client` of `pg`, a `PGlite`, or what Neon's `neon()` returns. */
export interface PostgresQueryClient {
  /** Runs a statement. Resolves to its rows, or to an object with them. */
  query(text: string, values: string[]): PromiseLike<{ readonly rows: readonly unknown[] } | readonly unknown[]>
}

/** The part of the package `postgres` (Postgres.js) that the store uses. */
export interface PostgresJsClient {
  /** Runs a statement. Resolves to its rows. */
  unsafe(text: string, values: string[]): PromiseLike<readonly unknown[]>
}

/** A client of PostgreSQL. */
export type PostgresClient = PostgresQueryClient | PostgresJsClient

/** Options of `postgresStore`. */
export interface PostgresStoreOptions {
  /** The table's name, optionally with its schema. Default: `gallabox_deliveries`. */
  readonly table?: string | undefined
}

/** A store in PostgreSQL. */
export interface PostgresStore extends DeliveryStore {
  /**
   * Marks a delivery as done within your transaction. Your data and the mark are then committed together, or neither is.
   *
   * Call it last, just before the commit: duplicates wait until then. If the handler fails after the commit, the
   * delivery stays done.
   *
   * @param client - The client that runs the transaction. Its table must be in the same database as your data.
   * @param claim - `context.claim` of the handler. Null for a delivery that is not deduplicated: nothing is marked then.
   * @throws Error if the claim was lost, because another process handles the delivery. Roll back, and let the handler fail.
   * @throws TypeError for another client, and without a claim: `idempotency` is not set.
   */
  completeIn(client: PostgresClient, claim: DeliveryClaim | null | undefined): Promise<void>
}

const optionKinds: OptionKinds<PostgresStoreOptions> = { table: 'a string' }

/**
 * Creates a store in PostgreSQL 12 or newer. The primary key decides which claim succeeds. Each claim deletes up to two
 * expired rows. Times come from the database's clock. Serialization failures and deadlocks are retried up to seven times.
 *
 * Create the table first: `createTableSql('postgres')` of `gallabox-webhooks/sql` returns its SQL.
 *
 * @param client - A client of `pg`, `postgres`, `@electric-sql/pglite` or `@neondatabase/serverless`.
 * @param options - The table's name.
 * @throws TypeError for another client, for an invalid table name and for an unknown option.
 * @example
 * ```ts
 * import { createReceiver } from 'gallabox-webhooks'
 * import { type PostgresClient, postgresStore } from 'gallabox-webhooks/postgres'
 *
 * export function receiverOn(client: PostgresClient) {
 *   return createReceiver({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     idempotency: { store: postgresStore(client) },
 *     onEvent: (event) => console.log(event.type),
 *   })
 * }
 * ```
 */
export function postgresStore(client: PostgresClient, options: PostgresStoreOptions = {}): PostgresStore {
  const run = findRun('postgresStore', client)
  checkOptions('postgresStore', options, optionKinds)
  const fix = 'Pass a client of pg, postgres, PGlite or Neon.'
  const store = createSqlStore('postgresStore: the client', fix, run, postgres, checkTable(options.table))
  return {
    ...store,
    completeIn: async (clientIn, claim) => store.completeIn(findRun('completeIn', clientIn), claim),
  }
}

/** Returns how a client runs a statement. Neon's has `unsafe` too, which only marks a string, so `query` comes first. */
function findRun(subject: string, value: unknown): SqlRun {
  const client = value as Partial<Record<'query' | 'unsafe' | 'execute', unknown>> | null | undefined
  // Clients of MySQL have query and execute.
  if (typeof client?.query === 'function' && typeof client.execute !== 'function') {
    return async (sql, values) => {
      const result = await (client as PostgresQueryClient).query(sql, values)
      return Array.isArray(result) ? result : (result as { rows?: unknown } | undefined)?.rows
    }
  }
  if (typeof client?.unsafe === 'function') return (sql, values) => (client as PostgresJsClient).unsafe(sql, values)
  throw new TypeError(
    `${subject}: must be a client of pg, postgres, PGlite or Neon, got ${typeName(value)}. For another client, use sqlStore.`,
  )
}
