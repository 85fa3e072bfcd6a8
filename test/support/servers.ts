// Connects to real Redis and PostgreSQL servers, at REDIS_URL and DATABASE_URL or the default local addresses.
import { spawnSync } from 'node:child_process'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createClient } from 'redis'

export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
export const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** Returns whether a server responds. Throws if it does not and REQUIRE_SERVERS is set, as in CI. */
async function isAvailable(connect: () => Promise<unknown>): Promise<boolean> {
  try {
    await connect()
    return true
  } catch (error) {
    if (process.env.REQUIRE_SERVERS) throw error
    return false
  }
}

export const hasRedis = await isAvailable(async () => {
  const client = createClient({ url: redisUrl, socket: { connectTimeout: 1000, reconnectStrategy: false } })
  client.on('error', () => {})
  await client.connect()
  await client.ping()
  client.destroy()
})

/** Whether a Redis server can be started, for a cluster. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

export const hasPostgres = await isAvailable(async () => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 1000 })
  await client.connect()
  await client.query('SELECT 1')
  await client.end()
})

export async function connectNodeRedis(url = redisUrl) {
  const client = createClient({ url })
  client.on('error', () => {})
  return client.connect()
}

export function connectIoRedis(url = redisUrl): Redis {
  return new Redis(url)
}

export function connectPostgres(options: pg.PoolConfig = {}): pg.Pool {
  return new pg.Pool({ connectionString: databaseUrl, ...options })
}
