import { typeName } from '../platform/type-name.js'

/** A place where a payload does not match its event's name. It contains no value of the payload. */
export interface ShapeIssue {
  /** Member names joined by dots, such as `flowResponse.contactId`. Empty for the payload itself. */
  readonly path: string
  /** What the shape requires: a type, a literal in quotation marks, or `absent`. */
  readonly expected: string
  /** The type that was found, or `missing`. */
  readonly found: string
}

// biome-ignore lint/complexity/noBannedTypes: `{}` tells optional members from required ones.
type RequiredKeys<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? never : K }[keyof T]
type AbsentKeys<T> = { [K in keyof T]-?: [Exclude<T[K], undefined>] extends [never] ? K : never }[keyof T]

// A literal is written in its own quotation marks. An object is checked member by member.
type Check<V> = string extends V
  ? 'string'
  : V extends string
    ? `"${V}"`
    : number extends V
      ? 'number'
      : V extends object
        ? Shape<V>
        : never

/** A check for each required member of an interface, and `absent` for each forbidden one. Exactly these compile. */
export type Shape<T> = { readonly [K in RequiredKeys<T>]: Check<T[K]> } & { readonly [K in AbsentKeys<T>]: 'absent' }

/** A shape, whichever interface it belongs to. */
type AnyShape = { readonly [member: string]: string | AnyShape }

/** Lists where a payload does not match a shape. Accepts any JSON value and never throws. */
export function findShapeIssues(shape: AnyShape, payload: unknown): readonly ShapeIssue[] {
  const issues: ShapeIssue[] = []
  collectIssues(shape, payload, '', issues)
  return issues
}

function collectIssues(check: string | AnyShape, value: unknown, path: string, issues: ShapeIssue[]): void {
  const found = value === undefined ? 'missing' : typeName(value)
  const expected = typeof check === 'string' ? check : 'object'
  if (!matches(expected, value, found)) {
    issues.push({ path, expected, found })
  } else if (typeof check !== 'string') {
    // Not Object.entries(), which allocates a pair for each member.
    for (const member of Object.keys(check)) {
      const inner = (value as Record<string, unknown>)[member]
      collectIssues(check[member] as string | AnyShape, inner, path ? `${path}.${member}` : member, issues)
    }
  }
}

function matches(expected: string, value: unknown, found: string): boolean {
  if (expected === 'absent') return value === undefined || value === null
  return found === expected || (found === 'string' && `"${value}"` === expected)
}
