// How a delivery can end: the one table of codes, with the HTTP status and the explanation of each.
// It must not know how any of them comes about.

// Status and explanation. The explanation is for the user, through `onOutcome`; the sender gets none of it.
const table = {
  'method-not-allowed': [405, 'Webhooks come as POST, PUT or PATCH; this request had another method.'],
  'signature-missing': [
    401,
    'The header x-gallabox-signature is missing. Gallabox sends it once a secret is set under Settings, Webhook; ' +
      'a proxy in between may also drop it.',
  ],
  'signature-malformed': [
    401,
    'The header x-gallabox-signature is neither the 44 characters of padded base64 nor the 64 hex digits of a ' +
      'SHA-256 digest, or it came more than once.',
  ],
  'required-header-mismatch': [
    401,
    'A header named in requiredHeaders is missing or has another value. It must equal the one under Headers in ' +
      'the settings of the webhook.',
  ],
  'body-encoded': [
    415,
    'The body has a Content-Encoding. The signature covers the bytes as Gallabox sent them: keep proxies from compressing.',
  ],
  'body-too-large': [413, 'The body is larger than limitBytes.'],
  'body-timeout': [408, 'The body did not arrive within bodyTimeoutMs.'],
  'body-aborted': [400, 'The sender stopped, or reading failed, before the body was complete.'],
  'body-already-parsed': [
    500,
    'A body parser ran first, and the bytes that were signed are gone. Mount the webhook before the parser.',
  ],
  'body-already-read': [
    500,
    'Something read the body first, and the bytes that were signed are gone. Mount the webhook before it.',
  ],
  'signature-mismatch': [401, 'The signature is not that of this body under any of the secrets.'],
  'secret-out-of-scope': [401, 'The signature is genuine, but its secret is for other events than the one named.'],
  'secret-unavailable': [500, 'The function given as secret failed, or gave no usable secret.'],
  'body-not-utf8': [400, 'The signature is genuine, but the body is not UTF-8.'],
  'body-not-json': [400, 'The signature is genuine, but the body is not JSON.'],
  ignored: [200, 'Genuine, but neither on nor onEvent takes an event of this name.'],
  unhandled: [
    500,
    'Genuine, but its name is missing or its body does not have the shape of its name, and there is no onEvent to take it.',
  ],
  handled: [200, 'The handler is done.'],
  verified: [200, 'Genuine, and passed on.'],
  accepted: [200, 'Genuine, and answered before the handler runs.'],
  'handler-failed': [500, 'The handler threw or rejected.'],
  'handler-timeout': [500, 'The handler did not end within handlerTimeoutMs.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

/** How a delivery ended. */
export type OutcomeCode = keyof typeof table

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

// One constant body a status, so that a stranger learns nothing more from it.
const bodies: Readonly<Record<number, string>> = {
  200: '{"ok":true}',
  400: '{"error":"Bad Request"}',
  401: '{"error":"Unauthorized"}',
  405: '{"error":"Method Not Allowed"}',
  408: '{"error":"Request Timeout"}',
  413: '{"error":"Content Too Large"}',
  415: '{"error":"Unsupported Media Type"}',
  500: '{"error":"Internal Server Error"}',
}

export function statusOf(code: OutcomeCode): number {
  return table[code][0]
}

export function messageOf(code: OutcomeCode): string {
  return table[code][1]
}

/** The reply to send: status, headers and a body that is constant for the status. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const headers = { 'content-type': 'application/json' }
const headers405 = { ...headers, allow: 'POST, PUT, PATCH' }

export function replyOf(code: OutcomeCode): Reply {
  const status = statusOf(code)
  return { status, headers: status === 405 ? headers405 : headers, body: bodies[status] as string }
}
