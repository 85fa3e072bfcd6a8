import { type OutcomeCode, outcomes } from './outcome.js'

/** The response to send: its status, its headers and a body that is constant for the status. */
export interface WebhookResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// Created once and frozen, because every request needs them. With the charset that Fastify would otherwise add to each.
const contentType = 'application/json; charset=utf-8'
const json = /* @__PURE__ */ Object.freeze({ 'content-type': contentType })
const jsonAndAllow = /* @__PURE__ */ Object.freeze({ 'content-type': contentType, allow: 'POST, PUT, PATCH' })

/** Returns the response for a code. Senders get no details. */
export function responseFor(code: OutcomeCode, retryAfterMs?: number): WebhookResponse {
  const { status } = outcomes[code]
  const headers = status === 405 ? jsonAndAllow : json
  return {
    status,
    headers: retryAfterMs ? { ...headers, 'retry-after': `${Math.ceil(retryAfterMs / 1000)}` } : headers,
    body: status === 200 ? '{"ok":true}' : '{"ok":false}',
  }
}
