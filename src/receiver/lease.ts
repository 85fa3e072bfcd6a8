import { maxTimerMs } from '../platform/check-options.js'
import { NextTurnCall } from '../platform/next-turn.js'
import { notify, timedOut, withTimeout } from '../platform/promises.js'
import type { DeliveryClaim, DeliveryStore } from '../stores/store.js'
import { ClaimLostError } from './errors.js'

/** A claim that this process holds. */
export interface HeldClaim {
  /** What handlers get of it. */
  readonly details: DeliveryClaim
  /**
   * Extends the claim at each third of its lease until it is settled, however long that takes. Calls `onLost` at most
   * once: another process holds the key, or has handled the delivery.
   */
  keepExtending(onLost: (error: ClaimLostError) => void): void
  /** Completes or releases the claim. Resolves to what the store failed with, if it did. Never rejects. */
  settle(handled: boolean): Promise<unknown>
}

/** How long a claim lasts. */
export interface LeaseOptions {
  readonly leaseMs: number
  readonly ttlMs: number
}

/** Returns how long a store call may take: two attempts to extend a claim must fit into its lease. */
export function storeTimeoutOf(leaseMs: number): number {
  return Math.min(Math.ceil(leaseMs / 3), 5_000)
}

/** Waits for a step of idempotency. Rejects if it takes longer than a store call may. */
export async function inTime<T>(step: PromiseLike<T>, timeoutMs: number): Promise<T> {
  const result = await withTimeout(step, timeoutMs)
  if (result === timedOut) throw new Error(`idempotency: the store took longer than ${timeoutMs} ms.`)
  return result
}

/** Holds a claim that was requested at `claimedAt`. */
export function holdClaim(
  store: DeliveryStore,
  key: string,
  token: string,
  { leaseMs, ttlMs }: LeaseOptions,
  claimedAt: number,
): HeldClaim {
  const timeoutMs = storeTimeoutOf(leaseMs)
  const beatMs = Math.min(Math.ceil(leaseMs / 3), maxTimerMs)
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: NextTurnCall | undefined
  let extending: Promise<void> | undefined
  let isLost = false
  let isReleased = false

  /** Never rejects: an extension that fails is attempted again at the next beat. */
  async function extend(onLost: (error: ClaimLostError) => void): Promise<void> {
    try {
      const extension = store.extend(key, token, { leaseMs })
      // An extension that arrives after the release claims the key again, and is released too.
      notify(() => extension.then((extended) => extended && isReleased && store.release(key, token)))
      if (await inTime(extension, timeoutMs)) return
    } catch {
      return
    }
    isLost = true
    clearTimeout(timer)
    onLost(new ClaimLostError())
  }

  return {
    details: { key, token, ttlMs },
    keepExtending(onLost) {
      function scheduleBeat(delayMs: number): void {
        timer = setTimeout(() => {
          // Attempts start at each third of the lease, however long the last one takes.
          scheduleBeat(beatMs)
          extending = extend(onLost)
        }, delayMs)
        // A beat must not keep a process alive. In browsers and Workers, a timer is a number.
        notify(() => (timer as { unref?(): void } | undefined)?.unref?.())
      }
      // Most handlers end within this turn. A timer for each would cost a tenth of the request lifecycle.
      start = new NextTurnCall(() => {
        // The lease began with the claim. The handler may have blocked the process since.
        const elapsedMs = Math.max(Date.now() - claimedAt, 0)
        scheduleBeat(Math.max(beatMs - elapsedMs, 0))
      })
    },
    async settle(handled) {
      start?.cancel()
      clearTimeout(timer)
      // Wait, so that an extension does not arrive after the release.
      await extending
      isReleased = !handled
      try {
        const call = handled ? store.complete(key, token, { ttlMs }) : store.release(key, token)
        const settled = await inTime(call, timeoutMs)
        return settled || isLost ? undefined : new ClaimLostError()
      } catch (error) {
        return error
      }
    },
  }
}
