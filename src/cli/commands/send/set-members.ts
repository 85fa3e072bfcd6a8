import { didYouMean } from '../../../platform/nearest-name.js'
import { UsageError } from '../../shared/options.js'

/** A member to replace in a payload, from `--set`. */
export interface MemberChange {
  /** The keys on the way to the member. An index of an array is a key too. */
  readonly path: readonly string[]
  readonly text: string
  /** True for `path:=value`, whose value is always JSON. */
  readonly isJson: boolean
}

type Container = Record<string, unknown>

/** Parses `path=value` and `path:=json`. */
export function parseChanges(values: readonly string[] = []): readonly MemberChange[] {
  return values.map((value) => {
    const [, path, operator, text] = /^([^=]+?)(:?=)(.*)$/s.exec(value) ?? []
    if (path === undefined || text === undefined)
      throw new UsageError('--set must be path=value, such as channelNumber=918045671234.')
    const isJson = operator === ':='
    if (isJson) parseJson(path, text)
    return { path: path.split('.'), text, isJson }
  })
}

/**
 * Checks that each change replaces a member of at least one payload. A member is never created: that would hide a
 * misspelled path.
 */
export function checkChanges(changes: readonly MemberChange[], payloads: readonly unknown[]): void {
  for (const { path } of changes) {
    if (payloads.some((payload) => findContainer(payload, path))) continue
    const name = path.join('.')
    throw new UsageError(`--set: the sample has no member ${JSON.stringify(name)}.${suggestPath(path, payloads)}`)
  }
}

/** Counts the payloads that contain the member of a change. */
export function countChanged({ path }: MemberChange, payloads: readonly unknown[]): number {
  return payloads.filter((payload) => findContainer(payload, path)).length
}

/** Returns a copy of a payload with the changes that apply to it. */
export function applyChanges(payload: unknown, changes: readonly MemberChange[]): unknown {
  const copy = structuredClone(payload)
  for (const { path, text, isJson } of changes) {
    const container = findContainer(copy, path)
    const key = path.at(-1) as string
    if (container) container[key] = isJson ? JSON.parse(text) : parseLike(container[key], text)
  }
  return copy
}

/** A string replaces a string. For another type, the value is parsed as JSON if possible. */
function parseLike(previous: unknown, text: string): unknown {
  if (typeof previous === 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function parseJson(path: string, text: string): void {
  try {
    JSON.parse(text)
  } catch {
    throw new UsageError(`--set ${path}: the value after := must be JSON. Write = for a string.`)
  }
}

/** Finds the object or array that has the last key. Inherited keys such as __proto__ do not count. */
function findContainer(payload: unknown, path: readonly string[]): Container | undefined {
  let value = payload
  for (const key of path.slice(0, -1)) value = isContainer(value) && hasKey(value, key) ? value[key] : undefined
  return isContainer(value) && hasKey(value, path.at(-1) as string) ? value : undefined
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

// The length of an array is not enumerable.
function hasKey(container: Container, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(container, key)
}

/** Suggests the nearest member. Without one, lists the members at the point where the path ends. */
function suggestPath(path: readonly string[], payloads: readonly unknown[]): string {
  const name = path.join('.')
  const paths = [...new Set(payloads.flatMap((payload) => listPaths(payload)))]
  const deeper = paths.find((known) => known.endsWith(`.${name}`))
  if (deeper !== undefined) return ` Did you mean ${JSON.stringify(deeper)}?`
  const parent = findParent(path, paths)
  const keys = paths.filter((known) => known.startsWith(parent)).map((known) => known.slice(parent.length))
  const [wrongKey = '', ...rest] = name.slice(parent.length).split('.')
  const siblings = keys.filter((key) => !key.includes('.'))
  const suggestion = didYouMean(wrongKey, siblings)
  if (!suggestion) return ` Members${parent && ` of ${parent.slice(0, -1)}`}: ${siblings.join(', ')}.`
  return suggestion.replace(/"(.+)"/, (_quoted, key) => {
    const whole = [key, ...rest].join('.')
    return JSON.stringify(parent + (keys.includes(whole) ? whole : key))
  })
}

/** Returns the longest start of a path that has members, with a final dot. Empty for the payload itself. */
function findParent(path: readonly string[], paths: readonly string[]): string {
  const starts = path.map((_key, index) => `${path.slice(0, path.length - 1 - index).join('.')}.`)
  return starts.find((start) => paths.some((known) => known.startsWith(start))) ?? ''
}

function listPaths(value: unknown, prefix = ''): readonly string[] {
  if (!isContainer(value)) return []
  return Object.keys(value).flatMap((key) => [prefix + key, ...listPaths(value[key], `${prefix}${key}.`)])
}
