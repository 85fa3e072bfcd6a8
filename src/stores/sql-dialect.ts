import { typeName } from '../platform/type-name.js'

/**
 * One operation of a store. Statements contain parameters such as `{key}`. The database decides each operation in one
 * statement: in `rows`, or in `before` where that one cannot return rows.
 */
export interface SqlOperation {
  /** Runs first. Their results are not read. */
  readonly before?: readonly string[]
  /** Returns the row of the key, or none. */
  readonly rows: string
  /** Runs last, if there is a row. Its result is not read. */
  readonly after?: string
}

/**
 * The statements of a store on one table. A row has a key, a token and the time when it expires. The token is the one of
 * a claim, or starts with `done:`. An expired row counts as none.
 */
interface SqlStatements {
  /** Takes a free key. The row has its token, the milliseconds that `remain`, and whether other rows are `expired`. */
  readonly claim: SqlOperation
  /** Writes `{next}` to a key that is free, or has the token `{token}` or `{completed}`. The row has its new token. */
  readonly write: SqlOperation
  /** Writes `{completed}` to a row with the token `{token}` or `{completed}`. The row has its new token. */
  readonly completeIn: SqlOperation
  /** Reads the token of a key that is not free. */
  readonly read: SqlOperation
  /** Deletes the row of a claim. Returns a row if there was one. */
  readonly release: SqlOperation
  /** Deletes up to two expired rows. Undefined where `claim` does. */
  readonly cleanUp?: string
}

/** What differs between the databases. */
export interface SqlDialect {
  /** Returns the placeholder of a value, counted from 1. */
  placeholder(position: number): string
  createTable(table: string): string
  createStatements(table: string): SqlStatements
  /** Matches the code or message of an error after which the same statement can succeed. */
  readonly conflict: RegExp
  /** How often a statement runs that meets conflicts. */
  readonly maxAttempts: number
  /** The longest delay before the next attempt. */
  readonly maxDelayMs: number
}

const defaultTable = 'gallabox_deliveries'

/** Returns the table's name, which becomes part of every statement. Throws a TypeError for an invalid one. */
export function checkTable(table: string = defaultTable): string {
  if (typeof table === 'string' && /^[a-z_]\w*(\.[a-z_]\w*)?$/i.test(table)) return table
  const got = typeof table === 'string' ? '' : `, got ${typeName(table)}`
  throw new TypeError(`table: must be a name of letters, digits and underscores${got}. A schema may precede it.`)
}

/**
 * Returns the operations that PostgreSQL and SQLite have in common.
 *
 * @param now - The database's time.
 * @param later - The time `{ms}` milliseconds from now.
 */
export function createReturningStatements(table: string, now: string, later: string) {
  const update = 'UPDATE SET token = excluded.token, expires_at = excluded.expires_at WHERE'
  return {
    write: {
      rows: `INSERT INTO ${table} AS held (key, token, expires_at) VALUES ({key}, {next}, ${later})
ON CONFLICT (key) DO ${update} held.token IN ({token}, {completed}) OR held.expires_at <= ${now} RETURNING token`,
    },
    completeIn: {
      rows: `UPDATE ${table} SET token = {completed}, expires_at = ${later}
WHERE key = {key} AND token IN ({token}, {completed}) RETURNING token`,
    },
    read: { rows: `SELECT token FROM ${table} WHERE key = {key} AND expires_at > ${now}` },
    release: {
      rows: `DELETE FROM ${table} WHERE key = {key} AND token = {token} AND expires_at > ${now} RETURNING token`,
    },
  }
}
