// What a user may pass as a secret, checked at start and prepared as keys.
// It must not know deliveries or signatures.
import type { EventType } from '../events/event-map.js'
import { type HelpPageName, knownEventName } from '../events/names.js'
import { encodeUtf8 } from '../platform/bytes.js'
import { isPromiseLike, timedOut, withTimeout } from '../platform/promises.js'
import { typeName } from '../platform/type-name.js'
import { createHmacMatcher, type HmacMatcher } from './hmac.js'

/**
 * The webhook's secret as typed into Gallabox's settings page, or several of them while one takes over from another.
 * A string stands for its UTF-8 bytes.
 */
export type Secret = string | Uint8Array | readonly (string | Uint8Array)[]

/** A secret with a name of its own, for events of its own, or both. */
export interface SecretEntry {
  /** What `secretId` says when this secret matched. Default: the entry's place in the list, counted from `'1'`. */
  readonly id?: string | undefined
  readonly secret: string | Uint8Array | undefined
  /** The events that this secret may sign. Default: all. A delivery without a known name is outside every such list. */
  readonly events?: readonly (EventType | HelpPageName)[] | undefined
}

/** A secret, an entry, or a list of either. */
export type SecretValue = string | Uint8Array | SecretEntry | readonly (string | Uint8Array | SecretEntry)[]

/**
 * Gives the secret when a delivery needs it: from a secret manager, or in a framework that builds without secrets.
 * Deliveries that come while one call runs share its answer. What it throws, an answer that is no secret, or none within
 * `bodyTimeoutMs`, is the code `secret-unavailable`.
 */
export type SecretProvider = () => SecretValue | undefined | Promise<SecretValue | undefined>

/** Everything that the option `secret` takes. */
export type SecretSource = SecretValue | SecretProvider

/** A secret that is ready to be tried. The key itself is closed over, where no `inspect()` finds it. */
export interface PreparedSecret {
  readonly id: string
  readonly events: ReadonlySet<EventType> | undefined
  readonly matches: HmacMatcher
}

/** Checks a secret or a list and returns the list. Throws a TypeError on anything that must never count as a secret. */
export function listSecrets(secret: Secret | undefined): readonly (string | Uint8Array)[] {
  const secrets = toList(secret)
  let fault = secrets.length === 0 ? 'an empty list' : undefined
  for (const each of secrets) fault ??= findFault(each)
  if (!fault) return secrets as readonly (string | Uint8Array)[]
  throw new TypeError(
    `The secret is ${fault}. Pass it as typed into Gallabox, such as process.env.GALLABOX_WEBHOOK_SECRET.`,
  )
}

/** Checks a source and returns what gives its keys. Throws a TypeError now for all but a provider, whose turn comes later. */
export function prepareSecrets(
  source: SecretSource | undefined,
  timeoutMs: number,
): () => readonly PreparedSecret[] | Promise<readonly PreparedSecret[]> {
  if (typeof source === 'function') return prepareProvider(source, timeoutMs)
  const prepared = prepareValue(source)
  return () => prepared
}

function prepareProvider(provider: SecretProvider, timeoutMs: number) {
  let inFlight: Promise<readonly PreparedSecret[]> | undefined
  return () => {
    if (inFlight) return inFlight
    const value = provider()
    if (!isPromiseLike(value)) return prepareValue(value)
    inFlight = settleInTime(value, timeoutMs).finally(() => {
      inFlight = undefined
    })
    return inFlight
  }
}

// One that never settled would be shared by every delivery to come, each holding its body.
async function settleInTime(value: PromiseLike<SecretValue | undefined>, timeoutMs: number) {
  const settled = await withTimeout(value, timeoutMs)
  if (settled === timedOut) throw new Error('It took too long.')
  return prepareValue(settled)
}

/** Lists the entries of a value, unchecked. */
export function listEntries(value: SecretValue | undefined): readonly SecretEntry[] {
  return toList(value).map((item) => (isEntry(item) ? item : { secret: item as SecretEntry['secret'] }))
}

// Spread, because a hole in a list is no entry to map() and a missing secret to everyone else.
function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? [...value] : [value]
}

function prepareValue(value: SecretValue | undefined): readonly PreparedSecret[] {
  const entries = listEntries(value)
  return listSecrets(entries.map(({ secret }) => secret) as Secret).map((secret, index) => {
    const { id = String(index + 1), events } = entries[index] as SecretEntry
    return {
      id,
      events: events && eventSet(events),
      matches: createHmacMatcher(typeof secret === 'string' ? encodeUtf8(secret) : secret),
    }
  })
}

function isEntry(item: unknown): item is SecretEntry {
  return typeof item === 'object' && item !== null && !ArrayBuffer.isView(item) && 'secret' in item
}

function eventSet(names: readonly string[]): ReadonlySet<EventType> {
  if (names.length === 0) throw new TypeError('events: an empty list admits none.')
  return new Set(names.map((name) => knownEventName('events', name)))
}

/** Tells what keeps a value from being a secret; undefined where nothing does. */
function findFault(secret: unknown): string | undefined {
  if (typeof secret !== 'string' && !isUint8Array(secret)) return typeName(secret)
  const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret)
  const found = blankOrEncrypted.exec(text)
  if (!found) return undefined
  return found[1] ? 'encrypted, as the REST API shows it' : 'blank'
}

// Not trim(): bytes may well be control characters, as the first key of RFC 4231 is.
// Zeros are what a buffer holds that nobody filled, and HMAC pads its key with them: they are the empty key.
// Gallabox's REST API shows a secret as U2FsdGVkX1…; taken as the key, it would refuse every real delivery.
const blankOrEncrypted = /^(?:[\0 \t\r\n]*$|\s*(U2FsdGVkX1))/

export function isSecret(value: unknown): value is string | Uint8Array {
  return findFault(value) === undefined
}

export function isEncryptedSecret(value: unknown): boolean {
  return findFault(value)?.startsWith('encrypted') === true
}

function isUint8Array(value: unknown): value is Uint8Array {
  // Not instanceof: test runners and vm contexts have a Uint8Array of their own.
  return ArrayBuffer.isView(value) && (value as Uint8Array).BYTES_PER_ELEMENT === 1
}
