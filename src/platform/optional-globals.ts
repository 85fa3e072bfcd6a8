/**
 * Returns what a use of an optional global returns, or undefined where it fails. A global that exists may throw when it
 * is used: Next's edge runtime stubs `setImmediate`, and Deno may refuse to read the environment.
 */
export function tryOptional<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
