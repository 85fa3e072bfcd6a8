/**
 * Adapter for plain Node.js: node:http, node:http2, and hosts that pass their requests on, such as Next's pages routes.
 *
 * @module gallabox-webhooks/node
 */
import type { MiddlewareOptions, ReceiverOptions } from '../receiver/options.js'
import { type Receiver, toReceiver } from '../receiver/receiver.js'
import { responseFor, type WebhookResponse } from '../receiver/response.js'
import { assertRunsAfterResponse } from './acknowledgement.js'
import { type ConnectMiddleware, type ConnectRequest, createConnectMiddleware, toDelivery } from './connect.js'
import { type NodeResponse, sendResponse } from './node-response.js'

export type { ConnectMiddleware, ConnectRequest, VerifiedRequest } from './connect.js'
export type { NodeStream } from './node-body.js'
export type { NodeRequest, NodeResponse } from './node-response.js'

/** A request listener, as `http.createServer()` accepts it. */
export type NodeHandler = (req: ConnectRequest, res: NodeResponse) => Promise<void>

function hint(req: object): string {
  // Only Next's pages routes have this member.
  if ('previewData' in req) return 'On this route of Next: export const config = { api: { bodyParser: false } }.'
  return "Let nothing parse this route's body before the webhook, or let the parser keep the bytes as req.rawBody."
}

/**
 * Creates a request listener that receives webhooks. Its promise never rejects. A handler that throws gets the response
 * 500, and its error goes to `onOutcome`, or to the console.
 *
 * @param optionsOrReceiver - Options, or an existing receiver, whose `drain()` you can call at shutdown.
 * @throws TypeError for an invalid option, such as a bad secret.
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { webhookHandler } from 'gallabox-webhooks/node'
 *
 * createServer(
 *   webhookHandler({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     onEvent: (event) => console.log(event.type),
 *   }),
 * ).listen(3000)
 * ```
 */
export function webhookHandler(optionsOrReceiver: ReceiverOptions | Receiver): NodeHandler {
  const receiver = toReceiver(optionsOrReceiver)
  assertRunsAfterResponse(receiver)
  return async function gallaboxWebhook(req, res) {
    // Node ignores this promise, and a rejection would end the process.
    let response: WebhookResponse
    try {
      response = await receiver.receive(toDelivery(req, hint))
    } catch {
      response = responseFor('handler-failed')
    }
    sendResponse(req, res, response)
  }
}

/**
 * Creates Connect-style middleware that verifies, sets `req.gallabox` to the event and its context, and calls `next`.
 *
 * It responds to rejected deliveries itself. For the others, your code responds: only 200 counts as success for Gallabox.
 *
 * @throws TypeError for an invalid option, such as a bad secret.
 * @example
 * ```ts
 * import { createServer, type IncomingMessage } from 'node:http'
 * import { webhookMiddleware, type VerifiedRequest } from 'gallabox-webhooks/node'
 *
 * const verify = webhookMiddleware({ secret: process.env.GALLABOX_WEBHOOK_SECRET })
 * createServer((req: IncomingMessage & VerifiedRequest, res) => {
 *   void verify(req, res, () => {
 *     console.log(req.gallabox?.event.type)
 *     res.end()
 *   })
 * }).listen(3000)
 * ```
 */
export function webhookMiddleware(options: MiddlewareOptions): ConnectMiddleware {
  return createConnectMiddleware(options, hint)
}
