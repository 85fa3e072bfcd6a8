/** The steps of the request lifecycle, in order. */
export type Step = 'check headers' | 'read body' | 'verify' | 'parse event' | 'select' | 'admit' | 'run handler'

/**
 * Every way a delivery can end: the step that decides it, the HTTP status of the response, and what to change.
 * A new code needs an entry here and one in `explanations`. Types, messages and documentation follow.
 */
export const outcomes = {
  'method-not-allowed': { status: 405, step: 'check headers', hint: 'Webhooks use POST, PUT or PATCH.' },
  'signature-missing': {
    status: 401,
    step: 'check headers',
    hint: 'Set a secret for the webhook in Gallabox, and let proxies pass x-gallabox-signature.',
  },
  'signature-malformed': {
    status: 401,
    step: 'check headers',
    hint: 'x-gallabox-signature must be sent once, as 44 characters of base64 or 64 hex digits.',
  },
  'required-header-mismatch': {
    status: 401,
    step: 'check headers',
    hint: 'Set the same header and value under Headers in the settings of the webhook.',
  },
  'body-encoded': { status: 415, step: 'check headers', hint: 'Keep proxies from compressing requests.' },
  'body-too-large': { status: 413, step: 'read body', hint: 'Raise maxBodyBytes if such deliveries are expected.' },
  'body-timeout': { status: 408, step: 'read body', hint: 'Check the network before you raise bodyTimeoutMs.' },
  'body-aborted': { status: 400, step: 'read body', hint: 'The sender disconnected. Check the timeouts of proxies.' },
  'body-already-parsed': { status: 500, step: 'read body', hint: 'Mount the webhook before any body parser.' },
  'body-already-read': {
    status: 500,
    step: 'read body',
    hint: 'Something else read the request stream. Mount the webhook before it, or keep the bytes as req.rawBody.',
  },
  'signature-mismatch': {
    status: 401,
    step: 'verify',
    hint: 'Compare the secret with the one in Gallabox, or call diagnose().',
  },
  'secret-out-of-scope': { status: 401, step: 'verify', hint: "Add the event to the secret's events." },
  'secret-not-found': { status: 401, step: 'verify', hint: 'The secret function returned null for this request.' },
  'secret-unavailable': { status: 500, step: 'verify', hint: 'The secret function failed or returned no secret.' },
  'body-not-utf8': { status: 400, step: 'parse event', hint: 'Check who else has the secret.' },
  'body-not-json': { status: 400, step: 'parse event', hint: 'Check who else has the secret.' },
  ignored: { status: 200, step: 'select', hint: '' },
  unhandled: {
    status: 500,
    step: 'select',
    hint: 'The event name is missing, or the payload has another shape. Add on.default to handle it.',
  },
  stale: { status: 400, step: 'admit', hint: 'Raise maxAgeMs if late retries are expected.' },
  duplicate: { status: 200, step: 'admit', hint: '' },
  'in-progress': { status: 503, step: 'admit', hint: 'The first delivery is still being handled.' },
  'store-failed': { status: 503, step: 'admit', hint: 'Check the idempotency store. onOutcome has the error.' },
  handled: { status: 200, step: 'run handler', hint: '' },
  verified: { status: 200, step: 'run handler', hint: '' },
  accepted: { status: 200, step: 'run handler', hint: '' },
  'handler-failed': { status: 500, step: 'run handler', hint: 'The handler threw. onOutcome has the error.' },
  'handler-timeout': {
    status: 500,
    step: 'run handler',
    hint: 'Hand long work to a queue, or raise handlerTimeoutMs.',
  },
} as const satisfies Record<string, OutcomeDescriptor>

interface OutcomeDescriptor {
  readonly status: number
  readonly step: Step
  /** What to change, in one sentence. Empty where nothing went wrong. */
  readonly hint: string
}

/** How a delivery ended. */
export type OutcomeCode = keyof typeof outcomes

type CodeOf<S extends Step> = { [C in OutcomeCode]: (typeof outcomes)[C]['step'] extends S ? C : never }[OutcomeCode]

/** Why a delivery was rejected before any handler was selected. */
export type RejectionCode = CodeOf<'check headers' | 'read body' | 'verify' | 'parse event'>

/** Why a body could not be read. A reader throws an error with one of these as its `code`. */
export type BodyErrorCode = CodeOf<'read body'>

/** Describes a code in words, followed by what to change. */
export function messageOf(code: OutcomeCode, hint: string = outcomes[code].hint): string {
  const words = code.replaceAll('-', ' ')
  return hint ? `${words}. ${hint}` : words
}

/** For the documentation and the command: why a delivery ends so, and what to do. Not part of a receiver's bundle. */
export const explanations: Readonly<Record<OutcomeCode, { readonly cause: string; readonly fix: string }>> = {
  'method-not-allowed': {
    cause: 'The request method is not POST, PUT or PATCH. Usually a browser, a health check or a scanner sent it.',
    fix: 'None, if Gallabox did not send it. Select POST in the settings of the webhook. Use another path for health checks.',
  },
  'signature-missing': {
    cause: 'The request has no header `x-gallabox-signature`.',
    fix: 'Set a secret for the webhook in Gallabox. Without one, Gallabox does not sign. Let proxies pass the header.',
  },
  'signature-malformed': {
    cause: 'The header is not a single signature: 44 characters of base64 or 64 hex digits.',
    fix: 'Send the header once, unchanged. If Gallabox sent it, look for a proxy that changes or repeats it.',
  },
  'required-header-mismatch': {
    cause: 'A header of `requiredHeaders` is missing or has another value.',
    fix: 'Set the same header and value in the settings of the webhook, under Headers.',
  },
  'body-encoded': {
    cause: 'The request has a Content-Encoding, so its body is compressed. Gallabox does not compress.',
    fix: 'Find the proxy that compresses. Turn compression off for this path.',
  },
  'body-too-large': {
    cause: 'The body is larger than `maxBodyBytes`. Default: 1 MiB.',
    fix: 'Raise `maxBodyBytes` if Gallabox sent it.',
  },
  'body-timeout': {
    cause: 'The body did not arrive within `bodyTimeoutMs`. Default: 10 seconds.',
    fix: 'None, if Gallabox did not send it. Otherwise check the network before you raise `bodyTimeoutMs`.',
  },
  'body-aborted': {
    cause:
      'The sender disconnected before the body was complete, or the body stream failed. The outcome has the `error`.',
    fix: 'None, because Gallabox retries. If it happens often, check the timeouts of proxies.',
  },
  'body-already-parsed': {
    cause: 'A body parser ran before the webhook and left a parsed object. Gallabox signs the raw bytes.',
    fix: "Mount the webhook before the parser, or keep the bytes as `req.rawBody`. See your host's guide.",
  },
  'body-already-read': {
    cause: 'Something read the body before the webhook and kept none of it.',
    fix: 'Mount the webhook first. In a Web handler, read `request.clone()` instead of the request.',
  },
  'signature-mismatch': {
    cause:
      'No secret produces this signature for these bytes. The secret differs, the body changed, or an attacker sent it.',
    fix: 'Find the mistake with [Why is it 401?](troubleshooting/why-401.md).',
  },
  'secret-out-of-scope': {
    cause: 'The signature is valid, but its secret is scoped to other events, or the event name is unknown.',
    fix: 'Add the event to the `events` of the secret, if its webhook should send it.',
  },
  'secret-not-found': {
    cause: 'The secret function returned null, because it found no secret for the URL or headers of the request.',
    fix: 'Compare the URL of the webhook with what the function looks up, if Gallabox sent it.',
  },
  'secret-unavailable': {
    cause:
      'The secret function failed, returned no secret, or took longer than `bodyTimeoutMs`. The outcome has the `error`.',
    fix: 'Fix the function, or its access to the secret manager. Gallabox retries meanwhile.',
  },
  'body-not-utf8': {
    cause: 'The delivery is verified, but its body is not UTF-8.',
    fix: 'Gallabox sends UTF-8 only. Check who else has the secret.',
  },
  'body-not-json': {
    cause: 'The delivery is verified, but its body is not JSON.',
    fix: 'Gallabox sends JSON only. Check who else has the secret.',
  },
  ignored: {
    cause: 'The delivery is verified, but there is no handler for its event.',
    fix: 'None. To get the event, add a handler or `on.default`. To save the traffic, deselect it in Gallabox.',
  },
  unhandled: {
    cause:
      'The delivery is verified, but its event name is missing, or its payload does not match a name in `on`. There is no `on.default`.',
    fix: 'Add `on.default`. It gets the event as `unrecognized`, with the `reason`. Let proxies pass `x-event-name`.',
  },
  stale: {
    cause: 'The time inside the signed body is older than `maxAgeMs`, or more than 5 minutes in the future.',
    fix: 'Raise `maxAgeMs` if late retries are expected. Check the clock of your server. Stale deliveries are not handled.',
  },
  duplicate: {
    cause: 'The delivery was handled before.',
    fix: 'None. `idempotency` works.',
  },
  'in-progress': {
    cause: 'The first delivery is still being handled. Each such response counts as one of up to 5 attempts.',
    fix: 'Make the handler faster, or hand the work to a queue. See [idempotency](concepts/idempotency.md).',
  },
  'store-failed': {
    cause: 'The store of `idempotency` failed or took too long. The outcome has the `error`.',
    fix: 'Fix the store. Until then no handler runs, and Gallabox retries.',
  },
  handled: { cause: 'The handler finished.', fix: 'None.' },
  verified: { cause: 'The middleware verified the delivery and passed it on.', fix: 'None. Your code responds.' },
  accepted: {
    cause: "The response was sent before the handler ran, because `ack` is `'before-handler'`.",
    fix: 'None. If the handler fails, a second outcome has `late: true`.',
  },
  'handler-failed': {
    cause: 'The handler threw or rejected. The outcome has the `error`.',
    fix: 'Fix the handler. Gallabox retries, up to 5 attempts.',
  },
  'handler-timeout': {
    cause: 'The handler took longer than `handlerTimeoutMs`. Default: 30 seconds.',
    fix: 'Hand long work to a queue. Stop work when `context.signal` aborts.',
  },
}
