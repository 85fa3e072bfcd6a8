/**
 * Adapter for Koa 2 and 3.
 *
 * @module gallabox-webhooks/koa
 */
import type { Delivery } from '../receiver/delivery.js'
import { HandlerError } from '../receiver/errors.js'
import type { MiddlewareOptions, ReceiverOptions } from '../receiver/options.js'
import { type Receiver, toReceiver } from '../receiver/receiver.js'
import type { WebhookResponse } from '../receiver/response.js'
import { createDeliveryVerifier } from '../receiver/verify-delivery.js'
import { assertRunsAfterResponse } from './acknowledgement.js'
import { readNodeBody } from './node-body.js'
import { hasUnreadBody, type NodeRequest, type NodeResponse, sendResponse } from './node-response.js'

export type { NodeStream } from './node-body.js'
export type { NodeRequest, NodeResponse } from './node-response.js'

/** The part of a Koa context that is used. */
export interface KoaContext {
  readonly req: NodeRequest
  readonly res: NodeResponse
  readonly request: object
  readonly originalUrl?: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: Koa leaves the type of its state to the application.
  state: any
  status: number
  body: unknown
  respond?: boolean | undefined
  /** Sets the headers of the response. */
  set(headers: Readonly<Record<string, string>>): void
}

/** A handler or middleware, as `app.use()` and routers accept it. */
export type KoaMiddleware = (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void>

const hint = () => 'Use the webhook before app.use(bodyParser()).'

/**
 * Creates a handler that receives webhooks: `router.post('/webhooks/gallabox', webhookHandler({ … }))`.
 *
 * Use it before any body parser. Gallabox signs the raw bytes, not the parsed JSON. It responds to every request that
 * reaches it. An error that a handler throws goes to Koa's error handling as a {@link HandlerError}.
 *
 * @param optionsOrReceiver - Options, or an existing receiver, whose `drain()` you can call at shutdown.
 * @throws TypeError for an invalid option, such as a bad secret.
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
  assertRunsAfterResponse(receiver)
  return async function gallaboxWebhook(ctx) {
    const outcome = await receiver.receive(toDelivery(ctx), { reportsErrors: true })
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    respond(ctx, outcome)
  }
}

/**
 * Creates middleware that verifies, sets `ctx.state.gallabox` to the event and its context, and calls `next`.
 *
 * It responds to rejected deliveries itself. For the others, your code responds: only 200 counts as success for Gallabox.
 *
 * @throws TypeError for an invalid option, such as a bad secret.
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
export function webhookMiddleware(options: MiddlewareOptions): KoaMiddleware {
  const verify = createDeliveryVerifier(options)
  return async function gallaboxVerification(ctx, next) {
    const result = await verify(toDelivery(ctx))
    if ('status' in result) return respond(ctx, result)
    ctx.state.gallabox = result
    await next()
  }
}

function toDelivery({ req, request, originalUrl }: KoaContext): Delivery {
  return {
    method: req.method,
    url: originalUrl,
    headers: req.headers,
    rawBody: (limits) => readNodeBody({ stream: req, headers: req.headers, holders: [req, request], hint }, limits),
  }
}

function respond(ctx: KoaContext, response: WebhookResponse): void {
  if (hasUnreadBody(ctx.req)) {
    // Koa would end the response at once, and a client that is still sending might never see it.
    ctx.respond = false
    sendResponse(ctx.req, ctx.res, response)
    return
  }
  ctx.status = response.status
  ctx.set(response.headers)
  ctx.body = response.body
}
