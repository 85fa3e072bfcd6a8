// Redis and PostgreSQL, real ones: at the usual local addresses, or where REDIS_URL and DATABASE_URL say.
import { spawnSync } from 'node:child_process'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createClient } from 'redis'

const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** Where REQUIRE_SERVERS is set, as in CI, a server that is missing is a failure; elsewhere its cases are skipped, and skipped.ts says so. */
async function isThere(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (process.env.REQUIRE_SERVERS) throw error
    return false
  }
}

export const hasRedis = await isThere(async () => {
  const client = createClient({ url: redisUrl, socket: { connectTimeout: 1000, reconnectStrategy: false } })
  client.on('error', () => {})
  await client.connect()
  await client.ping()
  client.destroy()
})

/** Whether a server of its own can be started, as for a cluster. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

export const hasPostgres = await isThere(async () => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 1000 })
  await client.connect()
  await client.query('SELECT 1')
  await client.end()
})

export async function connectNodeRedis() {
  const client = createClient({ url: redisUrl })
  client.on('error', () => {})
  return client.connect()
}

export function connectIoRedis(): Redis {
  return new Redis(redisUrl)
}

export function connectPostgres(): pg.Pool {
  return new pg.Pool({ connectionString: databaseUrl })
}
