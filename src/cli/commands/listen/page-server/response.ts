import type { ServerResponse } from 'node:http'

/** Everything comes from this server, and nothing is embedded elsewhere. */
export const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export function respond(
  res: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
): void {
  res.writeHead(status, { ...securityHeaders, 'content-type': type }).end(body)
}

export function respondJson(res: ServerResponse, value: unknown): void {
  respond(res, 200, JSON.stringify(value), 'application/json')
}
