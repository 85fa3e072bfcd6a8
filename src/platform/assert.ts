// Checks of a user's options, made at start so that a mistake is loud before the first request.
// It must not know any one option.

/** The longest delay that timers take; a longer one would fire at once. */
export const maxTimerMs = 2_147_483_647

/** Returns the number, or the default for undefined. Throws a TypeError unless it is a whole number from 1 to the maximum. */
export function positiveInteger(name: string, value: number | undefined, byDefault: number, max = maxTimerMs): number {
  if (value === undefined) return byDefault
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return value
  throw new TypeError(`${name} must be a whole number from 1 to ${max}.`)
}

/** Throws a TypeError unless the value is a function or undefined. */
export function assertFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new TypeError(`${name} must be a function.`)
}

/** Throws a TypeError unless the value has the method. */
export function assertMethod(name: string, value: unknown, method: string): void {
  if (typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function') return
  throw new TypeError(`${name} must have the method ${method}.`)
}
