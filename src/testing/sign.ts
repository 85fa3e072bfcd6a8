// Signing as Gallabox signs, for the tests of a receiver.
// It must not know networks.
import type { EventMap } from '../events/event-map.js'
import { type CanonicalName, canonicalEventName, type EventName } from '../events/names.js'
import { assertRawBody, isArrayBuffer, type RawBody } from '../platform/bytes.js'
import { hmacDigest } from '../signature/hmac.js'
import { listSecrets } from '../signature/secrets.js'

/** A delivery as Gallabox would send it. */
export interface SignedDelivery {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** How a delivery is signed. */
export interface SignDeliveryOptions {
  /** The webhook's secret; undefined for a webhook that has none, whose deliveries carry no signature. */
  readonly secret: string | Uint8Array | undefined
  /** Static headers, as under Headers in the settings of the webhook. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Default: `POST`. */
  readonly method?: string | undefined
  /** How the digest is spelled. Gallabox sends base64, the default. */
  readonly encoding?: 'base64' | 'hex' | undefined
}

/** The body of an event by its name, or anything for a name that is none of the 26. */
export type PayloadOf<N extends string> = N extends EventName ? EventMap[CanonicalName<N>] : unknown

/**
 * Computes the value of `x-gallabox-signature` for a raw body.
 *
 * @param encoding - How the digest is spelled. Gallabox sends base64, the default.
 * @throws TypeError for a bad secret, for a raw body that is no bytes, and where there is no node:crypto.
 * @example
 * ```ts
 * import { signBody } from 'gallabox-webhooks/testing'
 *
 * const signature = signBody('{"id":"1"}', 'a secret')
 * ```
 */
export function signBody(rawBody: RawBody, secret: string | Uint8Array, encoding: 'base64' | 'hex' = 'base64'): string {
  const [key] = listSecrets(secret)
  assertRawBody(rawBody)
  const message = isArrayBuffer(rawBody) ? new Uint8Array(rawBody) : rawBody
  return hmacDigest(key as string | Uint8Array, message, encoding)
}

/**
 * Makes a delivery of an event: the body, and the headers that Gallabox would send with it.
 *
 * @param type - The event's name in either spelling, or any other name. It is sent in the wire's spelling.
 * @param data - The body. It is written as JSON once, and those bytes are signed.
 * @throws TypeError for a bad secret.
 * @example
 * ```ts
 * import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
 *
 * const { method, headers, body } = signDelivery('Message.received', samplePayload('Message.received'), {
 *   secret: 'a secret',
 * })
 * ```
 */
export function signDelivery<N extends EventName | (string & {})>(
  type: N,
  data: PayloadOf<N>,
  { secret, headers = {}, method = 'POST', encoding }: SignDeliveryOptions,
): SignedDelivery {
  const body = JSON.stringify(data)
  const signature = secret === undefined ? {} : { 'x-gallabox-signature': signBody(body, secret, encoding) }
  return {
    method,
    headers: {
      'content-type': 'application/json',
      'x-event-name': canonicalEventName(type) ?? type,
      ...signature,
      ...headers,
    },
    body,
  }
}
