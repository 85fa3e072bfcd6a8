import { createReturningStatements, type SqlDialect } from '../sql-dialect.js'

// Not now(), which is the start of the transaction.
const now = 'statement_timestamp()'
const later = `${now} + {ms}::float8 * interval '1 millisecond'`

/** PostgreSQL 12 or newer, and databases that speak its language. */
export const postgres: SqlDialect = {
  // All values are strings. Clients that send types must not have to guess one.
  placeholder: (position) => `$${position}::text`,
  // A serialization failure or a deadlock, and Prisma's code for both.
  conflict: /^(40001|40P01|P2034)$/,
  maxAttempts: 8,
  maxDelayMs: 640,

  createTable: (table) => `CREATE TABLE IF NOT EXISTS ${table} (
  key text PRIMARY KEY,
  token text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS ${table.split('.').at(-1)}_expires_at ON ${table} (expires_at);
`,

  createStatements: (table) => ({
    ...createReturningStatements(table, now, later),
    // No row: a concurrent claim succeeded, which this statement's snapshot does not show yet.
    claim: {
      rows: `WITH expired AS (
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} WHERE expires_at <= ${now} AND key <> {key}
    ORDER BY expires_at LIMIT 2 FOR UPDATE SKIP LOCKED
  )
), claim AS (
  INSERT INTO ${table} AS held (key, token, expires_at) VALUES ({key}, {token}, ${later})
  ON CONFLICT (key) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at
  WHERE held.expires_at <= ${now}
  RETURNING token
)
SELECT token, 0::float8 AS remain FROM claim
UNION ALL
SELECT token, ceil(extract(epoch FROM expires_at - ${now}) * 1000)::float8
FROM ${table} WHERE key = {key} AND expires_at > ${now} AND NOT EXISTS (SELECT FROM claim)`,
    },
  }),
}
