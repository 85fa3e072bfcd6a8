import type { EventType } from '../../../events/event-map.js'
import { checkWebhook, listUnreadable } from './check-webhook.js'
import { findDuplicates } from './find-duplicates.js'
import { findUnsentEvents } from './find-unsent-events.js'
import { type AccountFinding, createFinding } from './findings.js'
import { formatList } from './format-list.js'
import type { AccountWebhook } from './read-webhooks.js'
import { describeNearMiss, isSameReceiver, maskUrl } from './request-url.js'

/** What the receiver expects. */
export interface Expectations {
  /** Its URL. Other webhooks are not checked. Default: all webhooks are checked. */
  readonly url?: URL | undefined
  /** The events that it handles. */
  readonly events: readonly EventType[]
}

/** Returns true if the webhook sends to the receiver, or if no receiver was named. */
export function isChecked({ target }: AccountWebhook, { url }: Expectations): boolean {
  return url === undefined || (target !== null && isSameReceiver(url, target))
}

/** Finds what is wrong, errors first. */
export async function checkAccount(
  webhooks: readonly AccountWebhook[],
  expected: Expectations,
): Promise<readonly AccountFinding[]> {
  const checked = webhooks.filter((webhook) => isChecked(webhook, expected))
  // Without its URL, a webhook may be the one that sends to the receiver.
  const unclear = webhooks.filter((webhook) => webhook.target === null && !isChecked(webhook, expected))
  const findings = [
    ...checkUrl(webhooks, checked, expected),
    ...(await Promise.all(checked.map(checkWebhook))).flat(),
    ...unclear.flatMap(listUnreadable),
    ...findDuplicates(checked),
    ...(checked.length > 0
      ? findUnsentEvents(expected.events, { webhooks, candidates: [...checked, ...unclear], url: expected.url })
      : []),
  ]
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))]
}

function isError({ severity }: AccountFinding): boolean {
  return severity === 'error'
}

const maxNearMisses = 3

/** Checks that a webhook sends to the receiver. Names the webhooks that nearly do. */
function checkUrl(
  webhooks: readonly AccountWebhook[],
  checked: readonly AccountWebhook[],
  { url }: Expectations,
): readonly AccountFinding[] {
  if (webhooks.length === 0) return [createFinding('webhook-missing')]
  if (url === undefined || checked.length > 0) return []
  const nearMisses = webhooks
    .flatMap((webhook) => {
      const difference = webhook.target && describeNearMiss(url, webhook.target)
      return difference ? [{ webhook, ...difference }] : []
    })
    .sort((a, b) => a.weight - b.weight)
    .slice(0, maxNearMisses)
  const hints = nearMisses.map(({ webhook: { position, url, disabled }, text }) => {
    return ` Webhook ${position} has ${text}${disabled ? ', and is disabled' : ''}: ${url}.`
  })
  const unclear = webhooks.filter(({ target }) => target === null).map(({ position }) => position)
  if (unclear.length > 0) hints.push(` The URL of webhook ${formatList(unclear)} could not be read.`)
  const message = `No webhook sends to ${maskUrl(url.href)}.${hints.join('')}`
  const [nearest] = nearMisses
  const fix = nearest && `Change the Request URL of webhook ${nearest.webhook.position} in Gallabox, or correct --url.`
  return [createFinding('url-not-found', { message, fix })]
}
