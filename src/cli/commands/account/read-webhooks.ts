// Reads the records that Gallabox's REST API returns. Members that are missing or invalid are reported, never guessed.
import { typeName } from '../../../platform/type-name.js'
import { oneLine } from '../../shared/terminal.js'
import type { HideCredentials } from './credentials.js'
import { maskUrl } from './request-url.js'

/** A webhook of the account. A member is null if it could not be read. All strings are printable. */
export interface AccountWebhook {
  /** Its place in the list, from 1. */
  readonly position: number
  /** Its id. `#3` for the third webhook, if it has none. */
  readonly id: string
  /** Without what may be secret. */
  readonly url: string | null
  /** For comparisons. Contains what may be secret, so it must not be printed. */
  readonly target: URL | null
  readonly method: string | null
  readonly events: readonly string[] | null
  /** True if all of its events could be read. */
  readonly hasAllEvents: boolean
  readonly signed: boolean | null
  readonly disabled: boolean | null
  /** The number of requests that failed. */
  readonly failures: number | null
  /** ISO 8601. */
  readonly updatedAt: string | null
  /** What could not be read, such as "disabled is missing". */
  readonly unreadable: readonly string[]
}

/** Longer strings are cut. */
const maxLength = 500
/** Gallabox has 26 known events. */
const maxEvents = 1000

export function readWebhook(record: unknown, index: number, hide: HideCredentials): AccountWebhook {
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record)
  const members = (isObject ? record : {}) as Readonly<Record<string, unknown>>
  const unreadable: string[] = isObject ? [] : [`it is ${describeType(record)}`]

  /** Converts a member. Reports it if it has no valid value. */
  function read<T>(name: string, convert: (value: unknown) => T | undefined, expected: string): T | null {
    const value = members[name]
    const converted = convert(value)
    if (converted === undefined && isObject)
      unreadable.push(value === undefined ? `${name} is missing` : `${name} is ${describeProblem(value, expected)}`)
    return converted ?? null
  }
  const print = (text: string, length = maxLength) => oneLine(hide(text).slice(0, 2 * length), length)

  const position = index + 1
  const id = toId(members.id) ?? toId(members._id)
  const target = read('requestUrl', toHttpUrl, 'not an http or https URL')
  const method = read('requestMethod', toMethod, 'not a method')
  const events = read('events', toList, 'not a list')
  const names = events
    ?.slice(0, maxEvents)
    .filter((name): name is string => typeof name === 'string' && name.trim() !== '')
  const invalidNames = (events?.length ?? 0) - (names?.length ?? 0)
  if (invalidNames > 0) unreadable.push(`events contains ${invalidNames} invalid or surplus names`)

  return {
    position,
    id: id === undefined ? `#${position}` : print(id, 64),
    url: typeof members.requestUrl === 'string' ? print(printUrl(members.requestUrl, hide)) : null,
    target,
    method: method && print(method, 20),
    events: names?.map((name) => print(name, 100)) ?? null,
    hasAllEvents: names !== undefined && invalidNames === 0,
    // Without a secret, Gallabox leaves the member out. In a record of another shape, that would say nothing.
    signed: target && events ? read('secret', toSigned, 'not a string') : null,
    disabled: read('disabled', (value) => (typeof value === 'boolean' ? value : undefined), 'not a boolean'),
    failures: read('requestFailedCount', toCount, 'not a count'),
    updatedAt: toTime(members.updatedAt) ?? null,
    unreadable,
  }
}

/** Hides the credentials first, because a parsed URL contains them in another encoding. */
function printUrl(url: string, hide: HideCredentials): string {
  return maskUrl(hide(url)).replaceAll('%E2%80%A2', '•')
}

function describeType(value: unknown): string {
  const type = typeName(value)
  return type === 'null' ? type : `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`
}

function describeProblem(value: unknown, expected: string): string {
  // A string is of the right type in most members, so its type says nothing.
  return typeof value === 'string' ? expected : describeType(value)
}

function toId(value: unknown): string | undefined {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' ? String(value) : undefined
}

function toHttpUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) ? url : undefined
}

function toMethod(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z]+$/i.test(value) ? value.toUpperCase() : undefined
}

function toList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function toSigned(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return false
  return typeof value === 'string' ? value !== '' : undefined
}

function toCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

function toTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
