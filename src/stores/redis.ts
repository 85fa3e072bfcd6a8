/**
 * A store in Redis, for receivers that run in several processes.
 *
 * @module gallabox-webhooks/redis
 */
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import { typeName } from '../platform/type-name.js'
import type { DeliveryStore } from './store.js'
import { storedKey } from './stored-key.js'

/** The part of a node-redis client, pool or cluster (package `redis`) that the store uses. */
export interface NodeRedisClient {
  /** Whether the client is connected or connecting. The store checks only that it exists. */
  readonly isOpen: boolean
  /** Runs a Lua script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** The part of a client or cluster of `ioredis` or `iovalkey` that the store uses. */
export interface IoRedisClient {
  /** The state of the connection. The store checks only that it exists. */
  readonly status: string
  /** Sends a command. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>
}

/** The part of a client of `@upstash/redis` or `@vercel/kv` that the store uses. */
export interface UpstashRedisClient {
  /** Creates a script. The store checks only that it exists. */
  createScript(script: string): unknown
  /** Runs a Lua script. */
  eval(script: string, keys: string[], args: string[]): Promise<unknown>
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

type RunScript = (script: string, keys: string[], args: string[]) => Promise<unknown>

/**
 * Creates a store in Redis 6 or newer, Valkey, Upstash or a cluster. Every operation is one script on one key, in one
 * round trip.
 *
 * Set `maxmemory-policy noeviction`. If Redis evicts a key, a duplicate of its delivery runs again.
 *
 * @param client - A client of `redis`, `ioredis`, `iovalkey`, `@upstash/redis` or `@vercel/kv`. The first must be connected.
 * @param options - The prefix of every key. Default: `gallabox:delivery:`.
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
export function redisStore(
  client: NodeRedisClient | IoRedisClient | UpstashRedisClient,
  options: RedisStoreOptions = {},
): DeliveryStore {
  const runScript = findRunScript(client)
  checkOptions('redisStore', options, optionKinds)
  const { prefix = 'gallabox:delivery:' } = options

  async function run(script: string, key: string, ...args: string[]): Promise<number> {
    const result = await runScript(script, [prefix + (await storedKey(key))], args)
    // Clients can be set up to return integers as strings.
    if (/^-?\d+$/.test(String(result))) return Number(result)
    throw new TypeError(`redisStore: the script must return an integer, got ${typeName(result)}. Check the client.`)
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

/** Returns how the client runs a script. All clients have `eval`, with three signatures, so another member decides. */
function findRunScript(value: unknown): RunScript {
  // Functions are ruled out: each has the method call, such as a createClient that was never called.
  if (typeof value === 'object' && value !== null) {
    const client = value as Partial<NodeRedisClient & IoRedisClient & UpstashRedisClient>
    // Pipelines of all clients lack the second member. Their commands do not run until exec.
    if (isFunction(client.eval) && isFunction(client.createScript)) {
      return (script, keys, args) => (value as UpstashRedisClient).eval(script, keys, args)
    }
    if (isFunction(client.call) && typeof client.status === 'string') {
      return (script, keys, args) => (value as IoRedisClient).call('EVAL', script, keys.length, ...keys, ...args)
    }
    if (isFunction(client.eval) && typeof client.isOpen === 'boolean') {
      return (script, keys, args) => (value as NodeRedisClient).eval(script, { keys, arguments: args })
    }
  }
  throw new TypeError(
    `redisStore: must be a client of redis, ioredis, iovalkey, @upstash/redis or @vercel/kv, got ${typeName(value)}. ` +
      'Pass the client itself, not a promise, a pipeline or a legacy client.',
  )
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
