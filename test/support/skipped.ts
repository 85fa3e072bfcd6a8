import { hasMysql, hasPostgres, hasRedis } from './servers.js'

/** Prints at the end of a run which servers were missing, because skipped cases look like passed ones. */
export function teardown(): void {
  const servers = { Redis: hasRedis, PostgreSQL: hasPostgres, MariaDB: hasMysql }
  const missing = Object.entries(servers).flatMap(([name, isAvailable]) => (isAvailable ? [] : [name]))
  if (missing.length === 0) return
  const fix = 'Start it, or set REDIS_URL, DATABASE_URL and MYSQL_URL.'
  console.warn(`Skipped the tests that need ${missing.join(' and ')}. ${fix}`)
}
