import { createReturningStatements, type SqlDialect } from '../sql-dialect.js'

// In milliseconds since the Unix epoch. unixepoch('subsec') needs SQLite 3.42.
const now = `CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)`
const later = `${now} + CAST({ms} AS INTEGER)`

/**
 * SQLite 3.35 or newer. Every statement returns rows, because some clients have one method for statements that do, and
 * another one for statements that do not.
 */
export const sqlite: SqlDialect = {
  placeholder: () => '?',
  // Another connection writes. Clients put the code into different members, and D1 only into the message.
  conflict: /SQLITE_(BUSY|LOCKED)|database (table )?is locked/,
  // About two seconds. Only one connection writes at a time, and node:sqlite does not wait for it by default.
  maxAttempts: 40,
  maxDelayMs: 100,

  // One statement a line, as D1's exec() requires. The index takes the schema, its table must not.
  createTable(table) {
    const name = table.split('.').at(-1)
    return `CREATE TABLE IF NOT EXISTS ${table} (key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ${table}_expires_at ON ${name} (expires_at);
`
  },

  createStatements(table) {
    const takeIfFree = (column: string) =>
      `${column} = CASE WHEN held.expires_at <= ${now} THEN excluded.${column} ELSE held.${column} END`
    return {
      ...createReturningStatements(table, now, later),
      claim: {
        rows: `INSERT INTO ${table} AS held (key, token, expires_at) VALUES ({key}, {token}, ${later})
ON CONFLICT (key) DO UPDATE SET ${takeIfFree('token')}, ${takeIfFree('expires_at')}
RETURNING token, expires_at - ${now} AS remain, EXISTS (SELECT 1 FROM ${table} WHERE expires_at <= ${now}) AS expired`,
      },
      cleanUp: `DELETE FROM ${table} WHERE key IN (
  SELECT key FROM ${table} WHERE expires_at <= ${now} ORDER BY expires_at LIMIT 2
) RETURNING token`,
    }
  },
}
