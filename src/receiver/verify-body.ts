import { canonicalEventName, readEventName } from '../events/names.js'
import { isPromiseLike } from '../platform/promises.js'
import type { EncodedDigest } from '../signature/hmac.js'
import { type PreparedSecret, prepareSecrets } from '../signature/secrets.js'
import { type DeliveryFields, VerifiedContext } from './context.js'
import type { Delivery } from './delivery.js'
import type { VerifyOptions } from './options.js'
import { type EndedEarly, endEarly } from './step-result.js'

interface VerifiedBody {
  readonly ok: true
  readonly context: VerifiedContext
}

/** Creates the third step: it compares the signature with the body's HMAC under every secret. */
export function createBodyVerifier({ secret }: VerifyOptions, timeoutMs: number) {
  const getSecrets = prepareSecrets(secret, timeoutMs)

  return async function verifyBody(
    delivery: Delivery,
    digest: EncodedDigest,
    rawBody: Uint8Array,
    receivedAt: Date,
  ): Promise<VerifiedBody | EndedEarly> {
    let secrets: readonly PreparedSecret[] | null
    try {
      const provided = getSecrets(delivery)
      secrets = isPromiseLike(provided) ? await provided : provided
    } catch (error) {
      return endEarly('secret-unavailable', { error, rawBody })
    }

    if (!secrets) return endEarly('secret-not-found', { rawBody })

    const { headers } = delivery
    const eventName = readEventName(headers)
    const eventType = eventName === null ? undefined : canonicalEventName(eventName)
    let matched = false
    let secretId: string | undefined
    // No early exit: the time this takes must not tell which secret matched.
    for (const { id, events, verify } of secrets) {
      const result = verify(rawBody, digest)
      // A promise only without node:crypto.
      if (!(isPromiseLike(result) ? await result : result)) continue
      matched = true
      if (!events || (eventType && events.has(eventType))) secretId ??= id
    }
    if (secretId === undefined) return endEarly(matched ? 'secret-out-of-scope' : 'signature-mismatch', { rawBody })
    const fields: DeliveryFields = { rawBody, headers, receivedAt, secretId, eventName, eventType }
    return { ok: true, context: new VerifiedContext(fields) }
  }
}
