import { hasPostgres, hasRedis } from './servers.js'

/** Prints at the end of a run which servers were missing, because skipped cases look like passed ones. */
export function teardown(): void {
  const missing = [...(hasRedis ? [] : ['Redis']), ...(hasPostgres ? [] : ['PostgreSQL'])]
  if (missing.length === 0) return
  console.warn(`Skipped the tests that need ${missing.join(' and ')}. Start it, or set REDIS_URL and DATABASE_URL.`)
}
