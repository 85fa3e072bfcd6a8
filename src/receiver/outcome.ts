// How a delivery can end: the one table of codes, with the HTTP status and the explanation of each.
// It must not know how any of them comes about.

/** The HTTP status of each code. */
export const outcomes = {
  'method-not-allowed': 405,
  'signature-missing': 401,
  'signature-malformed': 401,
  'required-header-mismatch': 401,
  'body-encoded': 415,
  'body-too-large': 413,
  'body-timeout': 408,
  'body-aborted': 400,
  'body-already-parsed': 500,
  'body-already-read': 500,
  'signature-mismatch': 401,
  'secret-out-of-scope': 401,
  'secret-unavailable': 500,
  'body-not-utf8': 400,
  'body-not-json': 400,
  ignored: 200,
  unhandled: 500,
  stale: 400,
  duplicate: 200,
  'in-progress': 503,
  'store-failed': 503,
  handled: 200,
  verified: 200,
  accepted: 200,
  'handler-failed': 500,
  'handler-timeout': 500,
} as const satisfies Record<string, number>

// For the user, through `onOutcome`, where the code alone does not tell what to change; the sender gets none of it.
const advice: { readonly [C in OutcomeCode]?: string } = {
  'signature-missing': 'set a secret in Gallabox, and let proxies pass x-gallabox-signature',
  'signature-malformed': 'x-gallabox-signature must come once, as 44 characters of base64 or 64 of hex',
  'body-encoded': 'keep proxies from compressing what was signed',
  unhandled: 'its name is missing or its shape is another, and there is no onEvent to take it',
}

/** How a delivery ended. */
export type OutcomeCode = keyof typeof outcomes

/** Why a delivery was refused before any handler could run. */
export type RejectionCode = Exclude<
  OutcomeCode,
  | 'ignored'
  | 'unhandled'
  | 'stale'
  | 'duplicate'
  | 'in-progress'
  | 'store-failed'
  | 'handled'
  | 'verified'
  | 'accepted'
  | 'handler-failed'
  | 'handler-timeout'
>

/** Why the bytes of a body could not be had. An error that carries one of these as `code` ends the walk with it. */
export type BodyErrorCode = Extract<
  OutcomeCode,
  'body-too-large' | 'body-timeout' | 'body-aborted' | 'body-already-parsed' | 'body-already-read'
>

export function statusOf(code: OutcomeCode): number {
  return outcomes[code]
}

/** Says what the code says, in words, and what to change if it has to be said. */
export function messageOf(code: OutcomeCode, what = advice[code]): string {
  const words = code.replaceAll('-', ' ')
  return what ? `${words}: ${what}` : words
}

/** The reply to send: status, headers and a body that is constant for the status. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// Made once and frozen: this is on the way of every request. With the charset, which Fastify would else add to each.
const contentType = 'application/json; charset=utf-8'
const json = /* @__PURE__ */ Object.freeze({ 'content-type': contentType })
const jsonAndAllow = /* @__PURE__ */ Object.freeze({ 'content-type': contentType, allow: 'POST, PUT, PATCH' })

export function replyOf(code: OutcomeCode, retryAfterMs?: number): Reply {
  const status = statusOf(code)
  const headers = status === 405 ? jsonAndAllow : json
  return {
    status,
    headers: retryAfterMs ? { ...headers, 'retry-after': `${Math.ceil(retryAfterMs / 1000)}` } : headers,
    // A stranger learns nothing that the status does not say.
    body: status === 200 ? '{"ok":true}' : '{"ok":false}',
  }
}
