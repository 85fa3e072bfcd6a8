// In the order in which a message can have them.
const statuses = ['unknown', 'queued', 'sent', 'error', 'failed', 'received', 'delivered', 'read', 'deleted']

/**
 * Checks whether a message's status supersedes the one that you have stored. Deliveries can arrive late and in any order,
 * so a `sent` can follow a `read`.
 *
 * The order is: unknown, queued, sent, error, failed, received, delivered, read, deleted. So `failed` supersedes `sent`,
 * but not `delivered` or `read`: the customer has the message. For the same reason a `delivered` supersedes a `failed`,
 * as after a retry. A `sent` that follows a `failed` does not.
 *
 * @param next - The status that arrived. Letter case does not matter. A status that is not in the list supersedes none.
 * @param current - The stored status. Every status supersedes null, undefined and the empty string.
 * @returns True if `next` should be stored. False for equal statuses.
 * @example
 * ```ts
 * import { createReceiver, isNewerStatus } from 'gallabox-webhooks'
 *
 * const statuses = new Map<string, string>()
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: {
 *     'Message.WA.Status.Received': ({ data }) => {
 *       if (isNewerStatus(data.status, statuses.get(data.id))) statuses.set(data.id, data.status)
 *     },
 *   },
 * })
 * ```
 */
export function isNewerStatus(next: string, current: string | null | undefined): boolean {
  if (typeof next !== 'string' || next === '') return false
  return !current || rankOf(next) > rankOf(current)
}

/** Returns -1 for a status that is not in the list. */
function rankOf(status: string): number {
  return statuses.indexOf(String(status).toLowerCase())
}
