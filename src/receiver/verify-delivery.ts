// The first half of the way of a delivery: gate, read, verify, identify, in this order, each able to end it.
// It must not know handlers, replies or frameworks.

import { type GallaboxEvent, toEvent } from '../events/event.js'
import { canonicalEventName } from '../events/names.js'
import { positiveInteger } from '../platform/assert.js'
import { assertRawBody, copyBytes, decodeUtf8, isRawBody, type RawBody, toBytes } from '../platform/bytes.js'
import { type DeliveryHeaders, findHeader, findHeaderText } from '../platform/headers.js'
import { isPromiseLike, timedOut, withTimeout } from '../platform/promises.js'
import { equalsInConstantTime, type SpelledDigest } from '../signature/hmac.js'
import { type PreparedSecret, prepareSecrets, type SecretSource } from '../signature/secrets.js'
import { parseSignature } from '../signature/verify-signature.js'
import { type DeliveryContext, type DeliveryFacts, VerifiedContext } from './context.js'
import { BodyError, isBodyErrorCode } from './errors.js'
import { messageOf, type RejectionCode, statusOf } from './outcome.js'

/** What a reader of a body must keep to. */
export interface BodyLimits {
  /** Bytes. A reader that stops there throws an error with the code `body-too-large`. */
  readonly limitBytes: number
  /** Milliseconds that the whole body may take. After them nobody waits for the reader any more. */
  readonly timeoutMs: number
}

/** One request, whatever platform it came through. */
export interface Delivery {
  /** The HTTP method. Default: not checked. */
  readonly method?: string | undefined
  readonly headers: DeliveryHeaders
  /**
   * The body as received, or a function that reads it, which is called only once the headers have been let through.
   * What it throws is `body-aborted`, unless the error's `code` is one of the read codes.
   */
  readonly rawBody: RawBody | ((limits: BodyLimits) => RawBody | PromiseLike<RawBody>)
}

/** How deliveries are verified. */
export interface VerifyDeliveryOptions {
  /** The webhook's secret. A missing, empty, blank or encrypted one is a TypeError at start; there is no way without. */
  readonly secret: SecretSource | undefined
  /** The largest body, in bytes. Default: 1 MiB. */
  readonly limitBytes?: number | undefined
  /** How long a body may take to arrive, in milliseconds. Default: 10 000. */
  readonly bodyTimeoutMs?: number | undefined
  /**
   * Static headers configured under Headers in the settings of the webhook, which every delivery must carry. Compared in
   * constant time. An undefined or empty value is a TypeError at start. Default: none.
   */
  readonly requiredHeaders?: Readonly<Record<string, string | undefined>> | undefined
}

/** The result of `verifyDelivery`. */
export type Verification =
  | { readonly ok: true; readonly event: GallaboxEvent; readonly context: DeliveryContext }
  | {
      readonly ok: false
      readonly code: RejectionCode
      /** The HTTP status to answer with. */
      readonly status: number
      /** What was wrong and what to change: for you, never for the sender. */
      readonly message: string
    }

/** A delivery that proved genuine. */
export interface Verified {
  readonly ok: true
  readonly event: GallaboxEvent
  readonly name: string | null
  readonly facts: DeliveryFacts
}

/** A delivery that was refused, with what is known of it by then. */
export interface Rejected {
  readonly ok: false
  readonly code: RejectionCode
  /** Where the table's own message is not enough. */
  readonly message?: string | undefined
  readonly rawBody?: Uint8Array | undefined
  readonly error?: unknown
  readonly event?: undefined
  readonly name?: undefined
  readonly facts?: undefined
}

export type DeliveryVerifier = (delivery: Delivery, receivedAt: Date) => Promise<Verified | Rejected>

/**
 * Verifies one delivery and tells which event it is.
 *
 * The signature is checked over the raw bytes before anything is parsed. A verified delivery that is none of the known
 * events, or does not look like the one that it is named, is an event of the type `unrecognized`.
 *
 * Where deliveries come one after the other, a receiver is cheaper: it prepares its keys once, and its deliveries share a
 * call of a function given as `secret`.
 *
 * @returns A promise of the event and its context, or of the code that says why it was refused. It does not reject for
 * anything that a stranger sends.
 * @throws TypeError (as a rejection) for an option that is wrong, above all a bad secret, and for a raw body that is no bytes.
 * @example
 * ```ts
 * import { verifyDelivery } from 'gallabox-webhooks'
 *
 * export async function receive(headers: Headers, rawBody: Uint8Array) {
 *   const result = await verifyDelivery({ headers, rawBody }, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
 *   if (!result.ok) return result.status
 *   console.log(result.event.type)
 *   return 200
 * }
 * ```
 */
export async function verifyDelivery(delivery: Delivery, options: VerifyDeliveryOptions): Promise<Verification> {
  const result = await createVerifier(options)(delivery, new Date())
  if (result.ok) return { ok: true, event: result.event, context: new VerifiedContext(result.facts) }
  const { code, message = messageOf(code) } = result
  return { ok: false, code, status: statusOf(code), message }
}

/** Checks the options once and returns the first half of the walk. */
export function createVerifier(options: VerifyDeliveryOptions): DeliveryVerifier {
  const limitBytes = positiveInteger('limitBytes', options.limitBytes, 1024 * 1024, Number.MAX_SAFE_INTEGER)
  const timeoutMs = positiveInteger('bodyTimeoutMs', options.bodyTimeoutMs, 10_000)
  const limits = Object.freeze({ limitBytes, timeoutMs })
  const getSecrets = prepareSecrets(options.secret, timeoutMs)
  const requiredHeaders = listRequiredHeaders(options.requiredHeaders)

  return async function verify(delivery, receivedAt) {
    if (typeof delivery.rawBody !== 'function') assertRawBody(delivery.rawBody)
    const { headers } = delivery

    const digest = findSignature(delivery)
    if (isRejected(digest)) return digest
    if (requiredHeaders.length > 0 && !(await hasRequiredHeaders(headers, requiredHeaders))) {
      return reject('required-header-mismatch')
    }
    const unreadable = findUnreadable(headers, limitBytes)
    if (unreadable) return reject(unreadable)

    let rawBody: Uint8Array | Rejected
    try {
      const given = read(delivery.rawBody, limits)
      // What somebody else keeps may change while it is verified, and is copied: the handler must get what was signed.
      rawBody = isPromiseLike(given) ? accept(await given, limitBytes, toBytes) : accept(given, limitBytes, copyBytes)
    } catch (error) {
      rawBody = rejectUnread(error)
    }
    if (isRejected(rawBody)) return rawBody

    const name = findHeaderText(headers, 'x-event-name')?.trim() || null
    const type = name === null ? undefined : canonicalEventName(name)
    let secrets: readonly PreparedSecret[]
    try {
      const given = getSecrets()
      secrets = isPromiseLike(given) ? await given : given
    } catch (error) {
      return reject('secret-unavailable', { error, rawBody })
    }
    let matched = false
    let secretId: string | undefined
    // No early exit: how long it takes must not tell which secret matched.
    for (const secret of secrets) {
      const matches = secret.matches(rawBody, digest)
      // Waited for only where it must be: on Node.js it never is.
      if (!(isPromiseLike(matches) ? await matches : matches)) continue
      matched = true
      if (!secret.events || (type && secret.events.has(type))) secretId ??= secret.id
    }
    if (secretId === undefined) return reject(matched ? 'secret-out-of-scope' : 'signature-mismatch', { rawBody })
    return identify(name, { rawBody, headers, receivedAt, secretId, type })
  }
}

const methods = /^(POST|PUT|PATCH)$/i

function findSignature({ method, headers }: Delivery): SpelledDigest | Rejected {
  if (method !== undefined && !methods.test(method)) return reject('method-not-allowed')
  const signature = findHeader(headers, 'x-gallabox-signature')
  if (signature === undefined) return reject('signature-missing')
  return parseSignature(signature) ?? reject('signature-malformed')
}

function findUnreadable(headers: DeliveryHeaders, limitBytes: number): RejectionCode | undefined {
  const encoding = findHeaderText(headers, 'content-encoding')?.trim().toLowerCase()
  if (encoding && encoding !== 'identity') return 'body-encoded'
  // What is no number is left to the reader, which counts.
  return Number(findHeaderText(headers, 'content-length')) > limitBytes ? 'body-too-large' : undefined
}

async function hasRequiredHeaders(
  headers: DeliveryHeaders,
  requiredHeaders: readonly (readonly [name: string, value: string])[],
): Promise<boolean> {
  let matched = true
  for (const [name, value] of requiredHeaders) {
    matched = (await equalsInConstantTime(findHeaderText(headers, name) ?? '', value)) && matched
  }
  return matched
}

function read(source: Delivery['rawBody'], limits: BodyLimits): RawBody | Promise<RawBody | typeof timedOut> {
  if (typeof source !== 'function') return source
  const given = source(limits)
  return isPromiseLike(given) ? withTimeout(given, limits.timeoutMs) : given
}

function accept(rawBody: unknown, limitBytes: number, own: (rawBody: RawBody) => Uint8Array) {
  if (rawBody === timedOut) return reject('body-timeout')
  if (!isRawBody(rawBody)) return reject('body-already-parsed')
  const bytes = toBytes(rawBody)
  return bytes.byteLength > limitBytes ? reject('body-too-large') : own(bytes)
}

function identify(name: string | null, facts: DeliveryFacts): Verified | Rejected {
  const { rawBody } = facts
  const text = decodeUtf8(rawBody)
  if (text === undefined) return reject('body-not-utf8', { rawBody })
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    // The engine's message quotes the body, so it goes no further.
    return reject('body-not-json', { rawBody })
  }
  return { ok: true, event: toEvent(name, facts.type, data), name, facts }
}

// What a reader throws is the read code that it carries, if any.
function rejectUnread(error: unknown): Rejected {
  const { code, message } = (error ?? {}) as Partial<BodyError>
  if (!isBodyErrorCode(code)) return reject('body-aborted', { error })
  return reject(code, { message, error: error instanceof BodyError ? error.cause : error })
}

function reject(code: RejectionCode, more?: Pick<Rejected, 'message' | 'rawBody' | 'error'>): Rejected {
  return { ok: false, code, ...more }
}

function isRejected(value: object): value is Rejected {
  return Object.hasOwn(value, 'ok')
}

function listRequiredHeaders(
  required: VerifyDeliveryOptions['requiredHeaders'],
): readonly (readonly [string, string])[] {
  return Object.entries(required ?? {}).map(([name, value]) => {
    if (typeof value === 'string' && value !== '') return [name.toLowerCase(), value]
    throw new TypeError(`requiredHeaders: ${name} has no value.`)
  })
}
