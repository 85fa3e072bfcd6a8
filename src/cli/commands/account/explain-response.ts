// Explains why there is no list of webhooks. Never shows the body of a response.
import {
  findHeader,
  type HeaderList,
  type HttpFailure,
  type HttpRequest,
  type HttpResponse,
  readRetryAfterMs,
} from '../../shared/http-client.js'
import { oneLine, type Terminal } from '../../shared/terminal.js'
import type { HideCredentials } from './credentials.js'
import { type AccountFinding, type AccountFindingCode, accountFindings, createFinding } from './findings.js'

/** Explains a request without a response. */
export function explainFailure(
  failure: HttpFailure,
  { url, timeoutMs }: Pick<HttpRequest, 'url' | 'timeoutMs'>,
  { env }: Pick<Terminal, 'env'>,
): AccountFinding {
  const message = `Could not reach ${url.origin}: ${failure.reason}.`
  return createFinding('server-unreachable', { message, fix: suggestFix(failure, timeoutMs, env) })
}

function suggestFix({ code, hint }: HttpFailure, timeoutMs: number, env: Terminal['env']): string | undefined {
  if (code === undefined) return `Try again, or raise --timeout. It is ${timeoutMs} ms.`
  if (/CERT|UNABLE_TO/.test(code))
    return `${hint} Do not disable the check, because the credentials are sent over this connection.`
  if (env.HTTPS_PROXY || env.https_proxy)
    return 'HTTPS_PROXY is set. Node.js uses it only with NODE_USE_ENV_PROXY=1, from version 22.21 or 24.5.'
  return hint
}

const codeByStatus: Readonly<Record<number, AccountFindingCode>> = {
  401: 'credentials-rejected',
  403: 'permission-missing',
  404: 'path-not-found',
  // Proxy Authentication Required, and Network Authentication Required.
  407: 'response-from-proxy',
  511: 'response-from-proxy',
}

/** Explains a response that cannot contain a list. Returns undefined for one that may. */
export function explainResponse(response: HttpResponse, url: URL, hide: HideCredentials): AccountFinding | undefined {
  const { status, headers, body } = response
  if (status >= 300 && status < 400 && status !== 304)
    return createFinding('server-redirect', { message: describeRedirect(response, url, hide) })
  if (status === 429) return createFinding('rate-limited', { fix: describeReset(headers) })
  const code = codeByStatus[status]
  if (code) return createFinding(code, { fix: isHtml(body) ? suggestFirewall(code) : undefined })
  if (status < 500 && isHtml(body)) {
    const message = `The response is an HTML page (${status}). It is probably from a proxy, a firewall or the login page of a network.`
    return createFinding('response-from-proxy', { message })
  }
  if (status >= 500) return createFinding('server-failed', { message: `The server failed (${status}).` })
  if (status < 200 || status >= 300)
    return createFinding('status-unexpected', { message: `The server responded with the unexpected status ${status}.` })
  if (body.byteLength === 0)
    return createFinding('response-not-json', { message: `The response is empty (${status}).` })
  const encoding = findHeader(headers, 'content-encoding')
  if (encoding && encoding.toLowerCase() !== 'identity')
    return createFinding('response-not-json', {
      message: 'The response is compressed, which the request does not allow.',
    })
  return undefined
}

/** Names only the origin of the target, because the rest may contain a secret. */
function describeRedirect({ status, headers }: HttpResponse, url: URL, hide: HideCredentials): string {
  const location = findHeader(headers, 'location') ?? ''
  const target = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined
  const isWeb = location !== '' && target && /^https?:$/.test(target.protocol)
  const place = !isWeb
    ? 'without a valid target'
    : target.origin === url.origin
      ? 'to another path of the same server'
      : `to ${oneLine(hide(target.origin), 200)}`
  return `The server redirects ${place} (${status}). It was not followed, so no credentials were sent elsewhere.`
}

// Does not depend on the Content-Type, which can be wrong.
function isHtml(body: Uint8Array): boolean {
  return Buffer.from(body.subarray(0, 100)).toString().trimStart().startsWith('<')
}

/** An API responds with JSON, but what error pages Gallabox sends is not documented. */
function suggestFirewall(code: AccountFindingCode): string {
  return `${accountFindings[code].fix} The response is an HTML page, so a proxy or a firewall may have sent it.`
}

const maxWaitSeconds = 24 * 60 * 60

/** Says when the limit ends. Returns undefined if the headers do not contain a plausible time. */
function describeReset(headers: HeaderList): string | undefined {
  const seconds = readReset(headers)
  if (seconds === undefined || seconds > maxWaitSeconds) return undefined
  if (seconds <= 0) return 'Try again.'
  return `Try again in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}.`
}

/** Reads the seconds to wait from X-RateLimit-Reset (seconds since the epoch), else from Retry-After. */
function readReset(headers: HeaderList): number | undefined {
  const reset = findHeader(headers, 'x-ratelimit-reset') ?? ''
  if (/^\d{10}$/.test(reset)) return Math.ceil(Number(reset) - Date.now() / 1000)
  const retryAfterMs = readRetryAfterMs(headers)
  return retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000)
}
