/** The result of a claim. */
export type Claim =
  /** The caller may handle the delivery. `extend`, `complete` and `release` require the token. */
  | { readonly state: 'claimed'; readonly token: string }
  /** Another claim holds the key, for at most `retryAfterMs` milliseconds. */
  | { readonly state: 'in-progress'; readonly retryAfterMs: number }
  /** The delivery was handled before. */
  | { readonly state: 'done' }

/**
 * Stores which deliveries are in progress and which are done. Every method is atomic: when several processes claim one
 * key at once, exactly one gets it.
 *
 * A claim ends with its lease, and a completed key with its `ttlMs`. Then the key is free, even if the store still has
 * its entry. The receiver extends a claim at each third of its lease while the handler runs, so:
 * no two runs at once, and none after a recorded success, as long as a live process reaches the store once per lease.
 * A success whose `complete` never reached the store may run again.
 *
 * When a claim rejects, the receiver responds with 503 and Gallabox retries. The handler does not run.
 *
 * Test a store of your own with `storeContract` of `gallabox-webhooks/testing`.
 */
export interface DeliveryStore {
  /** Claims a key until it is completed or released, or until `leaseMs` milliseconds have passed. */
  claim(key: string, options: { readonly leaseMs: number }): Promise<Claim>
  /**
   * Extends a claim to `leaseMs` milliseconds from now. Claims a free key again with the same token, so that a process
   * that stalled gets its claim back. Resolves to false if the key is done or another token holds it: the claim is lost.
   */
  extend(key: string, token: string, options: { readonly leaseMs: number }): Promise<boolean>
  /**
   * Marks a key as done for `ttlMs` milliseconds. Succeeds for a free key too: its lease has ended, but the delivery was
   * handled. Resolves to false if the key is done or another token holds it.
   */
  complete(key: string, token: string, options: { readonly ttlMs: number }): Promise<boolean>
  /** Frees a key for the next claim. Resolves to false, and changes nothing, if the token does not hold the key. */
  release(key: string, token: string): Promise<boolean>
}

/** A claim that a handler holds, as `context.claim` returns it. */
export interface DeliveryClaim {
  /** The key in the store: the prefix of `idempotency.namespace` is part of it. */
  readonly key: string
  /** The token of the claim. */
  readonly token: string
  /** How many milliseconds the key counts as done, as set in `idempotency`. */
  readonly ttlMs: number
}
