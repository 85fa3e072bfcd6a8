/**
 * Koa 2 and 3.
 *
 * @module gallabox-webhooks/koa
 */
// It only translates: the context into a delivery, the outcome into a response.

import { HandlerError } from '../receiver/errors.js'
import type { Reply } from '../receiver/outcome.js'
import {
  createVerificationWalk,
  type Receiver,
  type ReceiverOptions,
  toReceiver,
  type VerificationOptions,
} from '../receiver/receiver.js'
import type { Delivery } from '../receiver/verify-delivery.js'
import { takeNodeBody } from './node-body.js'
import { leavesUnread, type NodeRequest, type NodeResponse, sendReply } from './node-response.js'

export type { NodeStream } from './node-body.js'
export type { NodeRequest, NodeResponse } from './node-response.js'

/** The part of a Koa context that is used. */
export interface KoaContext {
  readonly req: NodeRequest
  readonly res: NodeResponse
  readonly request: object
  // biome-ignore lint/suspicious/noExplicitAny: Koa leaves the type of its state to the application.
  state: any
  status: number
  body: unknown
  respond?: boolean | undefined
  /** Sets the headers of the response. */
  set(headers: Readonly<Record<string, string>>): void
}

/** The handler or middleware, as `app.use()` and routers take it. */
export type KoaMiddleware = (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void>

const advice = 'Use the webhook before app.use(bodyParser()).'

/**
 * Creates a handler that receives webhooks: `router.post('/webhooks/gallabox', webhookHandler({ … }))`.
 *
 * It answers every request that reaches it. A handler that throws ends in Koa's error handling, as a
 * {@link HandlerError}.
 *
 * @param optionsOrReceiver - Options, or a receiver made before, so that `receiver.drain()` is in reach.
 * @throws TypeError for an option that is wrong, above all a bad secret.
 * @example
 * ```ts
 * import Koa from 'koa'
 * import { webhookHandler } from 'gallabox-webhooks/koa'
 *
 * const receive = webhookHandler({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type),
 * })
 * const app = new Koa()
 * app.use((ctx, next) => (ctx.path === '/webhooks/gallabox' ? receive(ctx, next) : next()))
 * app.listen(3000)
 * ```
 */
export function webhookHandler(optionsOrReceiver: ReceiverOptions | Receiver): KoaMiddleware {
  const receiver = toReceiver(optionsOrReceiver)
  return async function gallaboxWebhook(ctx) {
    const outcome = await receiver.receive(toDelivery(ctx))
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    reply(ctx, outcome)
  }
}

/**
 * Creates middleware that verifies, puts the event and its context on `ctx.state.gallabox`, and passes on.
 *
 * @throws TypeError for an option that is wrong, above all a bad secret.
 * @example
 * ```ts
 * import Koa from 'koa'
 * import { webhookMiddleware } from 'gallabox-webhooks/koa'
 *
 * const app = new Koa()
 * app.use(webhookMiddleware({ secret: process.env.GALLABOX_WEBHOOK_SECRET }))
 * app.use((ctx) => {
 *   console.log(ctx.state.gallabox.event.type)
 *   ctx.status = 200
 * })
 * app.listen(3000)
 * ```
 */
export function webhookMiddleware(options: VerificationOptions): KoaMiddleware {
  const walk = createVerificationWalk(options)
  return async function gallaboxVerification(ctx, next) {
    const result = await walk(toDelivery(ctx))
    if ('status' in result) return reply(ctx, result)
    ctx.state.gallabox = result
    await next()
  }
}

function toDelivery({ req, request }: KoaContext): Delivery {
  const parsed = request as { rawBody?: unknown; body?: unknown }
  return {
    method: req.method,
    headers: req.headers,
    rawBody: (limits) => {
      const rawBody = (req as { rawBody?: unknown }).rawBody ?? parsed.rawBody
      return takeNodeBody({ stream: req, rawBody, body: parsed.body, advice }, limits)
    },
  }
}

function reply(ctx: KoaContext, outcome: Reply): void {
  if (leavesUnread(ctx.req)) {
    // Koa would end the response at once, and the client might never see it.
    ctx.respond = false
    sendReply(ctx.req, ctx.res, outcome)
    return
  }
  ctx.status = outcome.status
  ctx.set(outcome.headers)
  ctx.body = outcome.body
}
