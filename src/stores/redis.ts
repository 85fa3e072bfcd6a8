/**
 * A store in Redis, for receivers that run in several processes.
 *
 * @module gallabox-webhooks/redis
 */
import { checkMethods, checkOptions, type OptionKinds } from '../platform/check-options.js'
import type { DeliveryStore } from './store.js'

/** The part of a node-redis client or cluster (package `redis`) that the store uses. */
export interface NodeRedisClient {
  /** Runs a Lua script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** The part of an ioredis client or cluster that the store uses. */
export interface IoRedisClient {
  /** Sends a command. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>
}

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** The prefix of every key. Default: `gallabox:delivery:`. */
  readonly prefix?: string | undefined
}

const optionKinds: OptionKinds<RedisStoreOptions> = { prefix: 'a string' }

// A key holds the token of its claim, or 'done'. Redis runs a script atomically: nothing runs between read and write.
// A client that sends a claim again after a lost response finds its own token. The claim then succeeds again.
const claimScript = `
local held = redis.call('GET', KEYS[1])
if held == 'done' then return -1 end
if held and held ~= ARGV[1] then return math.max(redis.call('PTTL', KEYS[1]), 1) end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 0`
// Extends a claim, or completes it: writes ARGV[2], the token or 'done', if the key is free or the token holds it.
const writeScript = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`
const releaseScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

/**
 * Creates a store in Redis 6 or newer, or in a cluster. Every operation is one script on one key, in one round trip.
 *
 * Set `maxmemory-policy noeviction`. If Redis evicts a key, a duplicate of its delivery runs again.
 *
 * @param client - A connected client of `redis` or `ioredis`.
 * @throws TypeError for another client, and for an invalid or unknown option.
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
  if (!isIoRedis(client)) checkMethods('redisStore', client, ['eval'], 'Pass a connected client of redis or ioredis.')
  checkOptions('redisStore', options, optionKinds)
  const { prefix = 'gallabox:delivery:' } = options

  async function run(script: string, key: string, ...args: string[]): Promise<number> {
    const keys = [prefix + key]
    // Both have eval, with different arguments. Only ioredis has call.
    const result = isIoRedis(client)
      ? client.call('EVAL', script, 1, ...keys, ...args)
      : client.eval(script, { keys, arguments: args })
    return Number(await result)
  }

  return {
    async claim(key, { leaseMs }) {
      const token = globalThis.crypto.randomUUID()
      const held = await run(claimScript, key, token, String(leaseMs))
      if (held === 0) return { state: 'claimed', token }
      return held < 0 ? { state: 'done' } : { state: 'in-progress', retryAfterMs: held }
    },
    async extend(key, token, { leaseMs }) {
      return (await run(writeScript, key, token, token, String(leaseMs))) === 1
    },
    async complete(key, token, { ttlMs }) {
      return (await run(writeScript, key, token, 'done', String(ttlMs))) === 1
    },
    async release(key, token) {
      return (await run(releaseScript, key, token)) === 1
    },
  }
}

function isIoRedis(client: NodeRedisClient | IoRedisClient): client is IoRedisClient {
  // Every function has a method call too, such as a createClient that was never called.
  return typeof client === 'object' && typeof (client as Partial<IoRedisClient> | null)?.call === 'function'
}
