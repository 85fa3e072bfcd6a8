import { isRepeatable } from '../events/descriptors.js'
import { checkMethods, integerOption } from '../platform/check-options.js'
import { notify } from '../platform/promises.js'
import { typeName } from '../platform/type-name.js'
import type { Claim } from '../stores/store.js'
import { type HeldClaim, holdClaim, inTime, storeTimeoutOf } from './lease.js'
import type { IdempotencyOptions } from './options.js'
import type { ParsedDelivery } from './parse-delivery.js'
import { type EndedEarly, endEarly } from './step-result.js'

/** A claim that this process holds, or none where the delivery is handled every time. */
export interface ClaimedDelivery {
  readonly ok: true
  readonly claim: HeldClaim | undefined
}

/** Creates the check that a delivery was not handled before and is not being handled now. */
export function createClaimer(options: IdempotencyOptions) {
  const { store, namespace, key: customKey } = options
  checkMethods('idempotency.store', store, ['claim', 'extend', 'complete', 'release'])
  const ttlMs = integerOption('idempotency.ttlMs', options.ttlMs, 24 * 3_600_000, Number.MAX_SAFE_INTEGER)
  const leaseMs = integerOption('idempotency.leaseMs', options.leaseMs, 30_000, Number.MAX_SAFE_INTEGER)
  const storeTimeoutMs = storeTimeoutOf(leaseMs)

  async function keyOf({ event, context }: ParsedDelivery): Promise<string | null> {
    const { eventType } = context
    if (!customKey) return eventType && isRepeatable(eventType) ? null : context.key()
    const key: unknown = await inTime(Promise.resolve(customKey(event, context)), storeTimeoutMs)
    // An empty key for all would make every delivery a duplicate of the first.
    if (key === null || (typeof key === 'string' && key !== '')) return key
    const got = key === '' ? 'an empty string' : typeName(key)
    throw new TypeError(`idempotency.key: must return a non-empty string or null, got ${got}.`)
  }

  async function claimInTime(key: string): Promise<Claim> {
    const claiming = store.claim(key, { leaseMs })
    try {
      return await inTime(claiming, storeTimeoutMs)
    } catch (error) {
      // A claim that arrives after the timeout is released, so that Gallabox's next attempt can take it.
      notify(() => claiming.then((late) => late.state === 'claimed' && store.release(key, late.token)))
      throw error
    }
  }

  return async function claimDelivery(parsed: ParsedDelivery): Promise<ClaimedDelivery | EndedEarly> {
    try {
      const ownKey = await keyOf(parsed)
      if (ownKey === null) return { ok: true, claim: undefined }
      const key = namespace === undefined ? ownKey : `${namespace}:${ownKey}`
      const claimedAt = Date.now()
      const claim = await claimInTime(key)
      if (claim.state === 'done') return endEarly('duplicate')
      if (claim.state === 'in-progress') return endEarly('in-progress', { retryAfterMs: claim.retryAfterMs })
      return { ok: true, claim: holdClaim(store, key, claim.token, { leaseMs, ttlMs }, claimedAt) }
    } catch (error) {
      return endEarly('store-failed', { error })
    }
  }
}
