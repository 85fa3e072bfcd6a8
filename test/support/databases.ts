// The SQL clients that can run here, each with a place of its own: a table on a server, or a file.
import type { ForkOptions } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTableSql } from 'gallabox-webhooks/sql'
import { nodeWithSqlite } from './node22.js'
import { databaseUrl, hasMysql, hasPostgres, mysqlUrl } from './servers.js'
import { sqlClients } from './sql-clients.mjs'

/** Where a client finds its database, and how to remove what a test left there. */
export interface Place {
  /** A URL or a file. */
  readonly location: string
  readonly table: string
}

const postgresClients = ['pg', 'postgres', 'Kysely on pg', 'Knex on pg']
const mysqlClients = ['mysql2', 'mariadb', 'Knex on mysql2']
const betterSqliteClients = ['better-sqlite3', 'Knex on better-sqlite3']

/** Whether better-sqlite3 was compiled or downloaded: npm may not run its install script. */
const hasBetterSqlite = (() => {
  try {
    const Database = createRequire(import.meta.url)('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    console.warn('NOT CHECKED: better-sqlite3. Run npm rebuild better-sqlite3.')
    return false
  }
})()
if (!nodeWithSqlite) console.warn('NOT CHECKED: node:sqlite. Run npm ci --prefix e2e.')

/** Returns whether a client can run here. `node:sqlite` may need another Node.js: see `nodeWithSqlite`. */
export function canRun(client: string): boolean {
  if (postgresClients.includes(client)) return hasPostgres
  if (mysqlClients.includes(client)) return hasMysql
  if (betterSqliteClients.includes(client)) return hasBetterSqlite
  return client !== 'node:sqlite' || nodeWithSqlite !== undefined
}

/** Returns how to fork a process that opens a client. `node:sqlite` may need another Node.js. */
export function forkOptionsOf(client: string): ForkOptions {
  return client === 'node:sqlite'
    ? { execPath: nodeWithSqlite, execArgv: ['--disable-warning=ExperimentalWarning'] }
    : {}
}

/** Returns the address of a client's server, or undefined for a client without one. */
export function serverUrlOf(client: string): string | undefined {
  if (postgresClients.includes(client)) return databaseUrl
  return mysqlClients.includes(client) ? mysqlUrl : undefined
}

/** Opens a client with a table of its own. `drop` removes the table or the file, and closes the client. */
export async function openDatabase(
  name: string,
  place: { readonly [Name in keyof Place]?: Place[Name] | undefined } = {},
) {
  const { dialect, open } = sqlClients[name] as (typeof sqlClients)[string]
  const folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  const location = place.location ?? serverUrlOf(name) ?? join(folder, 'deliveries.db')
  const table = place.table ?? `test_${globalThis.crypto.randomUUID().replaceAll('-', '')}`
  const client = await open(location)
  await client.exec(createTableSql(dialect, table))
  return {
    ...client,
    dialect,
    location,
    table,
    options: { dialect, table },
    async drop() {
      if (serverUrlOf(name)) await client.exec(`DROP TABLE IF EXISTS ${table}`)
      await client.close()
      rmSync(folder, { recursive: true })
    },
  }
}
