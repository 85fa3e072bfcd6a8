import { integerOption } from '../platform/check-options.js'
import { checkFreshness } from './freshness.js'
import { createClaimer } from './idempotency.js'
import type { HeldClaim } from './lease.js'
import type { ReceiverOptions } from './options.js'
import type { ParsedDelivery } from './parse-delivery.js'
import { type EndedEarly, endEarly } from './step-result.js'

/** A delivery that may be handled. */
export interface Admission {
  readonly ok: true
  readonly claim?: HeldClaim | undefined
  /** True where `idempotency` is on, but this delivery is handled every time. */
  readonly notDeduplicated?: true | undefined
  /** True where `maxAgeMs` is set, but the event has no time of sending. */
  readonly undated?: true | undefined
}

type Admit = (parsed: ParsedDelivery) => Admission | EndedEarly | Promise<Admission | EndedEarly>

const admitted: Admission = { ok: true }

/** Creates the sixth step: a delivery must be fresh, and not handled before. */
export function createAdmission(options: ReceiverOptions, now: () => number): Admit {
  const maxAgeMs = integerOption('maxAgeMs', options.maxAgeMs, 0, Number.MAX_SAFE_INTEGER)
  const claimDelivery = options.idempotency && createClaimer(options.idempotency)

  if (!maxAgeMs && !claimDelivery) return () => admitted

  return async function admit(parsed: ParsedDelivery): Promise<Admission | EndedEarly> {
    const freshness = maxAgeMs ? checkFreshness(parsed.event, maxAgeMs, now()) : 'fresh'
    if (freshness === 'stale') return endEarly('stale')
    const undated = freshness === 'undated' ? true : undefined
    if (!claimDelivery) return undated ? { ok: true, undated } : admitted
    const claimed = await claimDelivery(parsed)
    if (!claimed.ok) return claimed
    return { ok: true, claim: claimed.claim, notDeduplicated: claimed.claim ? undefined : true, undated }
  }
}
