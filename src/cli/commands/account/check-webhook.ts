import { isIP } from 'node:net'
import { canonicalEventName, suggestEventName } from '../../../events/names.js'
import { isLocalHost } from '../../shared/address.js'
import { type AccountFinding, createFinding } from './findings.js'
import { formatList } from './format-list.js'
import type { AccountWebhook } from './read-webhooks.js'

/** Finds what is wrong with one webhook, whatever the others send. */
export async function checkWebhook(webhook: AccountWebhook): Promise<readonly AccountFinding[]> {
  const { target, method, events, signed, disabled, failures, hasAllEvents } = webhook
  const findings: AccountFinding[] = []
  if (disabled) findings.push(createFinding('webhook-disabled', { webhook }))
  if (signed === false) findings.push(createFinding('webhook-unsigned', { webhook }))
  if (target && (await hasLocalAddress(target))) findings.push(createFinding('url-not-public', { webhook }))
  else if (target?.protocol === 'http:') findings.push(createFinding('url-not-https', { webhook }))
  if (method !== null && method !== 'POST')
    findings.push(
      createFinding('method-not-post', {
        webhook,
        message: `The method is ${method}. Most receivers accept only POST.`,
      }),
    )
  if (failures) findings.push(createFinding('requests-failed', { webhook, message: describeFailures(failures) }))
  if (hasAllEvents && events?.length === 0) findings.push(createFinding('events-empty', { webhook }))
  const unknown = (events ?? []).filter((name) => !canonicalEventName(name))
  if (unknown.length > 0)
    findings.push(
      createFinding('event-unknown', {
        webhook,
        message: `This version of gallabox-webhooks does not contain ${formatList(unknown, { format: suggest })}.`,
      }),
    )
  return [...findings, ...listUnreadable(webhook)]
}

/** Reports what could not be read. */
export function listUnreadable(webhook: AccountWebhook): readonly AccountFinding[] {
  const { unreadable } = webhook
  if (unreadable.length === 0) return []
  return [
    createFinding('record-unreadable', { webhook, message: `Could not read the record: ${formatList(unreadable)}.` }),
  ]
}

function describeFailures(count: number): string {
  return `Gallabox counts ${count} failed ${count === 1 ? 'request' : 'requests'} of the webhook.`
}

function suggest(name: string): string {
  const suggestion = suggestEventName(name).trim()
  return suggestion ? `${JSON.stringify(name)} (${suggestion})` : JSON.stringify(name)
}

/** Decides by the URL alone, without a look-up. Gallabox may resolve a name in another way. */
async function hasLocalAddress(url: URL): Promise<boolean> {
  if (/(^|\.)localhost$/.test(url.hostname)) return true
  return isLocalHost(url, async (host) => (isIP(host) ? [host] : []))
}
