import { canonicalEventName, readEventName } from '../events/names.js'
import { copyBytes, isSharedMemory } from '../platform/bytes.js'
import { isPromiseLike } from '../platform/promises.js'
import { type EncodedDigest, isHmacSynchronous } from '../signature/hmac.js'
import { type PreparedSecret, prepareSecrets } from '../signature/secrets.js'
import type { Delivery } from './delivery.js'
import type { VerifyOptions } from './options.js'
import type { VerifiedBody } from './parse-delivery.js'
import { type EndedEarly, endEarly } from './step-result.js'

type Verified = VerifiedBody | EndedEarly

/** Creates the third step: it compares the signature with the body's HMAC under every secret. */
export function createBodyVerifier({ secret }: VerifyOptions, timeoutMs: number) {
  const getSecrets = prepareSecrets(secret, timeoutMs)

  return function verifyBody(
    delivery: Delivery,
    digest: EncodedDigest,
    received: Uint8Array,
    receivedMs: number,
  ): Verified | Promise<Verified> {
    function verify(rawBody: Uint8Array, secrets: readonly PreparedSecret[] | null): Verified | Promise<Verified> {
      if (!secrets) return endEarly('secret-not-found', { rawBody: copyBytes(rawBody) })
      // No early exit: the time this takes must not tell which secret matched.
      const results = secrets.map((prepared) => prepared.verify(rawBody, digest))
      // Promises only without node:crypto.
      if (results.some(isPromiseLike)) return Promise.all(results).then((all) => selectSecret(rawBody, secrets, all))
      return selectSecret(rawBody, secrets, results as boolean[])
    }

    function selectSecret(rawBody: Uint8Array, secrets: readonly PreparedSecret[], results: boolean[]): Verified {
      const { headers } = delivery
      const eventName = readEventName(headers)
      const eventType = eventName === null ? undefined : canonicalEventName(eventName)
      const matched = secrets.filter((_, place) => results[place])
      const selected = matched.find(({ events }) => !events || (eventType && events.has(eventType)))
      if (selected)
        return { ok: true, rawBody, identity: { headers, receivedMs, secretId: selected.id, eventName, eventType } }
      const code = matched.length > 0 ? 'secret-out-of-scope' : 'signature-mismatch'
      return endEarly(code, { rawBody: copyBytes(rawBody) })
    }

    function reject(rawBody: Uint8Array, error: unknown): EndedEarly {
      return endEarly('secret-unavailable', { error, rawBody: copyBytes(rawBody) })
    }

    let secrets: ReturnType<typeof getSecrets>
    try {
      secrets = getSecrets(delivery)
    } catch (error) {
      return reject(received, error)
    }
    if (isPromiseLike(secrets)) {
      const copy = copyBytes(received)
      return secrets.then(
        (value) => verify(copy, value),
        (error: unknown) => reject(copy, error),
      )
    }
    // Between verification and parsing, nothing else can run where both are synchronous, except another thread.
    return verify(isHmacSynchronous() && !isSharedMemory(received) ? received : copyBytes(received), secrets)
  }
}
