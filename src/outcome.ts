// How a delivery can end: the one table of codes, with the HTTP status and the explanation of each.
// It must not know how any of them comes about.

// Status and explanation. The explanation is for the user, through `onOutcome`; the sender gets none of it.
export const outcomes = {
  'method-not-allowed': [405, 'Webhooks come as POST, PUT or PATCH.'],
  'signature-missing': [401, 'No x-gallabox-signature: set a secret in Gallabox, and let proxies pass the header.'],
  'signature-malformed': [401, 'x-gallabox-signature must come once, as 44 characters of base64 or 64 of hex.'],
  'required-header-mismatch': [401, 'A header of requiredHeaders is missing or differs.'],
  'body-encoded': [415, 'The body has a Content-Encoding: keep proxies from compressing it.'],
  'body-too-large': [413, 'The body is larger than limitBytes.'],
  'body-timeout': [408, 'The body took longer than bodyTimeoutMs.'],
  'body-aborted': [400, 'The body is incomplete.'],
  'body-already-parsed': [500, 'A body parser ran first, so the signed bytes are gone.'],
  'body-already-read': [500, 'Something read the body first, so the signed bytes are gone.'],
  'signature-mismatch': [401, 'No secret gives this signature for this body.'],
  'secret-out-of-scope': [401, 'Genuine, but its secret is for other events.'],
  'secret-unavailable': [500, 'The function given as secret gave none that is usable.'],
  'body-not-utf8': [400, 'Genuine, but not UTF-8.'],
  'body-not-json': [400, 'Genuine, but not JSON.'],
  ignored: [200, 'Genuine, but no handler takes this event.'],
  unhandled: [500, 'Genuine, but nameless or of another shape, and there is no onEvent.'],
  handled: [200, ''],
  verified: [200, ''],
  accepted: [200, ''],
  'handler-failed': [500, 'The handler failed.'],
  'handler-timeout': [500, 'The handler took longer than handlerTimeoutMs.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

/** How a delivery ended. */
export type OutcomeCode = keyof typeof outcomes

/** Why a delivery was refused before any handler could run. */
export type RejectionCode = Exclude<
  OutcomeCode,
  'ignored' | 'unhandled' | 'handled' | 'verified' | 'accepted' | 'handler-failed' | 'handler-timeout'
>

/** Why the bytes of a body could not be had. An error that carries one of these as `code` ends the walk with it. */
export type BodyErrorCode = Extract<
  OutcomeCode,
  'body-too-large' | 'body-timeout' | 'body-aborted' | 'body-already-parsed' | 'body-already-read'
>

export function statusOf(code: OutcomeCode): number {
  return outcomes[code][0]
}

export function messageOf(code: OutcomeCode): string {
  return outcomes[code][1]
}

/** The reply to send: status, headers and a body that is constant for the status. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// Made once and frozen: this is on the way of every request.
const json = /* @__PURE__ */ Object.freeze({ 'content-type': 'application/json' })
const jsonAndAllow = /* @__PURE__ */ Object.freeze({ 'content-type': 'application/json', allow: 'POST, PUT, PATCH' })

export function replyOf(code: OutcomeCode): Reply {
  const status = statusOf(code)
  return {
    status,
    headers: status === 405 ? jsonAndAllow : json,
    // A stranger learns nothing that the status does not say.
    body: status === 200 ? '{"ok":true}' : '{"ok":false}',
  }
}
