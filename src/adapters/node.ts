/**
 * Plain Node.js: node:http, node:http2, and what hands their requests on, such as the pages routes of Next.
 *
 * @module gallabox-webhooks/node
 */
// It only translates: the request into a delivery, the outcome into a response.
import { type Reply, replyOf } from '../receiver/outcome.js'
import { type Receiver, type ReceiverOptions, toReceiver, type VerificationOptions } from '../receiver/receiver.js'
import { type ConnectMiddleware, type ConnectRequest, createConnectMiddleware, toDelivery } from './connect.js'
import { type NodeResponse, sendReply } from './node-response.js'

export type { ConnectMiddleware, ConnectRequest, VerifiedRequest } from './connect.js'
export type { NodeStream } from './node-body.js'
export type { NodeRequest, NodeResponse } from './node-response.js'

/** The handler, as `http.createServer()` takes it. */
export type NodeHandler = (req: ConnectRequest, res: NodeResponse) => Promise<void>

const advice =
  'Let nothing parse the body of this route. On a pages route of Next: export const config = { api: { bodyParser: false } }'

/**
 * Creates a request listener that receives webhooks. The promise never rejects: a handler that throws is a 500, and
 * `onOutcome` hears the error.
 *
 * @param optionsOrReceiver - Options, or a receiver made before, so that `receiver.drain()` is in reach.
 * @throws TypeError for an option that is wrong, above all a bad secret.
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
  return async function gallaboxWebhook(req, res) {
    // Nobody waits for this promise: one that rejected would end the process.
    let reply: Reply
    try {
      reply = await receiver.receive(toDelivery(req, advice))
    } catch {
      reply = replyOf('handler-failed')
    }
    sendReply(req, res, reply)
  }
}

/**
 * Creates middleware in the style of connect that verifies, puts the event and its context on `req.gallabox`, and calls
 * `next`.
 *
 * @throws TypeError for an option that is wrong, above all a bad secret.
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
export function webhookMiddleware(options: VerificationOptions): ConnectMiddleware {
  return createConnectMiddleware(options, advice)
}
