// Says at the very end of a run which servers were not there, so that nobody takes skipped cases for passed ones.
// It must not run any test.
import { hasPostgres, hasRedis } from './servers.js'

export function teardown(): void {
  const missing = [...(hasRedis ? [] : ['Redis']), ...(hasPostgres ? [] : ['PostgreSQL'])]
  if (missing.length === 0) return
  console.warn(`Skipped the cases that need ${missing.join(' and ')}. Start it, or set REDIS_URL and DATABASE_URL.`)
}
