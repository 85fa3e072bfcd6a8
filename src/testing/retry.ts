/** How many attempts a delivery gets, and the delays between them. */
export interface RetryPolicy {
  readonly maxAttempts: number
  /** The delay after the first failed attempt, in milliseconds. It doubles after each further one. */
  readonly backoffMs: number
  /** Waits for a number of milliseconds. Its rejection ends the retries. */
  readonly wait: (ms: number) => Promise<unknown>
}

type AttemptStatus = { readonly status: number | null }

/** Calls `attempt` until it succeeds or the attempts are used up. Returns the result of each. */
export async function retry<Result extends AttemptStatus>(
  attempt: () => Promise<Result>,
  { maxAttempts, backoffMs, wait }: RetryPolicy,
): Promise<readonly Result[]> {
  const results: Result[] = []
  while (results.length < maxAttempts) {
    if (results.length > 0) await wait(backoffMs * 2 ** (results.length - 1))
    results.push(await attempt())
    if (isDelivered(results)) break
  }
  return results
}

/** Returns whether the last attempt got status 200. Gallabox is not known to accept any other. */
export function isDelivered(attempts: readonly AttemptStatus[]): boolean {
  return attempts.at(-1)?.status === 200
}
