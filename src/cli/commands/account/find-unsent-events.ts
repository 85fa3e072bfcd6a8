import type { EventType } from '../../../events/event-map.js'
import { canonicalEventName } from '../../../events/names.js'
import { type AccountFinding, createFinding } from './findings.js'
import { formatList } from './format-list.js'
import type { AccountWebhook } from './read-webhooks.js'
import { maskUrl } from './request-url.js'

interface Senders {
  /** All webhooks of the account. */
  readonly webhooks: readonly AccountWebhook[]
  /** Those that send to the receiver, or may. */
  readonly candidates: readonly AccountWebhook[]
  /** The receiver. */
  readonly url: URL | undefined
}

/** Finds the events that the receiver expects and does not get. Groups them by where they are instead. */
export function findUnsentEvents(
  events: readonly EventType[],
  { webhooks, candidates, url }: Senders,
): readonly AccountFinding[] {
  const enabled = candidates.filter(({ disabled }) => disabled !== true)

  function describePlace(type: EventType): string {
    const disabled = findSender(type, candidates)
    if (disabled) return ` Webhook ${disabled.position} would, but is disabled.`
    const unclear = enabled.find(({ target, hasAllEvents }) => !target || !hasAllEvents)
    if (unclear) return ` Webhook ${unclear.position} may, but its record could not be read.`
    const elsewhere = findSender(
      type,
      webhooks.filter(({ disabled }) => disabled === false),
    )
    return elsewhere ? ` Webhook ${elsewhere.position} does, but to another URL.` : ''
  }

  const typesByPlace = new Map<string, readonly EventType[]>()
  for (const type of events) {
    if (findSender(type, enabled)) continue
    const place = describePlace(type)
    typesByPlace.set(place, [...(typesByPlace.get(place) ?? []), type])
  }
  const receiver = url ? ` to ${maskUrl(url.href)}` : ''
  return [...typesByPlace].map(([place, types]) =>
    createFinding('event-not-sent', {
      message: `No enabled webhook sends ${formatList(types, { last: 'or' })}${receiver}.${place}`,
    }),
  )
}

function findSender(type: EventType, webhooks: readonly AccountWebhook[]): AccountWebhook | undefined {
  return webhooks.find(({ target, events }) => target && events?.some((name) => canonicalEventName(name) === type))
}
