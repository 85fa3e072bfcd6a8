/**
 * A store in PostgreSQL, MySQL, MariaDB or SQLite, through the client that you have.
 *
 * @module gallabox-webhooks/sql
 */
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import { didYouMean } from '../platform/nearest-name.js'
import { typeName } from '../platform/type-name.js'
import { mysql } from './dialects/mysql.js'
import { postgres } from './dialects/postgres.js'
import { sqlite } from './dialects/sqlite.js'
import { checkTable, type SqlDialect } from './sql-dialect.js'
import { createSqlStore, type SqlRun } from './sql-store.js'
import type { DeliveryClaim, DeliveryStore } from './store.js'

export type { SqlRun } from './sql-store.js'

/** The language of a database. MariaDB's is `mysql`; that of D1 and libSQL is `sqlite`. */
export type SqlDialectName = 'postgres' | 'mysql' | 'sqlite'

const dialects: Readonly<Record<SqlDialectName, SqlDialect>> = { postgres, mysql, sqlite }

/** Options of `sqlStore`. */
export interface SqlStoreOptions {
  /** The language of the database. */
  readonly dialect: SqlDialectName
  /** The table's name, optionally with its schema. Default: `gallabox_deliveries`. */
  readonly table?: string | undefined
}

/** A store in a SQL database. */
export interface SqlStore extends DeliveryStore {
  /**
   * Marks a delivery as done within your transaction. Your data and the mark are then committed together, or neither is.
   *
   * Call it last, just before the commit: duplicates wait until then. If the handler fails after the commit, the
   * delivery stays done. Returns no promise if `run` returns none, so that it fits into the synchronous transactions of
   * better-sqlite3 and node:sqlite. D1 has no transactions that it could be part of.
   *
   * @param run - Runs a statement in the transaction. Its table must be in the same database as your data.
   * @param claim - `context.claim` of the handler. Null for a delivery that is not deduplicated: nothing is marked then.
   * @throws Error if the claim was lost, because another process handles the delivery. Roll back, and let the handler fail.
   * @throws TypeError without a claim: `idempotency` is not set.
   */
  completeIn<Result>(
    run: SqlRun<Result>,
    claim: DeliveryClaim | null | undefined,
  ): Result extends PromiseLike<unknown> ? Promise<void> : unknown extends Result ? void | Promise<void> : void
}

const optionKinds: OptionKinds<SqlStoreOptions> = { dialect: 'unchecked', table: 'a string' }

/**
 * Returns the SQL that creates the table of `sqlStore` and `postgresStore`, for your migrations. It can run more than
 * once. For PostgreSQL and SQLite it contains two statements.
 *
 * @param dialect - The language of the database: `postgres`, `mysql` or `sqlite`.
 * @param table - The table's name, optionally with its schema. Default: `gallabox_deliveries`.
 * @throws TypeError for an unknown dialect, and for a name with characters other than letters, digits and underscores.
 * @example
 * ```ts
 * import { createTableSql } from 'gallabox-webhooks/sql'
 *
 * console.log(createTableSql('mysql'))
 * ```
 */
export function createTableSql(dialect: SqlDialectName, table?: string): string {
  return findDialect('dialect', dialect).createTable(checkTable(table))
}

/**
 * Creates a store in PostgreSQL 12, MySQL 5.7, MariaDB 10.4 or SQLite 3.35, or newer. Create its table first: see
 * {@link createTableSql}. The database decides which claim succeeds, by its own clock. Claims delete expired rows.
 * Deadlocks and serialization failures are retried up to seven times, and a busy SQLite file for about two seconds.
 *
 * `run` in one line for each client:
 *
 * | client | dialect | `(sql, values) =>` |
 * | --- | --- | --- |
 * | `mysql2/promise` | `mysql` | `pool.execute(sql, values).then(([rows]) => rows)` |
 * | `mariadb` | `mysql` | `pool.query(sql, values)` |
 * | `better-sqlite3`, `node:sqlite` | `sqlite` | `db.prepare(sql).all(...values)` |
 * | `@libsql/client` | `sqlite` | `client.execute({ sql, args: values }).then(({ rows }) => rows)` |
 * | Cloudflare D1 | `sqlite` | `db.prepare(sql).bind(...values).all().then(({ results }) => results)` |
 * | `pg`, PGlite | `postgres` | `pool.query(sql, values).then(({ rows }) => rows)` |
 * | `postgres` | `postgres` | `sql.unsafe(text, values)` |
 * | Drizzle | the driver's | as for the driver, which is `db.$client` |
 * | Kysely | the driver's | `db.executeQuery(CompiledQuery.raw(sql, values)).then(({ rows }) => rows)` |
 * | Knex on MySQL | `mysql` | `knex.raw(sql, values).then(([rows]) => rows)` |
 * | Knex on SQLite | `sqlite` | `knex.raw(sql, values)` |
 * | Knex on PostgreSQL | `postgres` | `knex.raw(sql.replace(/\$\d+/g, '?'), values).then(({ rows }) => rows)` |
 * | Prisma | the database's | `prisma.$queryRawUnsafe(sql, ...values)` |
 *
 * @param run - Runs a statement with your client.
 * @param options - The dialect, and the table's name.
 * @throws TypeError for a `run` that is not a function, and for a missing, invalid or unknown option.
 * @example
 * ```ts
 * import { createReceiver } from 'gallabox-webhooks'
 * import { type SqlRun, sqlStore } from 'gallabox-webhooks/sql'
 *
 * interface Database {
 *   run: SqlRun
 *   transaction(work: (run: SqlRun) => Promise<void>): Promise<void>
 * }
 *
 * export function receiverOn(database: Database) {
 *   const store = sqlStore(database.run, { dialect: 'mysql' })
 *   return createReceiver({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     idempotency: { store },
 *     onEvent: (event, { claim }) =>
 *       database.transaction(async (run) => {
 *         await run('INSERT INTO events (type) VALUES (?)', [event.type])
 *         await store.completeIn(run, claim)
 *       }),
 *   })
 * }
 * ```
 */
export function sqlStore(run: SqlRun, options: SqlStoreOptions): SqlStore {
  checkRun('sqlStore: run', run)
  checkOptions('sqlStore', options, optionKinds, "Pass { dialect: 'postgres' }, 'mysql' or 'sqlite'.")
  const dialect = findDialect('sqlStore.dialect', options.dialect)
  const table = checkTable(options.table)
  const store = createSqlStore('sqlStore: run', fix, run, dialect, table)
  return {
    ...store,
    completeIn(runIn, claim) {
      checkRun('completeIn: run', runIn)
      return store.completeIn(runIn, claim) as never
    },
  }
}

const fix = "Return the client's rows, such as `result.rows`, or the first element of mysql2's result."

function checkRun(subject: string, run: unknown): void {
  if (typeof run === 'function') return
  throw new TypeError(`${subject} must be a function, got ${typeName(run)}. Pass (sql, values) => rows.`)
}

function findDialect(subject: string, name: unknown) {
  if (typeof name !== 'string') throw new TypeError(`${subject}: must be a string, got ${typeName(name)}.`)
  if (Object.hasOwn(dialects, name)) return dialects[name as SqlDialectName]
  const known = Object.keys(dialects)
  const suggestion = didYouMean(name, known) || ` Known: ${known.join(', ')}.`
  throw new TypeError(`${subject}: unknown dialect.${suggestion}`)
}
