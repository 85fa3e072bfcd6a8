/**
 * A store in Redis, for receivers that run in several processes. The client is the user's.
 *
 * @module gallabox-webhooks/redis
 */
// It must not import a client, nor take more than one round trip a step.
import { assertMethod } from '../platform/assert.js'
import type { DeliveryStore } from './store.js'

/** The part of a client of the package `redis` (node-redis), or of its cluster, that is used. */
export interface NodeRedisClient {
  /** Runs a Lua script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** The part of a client of the package `ioredis`, or of its cluster, that is used. */
export interface IoRedisClient {
  /** Sends a command. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>
}

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** What every key begins with. Default: `gallabox:delivery:`. */
  readonly prefix?: string | undefined
}

// A key holds the token of its claim, or 'done'. Redis runs a script whole: nobody comes between the look and the write.
// A client that sends a claim again, because it lost the answer, finds its own token and has claimed it.
const claimScript = `
local held = redis.call('GET', KEYS[1])
if held == 'done' then return -1 end
if held and held ~= ARGV[1] then return math.max(redis.call('PTTL', KEYS[1]), 1) end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 0`
const completeScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
return 1`
const releaseScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

/**
 * Creates a store in Redis 6 or newer, a cluster too: every step is one script on one key, in one round trip.
 *
 * Redis must not evict these keys (`maxmemory-policy noeviction`), or a copy of what was evicted runs again.
 *
 * @param client - A connected client of `redis` or `ioredis`.
 * @throws TypeError if the client is neither.
 * @example
 * ```ts
 * import { createReceiver } from 'gallabox-webhooks'
 * import { type NodeRedisClient, redisStore } from 'gallabox-webhooks/redis'
 *
 * export function receiverOn(client: NodeRedisClient) {
 *   return createReceiver({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     idempotency: { store: redisStore(client) },
 *     onEvent: (event) => console.log(event.type),
 *   })
 * }
 * ```
 */
export function redisStore(client: NodeRedisClient | IoRedisClient, options: RedisStoreOptions = {}): DeliveryStore {
  const { prefix = 'gallabox:delivery:' } = options
  if (!('call' in client)) assertMethod('redisStore: the client', client, 'eval')

  async function run(script: string, key: string, ...args: string[]): Promise<number> {
    const keys = [prefix + key]
    // Both have eval, but not with the same arguments; call is what only ioredis has.
    const answer =
      'call' in client
        ? client.call('EVAL', script, 1, ...keys, ...args)
        : client.eval(script, { keys, arguments: args })
    return Number(await answer)
  }

  return {
    async claim(key, { leaseMs }) {
      const token = globalThis.crypto.randomUUID()
      const held = await run(claimScript, key, token, String(leaseMs))
      if (held === 0) return { state: 'claimed', token }
      return held < 0 ? { state: 'done' } : { state: 'in-progress', retryAfterMs: held }
    },
    async complete(key, token, { ttlMs }) {
      return (await run(completeScript, key, token, String(ttlMs))) === 1
    },
    async release(key, token) {
      return (await run(releaseScript, key, token)) === 1
    },
  }
}
