import { canonicalEventName } from '../../../events/names.js'
import { type AccountFinding, createFinding } from './findings.js'
import { formatList } from './format-list.js'
import type { AccountWebhook } from './read-webhooks.js'

/** Finds the enabled webhooks that send one event to one URL. */
export function findDuplicates(webhooks: readonly AccountWebhook[]): readonly AccountFinding[] {
  const sendersByUrl = new Map<string, Map<string, Set<AccountWebhook>>>()
  for (const webhook of webhooks) {
    if (webhook.target === null || webhook.disabled !== false) continue
    const senders = getOrAdd(sendersByUrl, toUrlKey(webhook.target), () => new Map<string, Set<AccountWebhook>>())
    for (const name of webhook.events ?? [])
      getOrAdd(senders, canonicalEventName(name) ?? name, () => new Set()).add(webhook)
  }
  return [...sendersByUrl.values()].flatMap(listDuplicates)
}

/** Creates one finding for all events that the same webhooks send to one URL. */
function listDuplicates(senders: ReadonlyMap<string, ReadonlySet<AccountWebhook>>): readonly AccountFinding[] {
  const groups = new Map<string, { readonly webhooks: readonly AccountWebhook[]; readonly events: string[] }>()
  for (const [event, webhooks] of senders) {
    if (webhooks.size < 2) continue
    const positions = [...webhooks].map(({ position }) => position).join()
    getOrAdd(groups, positions, () => ({ webhooks: [...webhooks], events: [] as string[] })).events.push(event)
  }
  return [...groups.values()].map(({ webhooks, events }) => {
    const numbers = formatList(webhooks.map(({ position }) => position))
    const webhook = webhooks.at(-1) as AccountWebhook
    return createFinding('event-duplicate', {
      webhook,
      message: `Webhooks ${numbers} send ${formatList(events)} to the same URL.`,
    })
  })
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const value = map.get(key) ?? create()
  map.set(key, value)
  return value
}

/** The query counts, because a receiver may distinguish tenants by it. */
function toUrlKey({ origin, pathname, search }: URL): string {
  return origin + pathname + search
}
