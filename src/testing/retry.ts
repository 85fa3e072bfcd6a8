// The attempts at one delivery: again with growing delays, until one is answered with 200 or there were enough.
// It must not know what is sent, or how.

/** How patiently a delivery is made. */
export interface Patience {
  readonly maxAttempts: number
  /** The delay after the first failure, in milliseconds; it doubles with each. */
  readonly backoffMs: number
  /** Waits. What it rejects with ends the attempts. */
  readonly wait: (ms: number) => Promise<unknown>
}

/** Makes attempts, and lists them. */
export async function deliver<A extends { readonly status: number | null }>(
  attempt: () => Promise<A>,
  { maxAttempts, backoffMs, wait }: Patience,
): Promise<readonly A[]> {
  const attempts: A[] = []
  while (attempts.length < maxAttempts) {
    if (attempts.length > 0) await wait(backoffMs * 2 ** (attempts.length - 1))
    attempts.push(await attempt())
    if (isSuccess(attempts)) break
  }
  return attempts
}

/** Tells whether a delivery got through: only the answer 200 counts, since nothing is known of others. */
export function isSuccess(attempts: readonly { readonly status: number | null }[]): boolean {
  return attempts.at(-1)?.status === 200
}
