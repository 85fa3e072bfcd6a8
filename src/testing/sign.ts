import type { EventMap } from '../events/event-map.js'
import type { CanonicalName, EventName } from '../events/names.js'
import { eventNameHeader } from '../events/names.js'
import { assertRawBody, type RawBody } from '../platform/bytes.js'
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import type { PlatformRequest } from '../platform/platform-types.js'
import { typeName } from '../platform/type-name.js'
import { hmacDigest } from '../signature/hmac.js'
import { listSecrets } from '../signature/secrets.js'
import { signatureHeader } from '../signature/verify-signature.js'
import { checkEventName, checkHeaders, checkSecret, checkUrl } from './check-arguments.js'

/** A delivery as Gallabox sends it. */
export interface SignedDelivery {
  readonly method: string
  /** Names are in lower case. */
  readonly headers: Record<string, string>
  readonly body: string
}

/** Options of `signDelivery`. */
export interface SignDeliveryOptions {
  /** The webhook's secret. Pass null to send without a signature. */
  readonly secret: string | Uint8Array | null | undefined
  /** Headers to add, as under "Headers" in the webhook's settings. They replace default headers of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The HTTP method. Default: `POST`. */
  readonly method?: string | undefined
  /** The encoding of the signature. Default: `base64`, as Gallabox sends it. */
  readonly encoding?: 'base64' | 'hex' | undefined
}

const optionKinds: OptionKinds<SignDeliveryOptions> = {
  secret: 'unchecked',
  headers: 'an object',
  method: 'a string',
  encoding: 'unchecked',
}

/** The payload type of an event name. It is `unknown` for names that are not among the 26. */
export type PayloadOf<N extends string> = N extends EventName ? EventMap[CanonicalName<N>] : unknown

/**
 * Computes the value of `x-gallabox-signature` for a raw body.
 *
 * @param rawBody - The body that is sent.
 * @param secret - The webhook's secret.
 * @param encoding - The encoding of the signature. Default: `base64`, as Gallabox sends it.
 * @throws TypeError for an invalid secret, raw body or encoding, and in runtimes without node:crypto.
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
  if (encoding !== 'base64' && encoding !== 'hex') {
    throw new TypeError(`encoding: must be "base64" or "hex", got ${typeName(encoding)}.`)
  }
  return hmacDigest(key as string | Uint8Array, rawBody, encoding)
}

/**
 * Creates a signed delivery of an event, with the headers that Gallabox sends.
 *
 * @param type - The event's wire or help-page name. It is sent as the wire name. Unknown names are sent as they are,
 * unless they look like a misspelled known name.
 * @param data - The payload. It is encoded as JSON once, and those bytes are signed.
 * @throws TypeError for an invalid option, an invalid or missing secret, and a misspelled event name.
 * @example
 * ```ts
 * import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
 *
 * const { method, headers, body } = signDelivery('Message.Received', samplePayload('Message.Received'), {
 *   secret: 'a secret',
 * })
 * ```
 */
export function signDelivery<N extends EventName | (string & {})>(
  type: N,
  data: PayloadOf<N>,
  options: SignDeliveryOptions,
): SignedDelivery {
  checkOptions('signDelivery', options, optionKinds)
  const secret = checkSecret('signDelivery.secret', options.secret)
  const event = checkEventName('signDelivery', type)
  const headers = checkHeaders('signDelivery.headers', options.headers)
  const body = JSON.stringify(data)
  const signature = secret === null ? {} : { [signatureHeader]: signBody(body, secret, options.encoding) }
  return {
    method: options.method ?? 'POST',
    headers: { 'content-type': 'application/json', [eventNameHeader]: event, ...signature, ...headers },
    body,
  }
}

/**
 * Creates a `Request` from a delivery, for Web-standard handlers.
 *
 * @param delivery - What `signDelivery` returns.
 * @param url - An absolute URL.
 * @throws TypeError for a URL that is relative or invalid.
 * @example
 * ```ts
 * import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
 *
 * const delivery = signDelivery('Message.Received', samplePayload('Message.Received'), { secret: 'a secret' })
 * const request = toRequest(delivery, 'http://localhost/webhooks/gallabox')
 * ```
 */
export function toRequest({ method, headers, body }: SignedDelivery, url: string): PlatformRequest {
  return new Request(checkUrl('toRequest', url), { method, headers, body }) as PlatformRequest
}
