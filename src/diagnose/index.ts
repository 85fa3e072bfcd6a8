// Why a delivery is refused: the known mistakes, tried one after the other until one explains it.
// It must not know replies. Nothing that it says holds a secret, a body, a header's value or a digest.

import { canonicalEventName } from '../events/names.js'
import { decodeUtf8, encodeUtf8, isRawBody, toBytes } from '../platform/bytes.js'
import { type DeliveryHeaders, findHeader, findHeaderText } from '../platform/headers.js'
import { timedOut, withTimeout } from '../platform/promises.js'
import { isBodyErrorCode } from '../receiver/errors.js'
import type { Delivery } from '../receiver/verify-delivery.js'
import { createHmacMatcher, type SpelledDigest } from '../signature/hmac.js'
import { isEncryptedSecret, isSecret, listEntries, type SecretEntry, type SecretSource } from '../signature/secrets.js'
import { bodyVariants } from './bodies.js'
import { type DiagnosisCode, findings, genuineCodes } from './findings.js'
import { secretVariants } from './secrets.js'
import { type ReadSignature, readSignature } from './signatures.js'

export type { DiagnosisCode } from './findings.js'

/** Why a delivery is refused, or that it is not. */
export interface Diagnosis {
  /** True where the signature is right and a receiver with these secrets takes the delivery. */
  readonly genuine: boolean
  readonly code: DiagnosisCode
  /** What is wrong, in a sentence. */
  readonly message: string
  /** What to change; empty where nothing is wrong. */
  readonly fix: string
  /** Where to read more: a page in the folder of this package, and the place on it. */
  readonly docs: string
  /** Which secret it is about: its entry's `id`, or its place in the list counted from `'1'`. */
  readonly secretId?: string | undefined
}

/** What a diagnosis may try. */
export interface DiagnoseOptions {
  /** The secret, as the receiver has it. A bad one is a finding, not an exception. */
  readonly secret: SecretSource | undefined
  /** Secrets of other webhooks, so that a delivery of theirs is recognized. Default: none. */
  readonly otherSecrets?: readonly SecretEntry[] | undefined
}

// No more of a stranger's body is looked at, in bytes; and nobody waits longer for it, in milliseconds.
const limitBytes = 65_536
const timeoutMs = 10_000

/**
 * Finds out why a delivery is refused: tries the known mistakes, and names the one that explains it.
 *
 * For development, the command line and tests: it does some hundred times the work of a verification, and its answer is
 * for you, never for the sender. It says nothing that is secret. Of a body of more than 64 kB only the signature as it is
 * is checked.
 *
 * @returns A promise of what was found. It does not reject for anything that a stranger sends, nor for a bad secret.
 * @example
 * ```ts
 * import { createReceiver, diagnose } from 'gallabox-webhooks'
 *
 * const secret = process.env.GALLABOX_WEBHOOK_SECRET
 * createReceiver({
 *   secret,
 *   onEvent: (event) => console.log(event.type),
 *   onRejected: async ({ delivery }) => console.warn(await diagnose(delivery, { secret })),
 * })
 * ```
 */
export async function diagnose(delivery: Delivery, options: DiagnoseOptions): Promise<Diagnosis> {
  const [code, secretId] = await find(delivery, options)
  const [message, fix] = findings[code]
  return { genuine: genuineCodes.includes(code), code, message, fix, docs: `docs/why-401.md#${code}`, secretId }
}

type Finding = readonly [code: DiagnosisCode, secretId?: string | undefined]
type Key = SecretEntry & { readonly id: string; readonly secret: string | Uint8Array }

async function find({ headers, rawBody: source }: Delivery, options: DiagnoseOptions): Promise<Finding> {
  const keys = await findKeys(options.secret)
  if (typeof keys === 'string') return [keys]
  const given = findHeader(headers, 'x-gallabox-signature')
  const signatures = given === undefined ? signaturesElsewhere(headers) : readSignature(given)
  const unexplained =
    given === undefined ? 'signature-missing' : signatures.some(isWellSpelled) ? 'unexplained' : misread(given)
  // The body of what cannot be verified anyway is left unread: a stranger may be sending it still.
  if (signatures.length === 0) return [unexplained]

  const rawBody = await read(source)
  if (typeof rawBody === 'string') return [rawBody]
  for (const signature of signatures) {
    const matching = await findKey(keys, rawBody, signature.digest)
    if (matching) return nameMatch(signature, matching, keys, headers, rawBody)
  }
  const [signature] = signatures.filter(isWellSpelled)
  if (!signature) return [unexplained]
  const others = (options.otherSecrets ?? []).flatMap(toKey)
  const other = await findKey(others, rawBody, signature.digest)
  if (other) return ['secret-of-another-webhook', other.id]
  if (rawBody.byteLength === 0) return ['body-empty']
  if (rawBody.byteLength > limitBytes) return [unexplained]
  return (
    (await tryVariants(keys, rawBody, signature.digest)) ?? [hasEncoding(headers) ? 'body-compressed' : unexplained]
  )
}

async function tryVariants(
  keys: readonly Key[],
  rawBody: Uint8Array,
  digest: SpelledDigest,
): Promise<Finding | undefined> {
  for (const { id, secret } of keys) {
    for (const [code, variant] of secretVariants(secret)) {
      if (variant.length > 0 && (await matches(variant, rawBody, digest))) return [code, id]
    }
    for (const [code, variant] of bodyVariants(rawBody)) {
      if (await matches(secret, variant, digest)) return [code, id]
    }
  }
  return undefined
}

function nameMatch(
  { code }: ReadSignature,
  key: Key,
  keys: readonly Key[],
  headers: DeliveryHeaders,
  rawBody: Uint8Array,
): Finding {
  if (!genuineCodes.includes(code)) return [code, key.id]
  const name = findHeaderText(headers, 'x-event-name')?.trim()
  const type = name && canonicalEventName(name)
  if (key.events && !key.events.some((event) => canonicalEventName(event) === type))
    return ['secret-out-of-scope', key.id]
  if (!name) return [isNamedElsewhere(headers, rawBody) ? 'event-name-elsewhere' : 'event-name-missing', key.id]
  // Scoped secrets are of several webhooks; a plain list is of one that changes its secret.
  const older = key !== keys[0] && !keys.some(({ events }) => events)
  return [code === 'genuine' && older ? 'secret-older' : code, key.id]
}

async function findKeys(source: SecretSource | undefined): Promise<readonly Key[] | DiagnosisCode> {
  let value = source
  if (typeof value === 'function') {
    try {
      const given = await withTimeout(Promise.resolve(value()), timeoutMs)
      if (given === timedOut) return 'secret-unavailable'
      value = given
    } catch {
      return 'secret-unavailable'
    }
  }
  const entries = listEntries(value)
  if (entries.some(({ secret }) => isEncryptedSecret(secret))) return 'secret-encrypted'
  const keys = entries.flatMap(toKey)
  return keys.length > 0 && keys.length === entries.length ? keys : 'secret-missing'
}

function toKey(entry: SecretEntry, index: number): readonly Key[] {
  const { id = String(index + 1), secret } = entry
  return isSecret(secret) ? [{ ...entry, id, secret }] : []
}

async function findKey(keys: readonly Key[], rawBody: Uint8Array, digest: SpelledDigest): Promise<Key | undefined> {
  for (const key of keys) if (await matches(key.secret, rawBody, digest)) return key
  return undefined
}

async function matches(key: string | Uint8Array, rawBody: Uint8Array, digest: SpelledDigest): Promise<boolean> {
  return createHmacMatcher(typeof key === 'string' ? encodeUtf8(key) : key)(rawBody, digest)
}

async function read(source: Delivery['rawBody']): Promise<Uint8Array | DiagnosisCode> {
  try {
    const given = typeof source === 'function' ? source({ limitBytes, timeoutMs }) : source
    const rawBody = await withTimeout(Promise.resolve(given), timeoutMs)
    if (rawBody === timedOut) return 'body-unread'
    return isRawBody(rawBody) ? toBytes(rawBody) : 'body-parsed'
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown }
    return isBodyErrorCode(code) && code.startsWith('body-already') ? 'body-parsed' : 'body-unread'
  }
}

function isWellSpelled({ code }: ReadSignature): boolean {
  return genuineCodes.includes(code)
}

function misread(value: string | readonly string[]): DiagnosisCode {
  return typeof value === 'string' ? 'signature-malformed' : 'signature-repeated'
}

// Where other services, and hand-written tests, put a signature.
const otherHeaders = [
  'x-signature',
  'x-hub-signature-256',
  'x-hub-signature',
  'x-webhook-signature',
  'signature',
  'gallabox-signature',
]

function signaturesElsewhere(headers: DeliveryHeaders): readonly ReadSignature[] {
  return otherHeaders.flatMap((name) =>
    readSignature(findHeader(headers, name) ?? []).map(({ digest }) => ({
      digest,
      code: 'signature-elsewhere' as const,
    })),
  )
}

// Where other services, and hand-written tests, put a name.
const otherNames = [
  'x-gallabox-event',
  'x-event',
  'x-event-type',
  'x-webhook-event',
  'event-name',
  'x-gallabox-event-name',
]

function isNamedElsewhere(headers: DeliveryHeaders, rawBody: Uint8Array): boolean {
  const { event, type, eventName, event_name, name } = parseObject(rawBody)
  const named = [
    ...otherNames.map((header) => findHeaderText(headers, header)),
    event,
    type,
    eventName,
    event_name,
    name,
  ]
  return named.some((value) => typeof value === 'string' && canonicalEventName(value) !== undefined)
}

function parseObject(rawBody: Uint8Array): Record<string, unknown> {
  try {
    return Object(JSON.parse(decodeUtf8(rawBody) ?? ''))
  } catch {
    return {}
  }
}

function hasEncoding(headers: DeliveryHeaders): boolean {
  return !/^(identity)?$/i.test(findHeaderText(headers, 'content-encoding')?.trim() ?? '')
}
