/**
 * Express 4 and 5, and what is built on them: NestJS on Express, Firebase, Cloud Functions.
 *
 * @module gallabox-webhooks/express
 */
// It only translates: the request into a delivery, the outcome into a response.
import { HandlerError } from '../receiver/errors.js'
import { replyOf } from '../receiver/outcome.js'
import {
  type Outcome,
  type Receiver,
  type ReceiverOptions,
  toReceiver,
  type VerificationOptions,
  type VerifiedDelivery,
} from '../receiver/receiver.js'
import { type ConnectHandler, type ConnectMiddleware, createConnectMiddleware, toDelivery } from './connect.js'
import { sendReply } from './node-response.js'

export type { ConnectHandler, ConnectMiddleware, ConnectRequest, VerifiedRequest } from './connect.js'
export type { NodeStream } from './node-body.js'
export type { NodeRequest, NodeResponse } from './node-response.js'

declare global {
  namespace Express {
    interface Request {
      /** The verified delivery, behind `webhookMiddleware` of gallabox-webhooks. */
      gallabox?: VerifiedDelivery | undefined
    }
  }
}

const advice =
  'Mount the webhook before app.use(express.json()), or keep the bytes: express.json({ verify(req, res, buf) { req.rawBody = buf } })'

/**
 * Creates a handler that receives webhooks: `app.post('/webhooks/gallabox', webhookHandler({ … }))`.
 *
 * A handler that throws ends in Express's error handling, as a {@link HandlerError}; everything else is answered here.
 *
 * @param optionsOrReceiver - Options, or a receiver made before, so that `receiver.drain()` is in reach.
 * @throws TypeError for an option that is wrong, above all a bad secret.
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
  return async function gallaboxWebhook(req, res, next = () => sendReply(req, res, replyOf('handler-failed'))) {
    // Not left to the framework: Express 4 does not look at promises, and one that rejected would end the process.
    let outcome: Outcome
    try {
      outcome = await receiver.receive(toDelivery(req, advice))
    } catch (error) {
      return next(error)
    }
    if (outcome.code === 'handler-failed') next(new HandlerError(outcome.error))
    else sendReply(req, res, outcome)
  }
}

/**
 * Creates middleware that verifies, puts the event and its context on `req.gallabox`, and passes on.
 *
 * @throws TypeError for an option that is wrong, above all a bad secret.
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
export function webhookMiddleware(options: VerificationOptions): ConnectMiddleware {
  return createConnectMiddleware(options, advice)
}
