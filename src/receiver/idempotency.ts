// Whether a wanted delivery may run: fresh enough, and not run before. The step between select and dispatch.
// It must not know handlers or replies.

import type { GallaboxEvent } from '../events/event.js'
import { sentAt } from '../events/helpers/occurred-at.js'
import { assertMethod, positiveInteger } from '../platform/assert.js'
import { callSafely, timedOut, withTimeout } from '../platform/promises.js'
import type { Claim, DeliveryStore } from '../stores/store.js'
import type { DeliveryContext, DeliveryFacts } from './context.js'

/**
 * Handling each delivery once, though Gallabox tries again and several processes receive. A copy that comes while the first
 * is being handled is answered with 503 and `Retry-After`, which costs the sender one of its five attempts.
 */
export interface IdempotencyOptions {
  /** Remembers deliveries: `memoryStore()`, `redisStore(client)`, `postgresStore(pool)`, or your own. */
  readonly store: DeliveryStore
  /** Keeps the webhooks apart that share a store. Default: none. */
  readonly namespace?: string | undefined
  /** How long a delivery that was handled is remembered, in milliseconds. Default: 24 hours. */
  readonly ttlMs?: number | undefined
  /**
   * After how many milliseconds a delivery may run again whose process died. Default: 60 000. Must be more than
   * `handlerTimeoutMs`.
   */
  readonly leaseMs?: number | undefined
  /**
   * What makes two deliveries the same; null for one that is not to be guarded. Default: `context.key()`, and null for tags
   * and template statuses: put on, taken off and put on again, a tag gives the first body once more.
   */
  readonly key?:
    | ((event: GallaboxEvent, context: DeliveryContext) => string | null | PromiseLike<string | null>)
    | undefined
}

/** What lets a delivery run only when it should. */
export interface GuardOptions {
  /** Handles each delivery once. Default: off. */
  readonly idempotency?: IdempotencyOptions | undefined
  /**
   * The greatest age of a message or status, in milliseconds, by the time inside its signed body. Default: none. Think in
   * days: Gallabox's retries come late, and what is refused as stale is gone. Other events have no such time and pass.
   */
  readonly maxAgeMs?: number | undefined
}

/** Leave to run. Where `settle` is missing, nobody needs to know how it went. */
export interface Pass {
  /** True where nothing keeps the delivery from running twice, though idempotency is on. */
  readonly unguarded?: true | undefined
  /** True where nothing in the delivery says when it was sent, though `maxAgeMs` is set. */
  readonly undated?: true | undefined
  /** Tells the store how it went. Resolves to what the store failed with, if it did; never rejects. */
  readonly settle?: ((handled: boolean) => Promise<unknown>) | undefined
}

/** Why a delivery may not run. */
export interface Stop {
  readonly code: 'stale' | 'duplicate' | 'in-progress' | 'store-failed'
  readonly retryAfterMs?: number
  readonly error?: unknown
}

export type Guard = (event: GallaboxEvent, facts: DeliveryFacts, context: DeliveryContext) => Promise<Pass | Stop>

// Clocks differ; by more than this, the future is as stale as the past.
const clockSkewMs = 5 * 60_000
// A store that takes longer is as good as down.
const storeTimeoutMs = 5_000

// Put on, taken off, put on again: the third delivery is the first once more, byte for byte, and means something.
const honestlyRepeated = /^((Contact|Conversation)\.Tag|Template)\./

/** Checks the options once and returns the guard, or undefined where every delivery may run. */
export function createGuard(options: GuardOptions, handlerTimeoutMs: number, now: () => number): Guard | undefined {
  const { idempotency, maxAgeMs } = options
  const maxAge = positiveInteger('maxAgeMs', maxAgeMs, 0, Number.MAX_SAFE_INTEGER)
  const claim = idempotency && createClaimer(idempotency, handlerTimeoutMs)
  if (!maxAge) return claim

  return async function enter(event, facts, context) {
    const date = sentAt(event)
    const age = now() - Number(date)
    if (age > maxAge || age < -clockSkewMs) return { code: 'stale' }
    const entered = claim ? await claim(event, facts, context) : {}
    return date ? entered : { ...entered, undated: true }
  }
}

function createClaimer(options: IdempotencyOptions, handlerTimeoutMs: number) {
  const { store, namespace, key: keyOf } = options
  for (const method of ['claim', 'complete', 'release']) assertMethod('idempotency.store', store, method)
  const ttlMs = positiveInteger('ttlMs', options.ttlMs, 24 * 3_600_000, Number.MAX_SAFE_INTEGER)
  const leaseMs = positiveInteger('leaseMs', options.leaseMs, 60_000, Number.MAX_SAFE_INTEGER)
  if (leaseMs <= handlerTimeoutMs) throw new TypeError('leaseMs must be more than handlerTimeoutMs.')

  async function inTime<T>(step: PromiseLike<T>): Promise<T> {
    const result = await withTimeout(step, storeTimeoutMs)
    if (result === timedOut) throw new Error('The store took too long.')
    return result
  }

  async function claimInTime(key: string): Promise<Claim> {
    const claiming = store.claim(key, { leaseMs })
    try {
      return await inTime(claiming)
    } catch (error) {
      // Nobody handles what is claimed later than that: Gallabox's next attempt must find it free.
      callSafely(() => claiming.then((late) => late.state === 'claimed' && store.release(key, late.token)))
      throw error
    }
  }

  async function settle(key: string, token: string, handled: boolean): Promise<unknown> {
    try {
      const kept = await inTime(handled ? store.complete(key, token, { ttlMs }) : store.release(key, token))
      return kept ? undefined : new Error('The lease was over.')
    } catch (error) {
      return error
    }
  }

  return async function claim(
    event: GallaboxEvent,
    facts: DeliveryFacts,
    context: DeliveryContext,
  ): Promise<Pass | Stop> {
    try {
      const repeats = honestlyRepeated.test(String(facts.type))
      const own = await (keyOf ? inTime(Promise.resolve(keyOf(event, context))) : repeats ? null : context.key())
      if (own === null) return { unguarded: true }
      // One such key for all would make every delivery a duplicate of the first.
      if (typeof own !== 'string' || own === '') throw new TypeError('idempotency.key must give a text or null.')
      const key = namespace === undefined ? own : `${namespace}:${own}`
      const claim = await claimInTime(key)
      if (claim.state === 'claimed') return { settle: (handled) => settle(key, claim.token, handled) }
      return claim.state === 'done' ? { code: 'duplicate' } : { code: 'in-progress', retryAfterMs: claim.retryAfterMs }
    } catch (error) {
      return { code: 'store-failed', error }
    }
  }
}
