import type { IncomingMessage, ServerResponse } from 'node:http'
import { eventNameHeader } from '../../../events/names.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import { isFromThisMachine } from './page-server/access.js'
import { pagePath } from './page-server/page-handler.js'
import { respond } from './page-server/response.js'

/** Checks whether a request is not a delivery, but that of a browser or a health check. */
export function isVisit({ method, headers }: IncomingMessage): boolean {
  const isRead = method === 'GET' || method === 'HEAD'
  return isRead && headers[signatureHeader] === undefined && headers[eventNameHeader] === undefined
}

/** Says what runs here. Contains no key, because a tunnel makes it public. */
export function respondToVisit(req: IncomingMessage, res: ServerResponse): void {
  const isIcon = req.url === '/favicon.ico'
  respond(res, isIcon ? 404 : 200, createPage(isFromThisMachine(req) ? localText : publicText), htmlType)
}

const htmlType = 'text/html; charset=utf-8'

const localText = `The log is at <a href="${pagePath}">${pagePath}</a>. If it asks for a key, open the URL that the command printed.`

const publicText =
  'It is reachable. Paste its URL into Gallabox: Settings → Webhook → Request URL. The log page is shown only on the machine where the command runs.'

function createPage(text: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>gallabox-webhooks listen</title>
<h1>gallabox-webhooks listen</h1>
<p>This URL receives Gallabox webhooks, sent with POST. A visit is no delivery.</p>
<p>${text}</p>
</html>
`
}
