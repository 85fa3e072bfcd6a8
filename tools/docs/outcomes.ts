// The page docs/outcomes.md: every code that a delivery can end with, from the table of outcomes.
// It must not know statuses: those are the table's.
import { type OutcomeCode, outcomes, replyOf } from '../../src/receiver/outcome.js'

// Why a delivery ends so, and what to change; in the order of the way of a delivery, which is the table's.
const explanations: Readonly<Record<OutcomeCode, readonly [cause: string, cure: string]>> = {
  'method-not-allowed': [
    'It came by another method than POST, PUT or PATCH: a browser, a health check, a scanner.',
    'Nothing. Choose POST in the settings of the webhook; let health checks ask for another path.',
  ],
  'signature-missing': [
    'There is no header `x-gallabox-signature`.',
    'Set a secret for the webhook in Gallabox, which signs nothing without one. Let proxies pass the header.',
  ],
  'signature-malformed': [
    'The header is not one signature: 44 characters of base64 or 64 of hex, once.',
    'Whoever sent it is not Gallabox, or something on the way changes or repeats the header.',
  ],
  'required-header-mismatch': [
    'A header of `requiredHeaders` is missing or has another value.',
    'Give the same header and value in the settings of the webhook, under Headers.',
  ],
  'body-encoded': [
    'The body is compressed: it has a Content-Encoding.',
    'Gallabox does not compress. Find the proxy that does, and switch that off for this path.',
  ],
  'body-too-large': [
    'The body is larger than `limitBytes`, 1 MiB unless told.',
    'If a genuine delivery was refused, raise `limitBytes`.',
  ],
  'body-timeout': [
    'The body did not come to its end within `bodyTimeoutMs`, 10 seconds unless told.',
    'A slow or hostile client. If it was genuine, look at the network before you raise `bodyTimeoutMs`.',
  ],
  'body-aborted': [
    'The client hung up half way, or the stream of the body failed; the record has the `error`.',
    'Gallabox tries again. If it happens often, look at the time limits of proxies.',
  ],
  'body-already-parsed': [
    'A body parser ran before the handler and left an object, which is not what was signed.',
    'Mount the handler above the parser, or let the parser keep the bytes on `req.rawBody`: see the guide of your framework.',
  ],
  'body-already-read': [
    'Something read the body before the handler and left nothing of it.',
    'Mount the handler first, or clone the request before you read it.',
  ],
  'signature-mismatch': [
    'No secret gives this signature for these bytes: another secret, a changed body, or a forgery.',
    'See [Why is it 401?](why-401.md).',
  ],
  'secret-out-of-scope': [
    'The signature is right, but its secret is scoped to other events, or the event has no known name.',
    'If that webhook should send this event, add it to the `events` of its secret.',
  ],
  'secret-unavailable': [
    'The function that gives the secret failed, gave none, or took longer than `bodyTimeoutMs`; the record has the `error`.',
    'Mend the function or the access to your secret manager. Gallabox tries again meanwhile.',
  ],
  'body-not-utf8': ['The bytes are genuine, but no UTF-8.', 'Not from Gallabox as known: see who else has the secret.'],
  'body-not-json': ['The bytes are genuine, but no JSON.', 'Not from Gallabox as known: see who else has the secret.'],
  ignored: [
    'The delivery is genuine, and neither `on` nor `onEvent` takes its event.',
    'Nothing. To save the traffic, take the event off the list in the settings of the webhook.',
  ],
  unhandled: [
    'The delivery is genuine, but its name is missing, or `on` takes its name while its body has another shape; and there is no `onEvent`.',
    'Add `onEvent`, which gets it as `unrecognized`, with the `reason`. Let proxies pass `x-event-name`.',
  ],
  stale: [
    'The time inside the signed body is older than `maxAgeMs`.',
    'If it was a late retry, raise `maxAgeMs`: what it refuses is gone.',
  ],
  duplicate: ['It was handled before: a copy of it came.', 'Nothing. It is what `idempotency` is for.'],
  'in-progress': [
    'A copy of it is being handled just now. The answer costs one of five attempts.',
    'Let the handler be quick, or hand over to a queue; see [Each delivery once](delivery.md).',
  ],
  'store-failed': [
    'The store of `idempotency` could not be asked; the record has the `error`.',
    'Mend the store. Nothing runs unguarded, and Gallabox tries again.',
  ],
  handled: ['The handler is done.', 'Nothing.'],
  verified: ['Middleware verified it and passed it on.', 'Nothing. The answer is yours.'],
  accepted: [
    'It was answered before its handler ran: `ack` is `before-handler`.',
    'Nothing. If the handler fails, a second record says so, with `late: true`.',
  ],
  'handler-failed': [
    'The handler threw or rejected; the record has the `error`.',
    'Mend the handler. Gallabox tries again, up to five times in all.',
  ],
  'handler-timeout': [
    'The handler took longer than `handlerTimeoutMs`, 30 seconds unless told.',
    'Hand over to a queue, and watch `context.signal`.',
  ],
}

const head = `# How a delivery ends

Every delivery ends with one of these codes. \`onOutcome\` hears it; the sender gets the status and a body that says nothing.

\`\`\`ts
import { createReceiver } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
  onOutcome: ({ code, status, message, type, ms }) => console.log(code, status, message, type, ms),
})
\`\`\`

Only 200 counts as success for Gallabox; whatever else is tried again, up to five times.
`

function rowOf(code: OutcomeCode): string {
  const { status } = replyOf(code)
  const [cause, cure] = explanations[code]
  return `### ${code}\n\nStatus ${status}. ${cause}\n\n${cure}`
}

/** Makes the page. */
export function createOutcomesPage(): string {
  const codes = Object.keys(outcomes) as OutcomeCode[]
  return `${head}\n${codes.map(rowOf).join('\n\n')}\n`
}
