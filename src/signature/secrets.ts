import type { EventType, HelpPageName } from '../events/event-map.js'
import { requireEventName } from '../events/names.js'
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import type { DeliveryHeaders } from '../platform/headers.js'
import { isPromiseLike, timedOut, withTimeout } from '../platform/promises.js'
import { typeName } from '../platform/type-name.js'
import { createHmacVerifier, type HmacVerifier } from './hmac.js'

/**
 * The webhook's secret as typed into Gallabox's settings page, or a list of secrets during a rotation. A string stands
 * for its UTF-8 bytes.
 */
export type Secret = string | Uint8Array | readonly (string | Uint8Array)[]

/** A secret with an id, a scope, or both. */
export interface SecretEntry {
  /** The value of `secretId` when this secret matched. Default: the position in the list, counted from `'1'`. */
  readonly id?: string | undefined
  readonly secret: string | Uint8Array | undefined
  /** The events that this secret may sign, by wire or help-page name. Default: all, unknown ones included. */
  readonly events?: readonly (EventType | HelpPageName)[] | undefined
}

/** A secret, an entry, or a list of either. */
export type SecretValue = string | Uint8Array | SecretEntry | readonly (string | Uint8Array | SecretEntry)[]

/** What a secret provider gets: the parts of a request that are not verified yet. Anyone may have sent them. */
export interface UnverifiedRequest {
  readonly method?: string | undefined
  /** Path and query, as received. */
  readonly url?: string | undefined
  readonly headers: DeliveryHeaders
}

/**
 * Returns the secret when a delivery needs it: from a secret manager, or in a framework that builds without secrets. The
 * code is `secret-unavailable` where it throws, returns no valid secret, or takes longer than `bodyTimeoutMs`.
 *
 * A provider without a parameter is shared: deliveries that arrive during one call wait for its result. A provider with a
 * parameter is called for each delivery, to choose the secret of a tenant. The request that it gets is not verified: use
 * it only to look the secret up. Return null if there is no such tenant, which is `secret-not-found`, with status 401.
 *
 * @example
 * ```ts
 * import { createReceiver, type SecretValue } from 'gallabox-webhooks'
 *
 * const secrets = new Map<string, SecretValue>([['/webhooks/acme', { id: 'acme', secret: 'the secret of Acme' }]])
 * createReceiver({
 *   secret: ({ url }) => secrets.get(url ?? '') ?? null,
 *   onEvent: (event, { secretId }) => console.log(secretId, event.type),
 * })
 * ```
 */
export type SecretProvider = (request: UnverifiedRequest) => ProvidedSecret | Promise<ProvidedSecret>

/** What a secret provider returns. Null: there is no such tenant. */
type ProvidedSecret = SecretValue | null | undefined

/** Everything that the option `secret` accepts. */
export type SecretSource = SecretValue | SecretProvider

/** A secret that is ready to verify. The key stays inside `verify`, where `inspect()` does not find it. */
export interface PreparedSecret {
  readonly id: string
  readonly events: ReadonlySet<EventType> | undefined
  readonly verify: HmacVerifier
}

const entryKinds: OptionKinds<SecretEntry> = { id: 'a string', secret: 'unchecked', events: 'a list' }

/** Returns the secrets as a list. Throws a TypeError for anything that must never be accepted as a secret. */
export function listSecrets(secret: Secret | undefined): readonly (string | Uint8Array)[] {
  const secrets = toList(secret)
  if (secrets.length === 0) throw new TypeError(invalidSecret('secret', 'an empty list'))
  for (const [index, each] of secrets.entries()) {
    const fault = findFault(each)
    if (fault) throw new TypeError(invalidSecret(secrets.length > 1 ? `secret[${index}]` : 'secret', fault))
  }
  return secrets as readonly (string | Uint8Array)[]
}

function invalidSecret(subject: string, fault: string): string {
  return `${subject}: must be a string or bytes, got ${fault}. Pass it as typed into Gallabox.`
}

/** Returns the secrets of a delivery, or null if there is no such tenant. */
type GetSecrets = (request: UnverifiedRequest) => PreparedSecrets | Promise<PreparedSecrets>
type PreparedSecrets = readonly PreparedSecret[] | null

/** Prepares the secrets of a source. Throws a TypeError for an invalid value. */
export function prepareSecrets(source: SecretSource | undefined, timeoutMs: number): GetSecrets {
  if (typeof source !== 'function') {
    const prepared = prepareValue(source)
    return () => prepared
  }
  function callProvider({ method, url, headers }: UnverifiedRequest): PreparedSecrets | Promise<PreparedSecrets> {
    const value = (source as SecretProvider)({ method, url, headers })
    return isPromiseLike(value) ? settleInTime(value, timeoutMs) : prepareProvided(value)
  }
  return source.length === 0 ? shareInFlight(callProvider) : callProvider
}

/** Lets deliveries that arrive during a call wait for its result. */
function shareInFlight(getSecrets: GetSecrets): GetSecrets {
  let inFlight: Promise<PreparedSecrets> | undefined
  return (request) => {
    if (inFlight) return inFlight
    const secrets = getSecrets(request)
    if (!isPromiseLike(secrets)) return secrets
    inFlight = secrets.finally(() => {
      inFlight = undefined
    })
    return inFlight
  }
}

// A promise that never settles would keep the body of each delivery that waits for it.
async function settleInTime(value: PromiseLike<ProvidedSecret>, timeoutMs: number): Promise<PreparedSecrets> {
  const settled = await withTimeout(value, timeoutMs)
  if (settled === timedOut) throw new Error('secret: the function took longer than bodyTimeoutMs.')
  return prepareProvided(settled)
}

function prepareProvided(value: ProvidedSecret): PreparedSecrets {
  return value === null ? null : prepareValue(value)
}

/** Lists the entries of a value, without checking them. */
export function listEntries(value: SecretValue | undefined): readonly SecretEntry[] {
  return toList(value).map((item) => (isEntry(item) ? item : { secret: item as SecretEntry['secret'] }))
}

// Spread, because map() skips a hole in a list, which must count as a missing secret.
function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? [...value] : [value]
}

function prepareValue(value: SecretValue | undefined): readonly PreparedSecret[] {
  const entries = listEntries(value)
  return listSecrets(entries.map(({ secret }) => secret) as Secret).map((secret, index) => {
    const entry = entries[index] as SecretEntry
    checkOptions(entries.length > 1 ? `secret[${index}]` : 'secret', entry, entryKinds)
    const { id = String(index + 1), events } = entry
    return { id, events: events && eventSet(events), verify: createHmacVerifier(secret) }
  })
}

function isEntry(item: unknown): item is SecretEntry {
  return typeof item === 'object' && item !== null && !ArrayBuffer.isView(item) && 'secret' in item
}

function eventSet(names: readonly string[]): ReadonlySet<EventType> {
  if (names.length === 0) throw new TypeError('events: must not be an empty list. Leave it out to allow all events.')
  return new Set(names.map((name) => requireEventName('events', name)))
}

const encryptedForm = "the REST API's encrypted form"

/** Describes why a value must not be accepted as a secret. Returns undefined for a valid one. */
function findFault(secret: unknown): string | undefined {
  if (typeof secret !== 'string' && !isUint8Array(secret)) return typeName(secret)
  const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret)
  if ((text === secret ? blankText : blankBytes).test(text)) return 'a blank value'
  const found = placeholderOrEncrypted.exec(text)
  if (!found) return undefined
  return found[1] ? 'the text of a missing value' : encryptedForm
}

// Zeros are what an unfilled buffer contains, and HMAC pads keys with them, so they equal the empty key.
const blankText = /^[\s\0\p{Cf}\p{DI}\u2800]*$/u
// Bytes may well be control characters, as the first key of RFC 4231 is.
const blankBytes = /^[\0 \t\r\n]*$/
// The words are what templates and `process.env.X = undefined` produce. Gallabox's REST API returns a secret in the form
// U2FsdGVkX1…, which is not the key.
const placeholderOrEncrypted = /^\s*(?:(undefined|null|NaN|\[object \w+\])\s*$|U2FsdGVkX1)/

/** Checks whether a value may be used as a secret. */
export function isSecret(value: unknown): value is string | Uint8Array {
  return findFault(value) === undefined
}

/** Checks whether a value is a secret in the encrypted form of Gallabox's REST API. */
export function isEncryptedSecret(value: unknown): boolean {
  return findFault(value) === encryptedForm
}

function isUint8Array(value: unknown): value is Uint8Array {
  // Not instanceof: test runners and vm contexts have their own Uint8Array.
  return ArrayBuffer.isView(value) && (value as Uint8Array).BYTES_PER_ELEMENT === 1
}
