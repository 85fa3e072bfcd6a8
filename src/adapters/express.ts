// Express 4 and 5, and what is built on them: NestJS on Express, Firebase, Cloud Functions.
// It only translates: the request into a delivery, the outcome into a response.
import type { Delivery } from '../delivery.js'
import { HandlerError } from '../errors.js'
import {
  createVerificationWalk,
  type Receiver,
  type ReceiverOptions,
  toReceiver,
  type VerificationOptions,
  type VerifiedDelivery,
} from '../receiver.js'
import { takeNodeBody } from './body.js'
import { type NodeRequest, type NodeResponse, sendReply } from './reply.js'

export type { NodeStream } from './body.js'
export type { NodeRequest, NodeResponse } from './reply.js'

/** The part of an Express request that is used. */
export interface ExpressRequest extends NodeRequest {
  readonly body?: unknown
  readonly rawBody?: unknown
  gallabox?: VerifiedDelivery | undefined
}

/** The handler or middleware, as `app.post()` and `app.use()` take it. */
export type ExpressHandler = (req: ExpressRequest, res: NodeResponse, next: (error?: unknown) => void) => Promise<void>

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
export function webhookHandler(optionsOrReceiver: ReceiverOptions | Receiver): ExpressHandler {
  const receiver = toReceiver(optionsOrReceiver)
  return async function gallaboxWebhook(req, res, next) {
    const outcome = await receiver.receive(toDelivery(req))
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
export function webhookMiddleware(options: VerificationOptions): ExpressHandler {
  const walk = createVerificationWalk(options)
  return async function gallaboxVerification(req, res, next) {
    const { code, event, context, ...reply } = await walk(toDelivery(req))
    if (code !== 'verified' || !event || !context) return sendReply(req, res, reply)
    req.gallabox = { event, context }
    next()
  }
}

function toDelivery(req: ExpressRequest): Delivery {
  return {
    method: req.method,
    headers: req.headers,
    rawBody: (limits) => takeNodeBody({ stream: req, rawBody: req.rawBody, body: req.body, advice }, limits),
  }
}
