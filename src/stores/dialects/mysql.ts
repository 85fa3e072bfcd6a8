import type { SqlDialect } from '../sql-dialect.js'

// In milliseconds since the Unix epoch. In UTC, because a local time can come twice.
const now = `TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000`
const later = `${now} + CAST({ms} AS SIGNED)`

/**
 * MySQL 5.7 or newer, and MariaDB 10.4 or newer. MySQL has no RETURNING, and clients report affected rows in different
 * ways: with mysql2's default flags, ON DUPLICATE KEY UPDATE reports one to every claimant. So the row is read: the
 * token in it tells whose it is.
 */
export const mysql: SqlDialect = {
  placeholder: () => '?',
  // A deadlock, a row that changed since it was read (MariaDB), and Prisma's code for both.
  conflict: /^(1213|1020|P2034)$/,
  maxAttempts: 8,
  maxDelayMs: 640,

  // Binary keys: collations compare letters of both cases as equal, or ignore trailing spaces.
  createTable: (table) => `CREATE TABLE IF NOT EXISTS ${table} (
  \`key\` VARBINARY(255) NOT NULL PRIMARY KEY,
  token VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at BIGINT NOT NULL,
  INDEX (expires_at)
) ENGINE = InnoDB
`,

  createStatements(table) {
    // The order of the two assignments depends on the sql_mode, so `changes` must hold before and after the first.
    const upsert = (token: string, changes: string) => `INSERT INTO ${table} (\`key\`, token, expires_at)
VALUES ({key}, ${token}, ${later}) ON DUPLICATE KEY UPDATE
token = IF(${changes}, ${token}, token), expires_at = IF(${changes}, ${later}, expires_at)`
    const token = `SELECT token FROM ${table} WHERE \`key\` = {key}`
    return {
      claim: {
        before: [upsert('{token}', `expires_at <= ${now}`)],
        rows: `SELECT token, expires_at - (${now}) AS remain,
EXISTS (SELECT 1 FROM ${table} WHERE expires_at <= ${now}) AS expired FROM ${table} WHERE \`key\` = {key}`,
      },
      write: {
        before: [upsert('{next}', `token IN ({token}, {completed}, {next}) OR expires_at <= ${now}`)],
        rows: token,
      },
      completeIn: {
        before: [
          `UPDATE ${table} SET token = {completed}, expires_at = ${later}
WHERE \`key\` = {key} AND token IN ({token}, {completed})`,
        ],
        rows: token,
      },
      read: { rows: `${token} AND expires_at > ${now}` },
      release: {
        rows: `${token} AND token = {token} AND expires_at > ${now}`,
        after: `DELETE FROM ${table} WHERE \`key\` = {key} AND token = {token}`,
      },
      cleanUp: `DELETE FROM ${table} WHERE expires_at <= ${now} ORDER BY expires_at LIMIT 2`,
    }
  },
}
