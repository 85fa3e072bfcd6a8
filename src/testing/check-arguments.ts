import { canonicalEventName, suggestEventName } from '../events/names.js'
import { typeName } from '../platform/type-name.js'
import { listSecrets } from '../signature/secrets.js'

/** Returns a secret, or null for a webhook without one. `undefined` is an error: it is what a missing variable gives. */
export function checkSecret(
  option: string,
  secret: string | Uint8Array | null | undefined,
): string | Uint8Array | null {
  if (secret === null) return null
  if (secret === undefined) {
    throw new TypeError(`${option}: missing. Pass the webhook's secret, or null to send without a signature.`)
  }
  if (Array.isArray(secret)) throw new TypeError(`${option}: must be a string or a Uint8Array, got array.`)
  listSecrets(secret)
  return secret
}

/** Returns headers with lower-case names, without those whose value is undefined. */
export function checkHeaders(
  option: string,
  headers: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  // A Headers or a Map has no members of its own, so its headers would be lost.
  if (Symbol.iterator in headers) {
    throw new TypeError(`${option}: must be a plain object of names and values. Pass Object.fromEntries(headers).`)
  }
  const checked: [name: string, value: string][] = []
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue
    if (typeof value !== 'string') throw new TypeError(`${option}.${name}: must be a string, got ${typeName(value)}.`)
    checked.push([name.toLowerCase(), value])
  }
  return Object.fromEntries(checked)
}

/** Returns the URL if it is one that `fetch` accepts without a base. */
export function checkUrl(option: string, url: string): string {
  if (typeof url === 'string' && /^https?:$/.test(protocolOf(url))) return url
  const got = typeof url === 'string' ? '' : `, got ${typeName(url)}`
  throw new TypeError(
    `${option}: must be an absolute URL${got}. Pass a string such as "http://localhost:3000/webhooks/gallabox".`,
  )
}

/**
 * Returns the wire name of an event, or an unknown name as it is: the list of events is open.
 * A name that is nearly a known one is a misspelling.
 */
export function checkEventName(option: string, name: string): string {
  if (typeof name !== 'string') throw new TypeError(`${option}: must be an event name, got ${typeName(name)}.`)
  const known = canonicalEventName(name)
  if (known) return known
  const hint = suggestEventName(name)
  if (hint === '') return name
  throw new TypeError(
    `${option}: unknown event ${JSON.stringify(name)}.${hint} To send it on purpose, set the header x-event-name.`,
  )
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol
  } catch {
    return ''
  }
}
