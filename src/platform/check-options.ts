import { didYouMean } from './nearest-name.js'
import { typeName } from './type-name.js'

/** What the value of an option must be. `unchecked` options have a check of their own. */
type OptionKind = 'a function' | 'a string' | 'an object' | 'a list' | 'an integer' | 'unchecked'

/** The kind of each member of an options interface, none left out. */
export type OptionKinds<Options> = { readonly [Name in keyof Options]-?: OptionKind }

const typeOfKind = {
  'a function': 'function',
  'a string': 'string',
  'an object': 'object',
  'a list': 'array',
  'an integer': 'number',
}

/** The longest delay that timers accept. A longer one fires at once. */
export const maxTimerMs = 2_147_483_647

/**
 * Checks an object of options: each name must be known, each value of its kind or undefined.
 *
 * @param subject - Where the options are, such as `idempotency`. Empty for the options of the call itself.
 * @param fix - A sentence that says what to pass instead of something that is not an object.
 * @throws TypeError that names the option and, for an unknown one, the nearest known name.
 */
export function checkOptions<Options extends object>(
  subject: string,
  options: Options,
  kinds: OptionKinds<Options>,
  fix = '',
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${subject || 'options'}: must be an object, got ${typeName(options)}.${fix && ` ${fix}`}`)
  }
  for (const name in options) {
    if (!Object.hasOwn(kinds, name)) {
      // Inherited: a polluted Object.prototype must not stop every call.
      if (!Object.hasOwn(options, name)) continue
      const known = Object.keys(kinds)
      const suggestion = didYouMean(name, known) || ` Known: ${known.join(', ')}.`
      throw new TypeError(`${subject || 'options'}: unknown option ${JSON.stringify(name)}.${suggestion}`)
    }
    const kind: OptionKind = kinds[name]
    const value: unknown = options[name]
    if (value === undefined || kind === 'unchecked') continue
    if (typeName(value) === typeOfKind[kind]) continue
    throw new TypeError(`${subject && `${subject}.`}${name}: must be ${kind}, got ${typeName(value)}.`)
  }
}

/**
 * Returns an option that is an integer from 1 to the maximum, or its default where it is undefined.
 *
 * @throws TypeError for any other value.
 */
export function integerOption(name: string, value: number | undefined, byDefault: number, max = maxTimerMs): number {
  if (value === undefined) return byDefault
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return value
  const got = typeof value === 'number' ? '' : `, got ${typeName(value)}`
  throw new TypeError(`${name}: must be an integer from 1 to ${max}${got}.`)
}

/** Throws a TypeError unless the value has the methods. */
export function checkMethods(name: string, value: unknown, methods: readonly string[]): void {
  for (const method of methods) {
    if (typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function') continue
    throw new TypeError(`${name}: must have the method ${method}, got ${typeName(value)}.`)
  }
}
