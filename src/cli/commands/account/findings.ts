import type { AccountWebhook } from './read-webhooks.js'

/** `error`: deliveries fail, are missing, or can be forged. `warning`: something may be wrong, or could not be checked. */
type Severity = 'error' | 'warning'

interface FindingDescriptor {
  readonly severity: Severity
  readonly message: string
  /** What to change. */
  readonly fix: string
}

/** What the command can find, in the order of the documentation. */
export const accountFindings = {
  'webhook-unsigned': {
    severity: 'error',
    message:
      'The webhook has no secret, so Gallabox does not sign its deliveries. A receiver that verifies them rejects all.',
    fix: 'Set a secret for the webhook in Gallabox, and pass the same string to the receiver.',
  },
  'url-not-https': {
    severity: 'error',
    message: "The Request URL is plain http. Others can read the customers' messages on the way.",
    fix: 'Serve the receiver over https, and change the Request URL.',
  },
  'url-not-public': {
    severity: 'error',
    message: 'The Request URL has a loopback or private address, which Gallabox cannot reach.',
    fix: 'Use the public https URL of the server or of a tunnel.',
  },
  'webhook-disabled': {
    severity: 'error',
    message: 'The webhook is disabled, so it sends nothing.',
    fix: 'Enable it in Gallabox. If deliveries have failed, repair the receiver first.',
  },
  'requests-failed': {
    severity: 'warning',
    message: 'Gallabox counts failed requests of the webhook.',
    fix: "Look for the reason in the webhook's log in Gallabox. A webhook that keeps failing may be disabled. When the count starts again is not documented.",
  },
  'method-not-post': {
    severity: 'warning',
    message: 'The method of the webhook is not POST. Most receivers accept only POST.',
    fix: 'Set the method to POST, or check that the receiver accepts this one. This library accepts PUT and PATCH.',
  },
  'event-unknown': {
    severity: 'warning',
    message: 'The webhook sends events that this version of the library does not contain.',
    fix: 'Handle them in on.default or onEvent, where they arrive as unrecognized, or deselect them in Gallabox.',
  },
  'events-empty': {
    severity: 'warning',
    message: 'The webhook has no events, so it sends nothing.',
    fix: 'Select its events in Gallabox.',
  },
  'event-duplicate': {
    severity: 'warning',
    message: 'Several enabled webhooks send the same event to the same URL.',
    fix: 'Deselect the event in all of them but one, or the receiver gets it more than once.',
  },
  'record-unreadable': {
    severity: 'warning',
    message: "Parts of the webhook's record could not be read, so they were not checked.",
    fix: 'Check the webhook in Gallabox. Update gallabox-webhooks, in case Gallabox has changed the shape.',
  },
  'list-incomplete': {
    severity: 'warning',
    message: 'The list is in an object, not in a bare array. It may be one page of several.',
    fix: 'Compare the list with the webhooks in Gallabox. Update gallabox-webhooks.',
  },
  'webhook-missing': {
    severity: 'error',
    message: 'The account has no webhook, so Gallabox sends nothing.',
    fix: 'Add one in Gallabox under Settings → Webhook. The account is the one that the API key belongs to.',
  },
  'url-not-found': {
    severity: 'error',
    message: 'No webhook sends to the URL of --url.',
    fix: 'Add a webhook with this Request URL in Gallabox, or correct --url.',
  },
  'event-not-sent': {
    severity: 'error',
    message: 'No enabled webhook sends an event of --events.',
    fix: 'Select them for the webhook in Gallabox, or remove their handlers.',
  },
  'server-unreachable': {
    severity: 'error',
    message: 'The server could not be reached.',
    fix: 'Check --server, the network and the firewall.',
  },
  'server-redirect': {
    severity: 'error',
    message: 'The server redirects. It was not followed, so no credentials were sent elsewhere.',
    fix: 'If the target is the right server, pass it with --server. It may also be the login page of a network.',
  },
  'credentials-rejected': {
    severity: 'error',
    message: 'The server rejected the credentials (401).',
    fix: 'Check that GALLABOX_API_KEY and GALLABOX_API_SECRET are from the same API key, and that it still exists. The API secret is not the secret of a webhook.',
  },
  'permission-missing': {
    severity: 'error',
    message: 'The API key may not list webhooks (403).',
    fix: 'Give the API key this permission in Gallabox, or use another one.',
  },
  'path-not-found': {
    severity: 'error',
    message: 'The server has no list of webhooks at its address (404).',
    fix: 'Check --server, without /devapi/webhooks. Without --server, update gallabox-webhooks.',
  },
  'rate-limited': {
    severity: 'error',
    message: 'The server received too many requests (429).',
    fix: 'Try again in a minute.',
  },
  'server-failed': {
    severity: 'error',
    message: 'The server failed.',
    fix: 'Try again later. If it persists, ask Gallabox.',
  },
  'status-unexpected': {
    severity: 'error',
    message: 'The server responded with an unexpected status.',
    fix: 'Check --server. Update gallabox-webhooks.',
  },
  'response-from-proxy': {
    severity: 'error',
    message: 'The response is probably from a proxy, a firewall or the login page of a network.',
    fix: 'Check --server, log in to the network, or use a network without the proxy.',
  },
  'response-not-json': {
    severity: 'error',
    message: 'The response is not JSON.',
    fix: 'Check --server, and whether a proxy changes responses.',
  },
  'response-too-large': {
    severity: 'error',
    message: 'The response is larger than 16 MiB.',
    fix: 'Check --server.',
  },
  'response-not-list': {
    severity: 'error',
    message: 'The response is not a list of webhooks.',
    fix: 'Check --server. Update gallabox-webhooks, in case Gallabox has changed the shape.',
  },
} as const satisfies Record<string, FindingDescriptor>

export type AccountFindingCode = keyof typeof accountFindings

export interface AccountFinding extends FindingDescriptor {
  readonly code: AccountFindingCode
  /** The webhook that it is about, if it is one. */
  readonly webhook?: AccountWebhook | undefined
}

interface FindingDetails {
  readonly webhook?: AccountWebhook
  /** Default: the message of the code. */
  readonly message?: string | undefined
  /** Default: the fix of the code. */
  readonly fix?: string | undefined
}

export function createFinding(code: AccountFindingCode, details: FindingDetails = {}): AccountFinding {
  const { severity, message, fix } = accountFindings[code]
  return { code, severity, webhook: details.webhook, message: details.message ?? message, fix: details.fix ?? fix }
}
