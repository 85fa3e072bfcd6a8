// What remembers deliveries, so that each is handled once: the interface that every store keeps.
// It must not know any one store.

/** The answer to a claim. */
export type Claim =
  /** It is yours to handle. The token proves it when you complete or release it. */
  | { readonly state: 'claimed'; readonly token: string }
  /** Somebody is at it, for so long at most. */
  | { readonly state: 'in-progress'; readonly retryAfterMs: number }
  /** It was handled before. */
  | { readonly state: 'done' }

/**
 * Remembers which deliveries are being handled and which were. Two processes that claim one key at once must never both
 * get it: the store decides.
 *
 * A method that rejects is answered with 503, so that Gallabox tries again: nothing runs unguarded.
 */
export interface DeliveryStore {
  /** Claims a key until it is completed or released, or until `leaseMs` milliseconds are over. */
  claim(key: string, options: { readonly leaseMs: number }): Promise<Claim>
  /** Remembers a key as done for `ttlMs` milliseconds. Resolves to false if the token is not that of the claim any more. */
  complete(key: string, token: string, options: { readonly ttlMs: number }): Promise<boolean>
  /** Gives a key back, so that the next copy runs. Resolves to false if the token is not that of the claim any more. */
  release(key: string, token: string): Promise<boolean>
}
