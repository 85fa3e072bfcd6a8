/**
 * Adapter for Express 4 and 5, and for what is built on them: NestJS on Express, Firebase, Cloud Functions.
 *
 * @module gallabox-webhooks/express
 */
import { HandlerError } from '../receiver/errors.js'
import type { MiddlewareOptions, ReceiverOptions } from '../receiver/options.js'
import type { Outcome } from '../receiver/outcome-record.js'
import { type Receiver, toReceiver } from '../receiver/receiver.js'
import type { VerifiedDelivery } from '../receiver/verify-delivery.js'
import { assertRunsAfterResponse } from './acknowledgement.js'
import { type ConnectHandler, type ConnectMiddleware, createConnectMiddleware, toDelivery } from './connect.js'
import { sendResponse } from './node-response.js'

export type { ConnectHandler, ConnectMiddleware, ConnectRequest, VerifiedRequest } from './connect.js'
export type { NodeStream } from './node-body.js'
export type { NodeRequest, NodeResponse } from './node-response.js'

declare global {
  namespace Express {
    interface Request {
      /** The verified delivery, behind gallabox-webhooks' `webhookMiddleware`. */
      gallabox?: VerifiedDelivery | undefined
    }
  }
}

const hint = () =>
  'Mount the webhook before app.use(express.json()), or keep the bytes: express.json({ verify(req, res, buf) { req.rawBody = buf } }).'

/**
 * Creates a handler that receives webhooks: `app.post('/webhooks/gallabox', webhookHandler({ … }))`.
 *
 * Mount it before any body parser. Gallabox signs the raw bytes, not the parsed JSON. An error that a handler throws goes
 * to Express's error handling as a {@link HandlerError}. Every other response is sent here.
 *
 * @param optionsOrReceiver - Options, or an existing receiver, whose `drain()` you can call at shutdown.
 * @throws TypeError for an invalid option, such as a bad secret.
 * @example
 * ```ts
 * import express from 'express'
 * import { webhookHandler } from 'gallabox-webhooks/express'
 *
 * const app = express()
 * app.post(
 *   '/webhooks/gallabox',
 *   webhookHandler({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     onEvent: (event) => console.log(event.type),
 *   }),
 * )
 * app.listen(3000)
 * ```
 */
export function webhookHandler(optionsOrReceiver: ReceiverOptions | Receiver): ConnectHandler {
  const receiver = toReceiver(optionsOrReceiver)
  assertRunsAfterResponse(receiver)
  return async function gallaboxWebhook(req, res, next) {
    // Express 4 ignores promises, and a rejection would end the process.
    let outcome: Outcome
    try {
      outcome = await receiver.receive(toDelivery(req, hint), { reportsErrors: next !== undefined })
    } catch (error) {
      if (!next) throw error
      return next(error)
    }
    if (next && outcome.code === 'handler-failed') next(new HandlerError(outcome.error))
    else sendResponse(req, res, outcome)
  }
}

/**
 * Creates middleware that verifies, sets `req.gallabox` to the event and its context, and calls `next`.
 *
 * It responds to rejected deliveries itself. For the others, your code responds: only 200 counts as success for Gallabox.
 *
 * @throws TypeError for an invalid option, such as a bad secret.
 * @example
 * ```ts
 * import express from 'express'
 * import { webhookMiddleware } from 'gallabox-webhooks/express'
 *
 * const app = express()
 * const verified = webhookMiddleware({ secret: process.env.GALLABOX_WEBHOOK_SECRET })
 * app.post('/webhooks/gallabox', verified, (req, res) => {
 *   console.log(req.gallabox?.event.type)
 *   res.sendStatus(200)
 * })
 * app.listen(3000)
 * ```
 */
export function webhookMiddleware(options: MiddlewareOptions): ConnectMiddleware {
  return createConnectMiddleware(options, hint)
}
