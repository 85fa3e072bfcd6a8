/**
 * Fastify 4 and 5.
 *
 * @module gallabox-webhooks/fastify
 */
// It only translates: the request into a delivery, the outcome into a reply.
// For the augmentation below alone: no value and no type of Fastify is used.
import type {} from 'fastify'
import { HandlerError } from '../receiver/errors.js'
import type { Reply } from '../receiver/outcome.js'
import {
  createVerificationWalk,
  type Receiver,
  type ReceiverOptions,
  toReceiver,
  type VerificationOptions,
  type VerifiedDelivery,
} from '../receiver/receiver.js'
import type { Delivery } from '../receiver/verify-delivery.js'
import { type NodeStream, takeNodeBody } from './node-body.js'
import { leavesUnread, type NodeRequest, type NodeResponse, sendReply } from './node-response.js'

/** The part of a Fastify request that is used. */
interface FastifyRequestLike {
  readonly raw: NodeRequest
  body: unknown
}

/** The part of a Fastify reply that is used. */
interface FastifyReplyLike {
  readonly raw: NodeResponse
  readonly sent: boolean
  hijack(): unknown
  code(status: number): unknown
  headers(headers: Readonly<Record<string, string>>): unknown
  send(payload: string): unknown
}

/** The part of a Fastify instance that is used. */
interface FastifyLike {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    contentType: string,
    parser: (request: never, payload: never, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown
  decorateRequest(name: string, value?: null): unknown
  hasRequestDecorator(name: string): boolean
  addHook(name: 'preValidation', hook: (request: never, reply: never) => Promise<unknown>): unknown
  all(url: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>): unknown
}

/**
 * A plugin, as `app.register()` takes it. The instance's type is left open: Fastify's own has parameters for servers,
 * loggers and type providers, and every one of them will do.
 */
export type FastifyPlugin<Options> = (app: object, options: Options) => Promise<void>

/** Options of `webhookPlugin`: where, and how. */
export type WebhookPluginOptions = { readonly url: string } & (ReceiverOptions | { readonly receiver: Receiver })

declare module 'fastify' {
  interface FastifyRequest {
    /** The verified delivery, behind `verificationPlugin` of gallabox-webhooks. */
    gallabox?: VerifiedDelivery | null | undefined
  }
}

const advice = 'Let no preParsing hook and no content-type parser of this scope read the body.'

/**
 * Registers a route that receives webhooks: `app.register(webhookPlugin, { url: '/webhooks/gallabox', … })`.
 *
 * Other routes of the application still get parsed JSON. A handler that throws ends in Fastify's error handling, as a
 * {@link HandlerError}.
 *
 * @throws TypeError (as a rejection, which `app.ready()` and `app.listen()` pass on) for an option that is wrong.
 * @example
 * ```ts
 * import Fastify from 'fastify'
 * import { webhookPlugin } from 'gallabox-webhooks/fastify'
 *
 * const app = Fastify()
 * await app.register(webhookPlugin, {
 *   url: '/webhooks/gallabox',
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type),
 * })
 * await app.listen({ port: 3000 })
 * ```
 */
export const webhookPlugin: FastifyPlugin<WebhookPluginOptions> = async (instance, options) => {
  const app = instance as FastifyLike
  const { receiver: made } = options as { receiver?: Receiver | undefined }
  const receiver = toReceiver(made ?? (options as ReceiverOptions))
  // JSON by its name, which Fastify finds faster than by the star.
  keepRawBody(app, ['application/json', '*'])
  // All methods reach the gate, which answers 405 to those that no webhook uses; else Fastify would answer 404.
  app.all(options.url, async (request, reply) => {
    const outcome = await receiver.receive(toDelivery(request))
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    return answer(request, reply, outcome)
  })
}

/**
 * Verifies every request to the routes of the scope that it is registered in, and puts the event and its context on
 * `request.gallabox`. `request.body` is the payload.
 *
 * Give it a scope of its own, as the example does: it replaces the scope's body parsers.
 *
 * @throws TypeError (as a rejection, which `app.ready()` and `app.listen()` pass on) for an option that is wrong.
 * @example
 * ```ts
 * import Fastify from 'fastify'
 * import { verificationPlugin } from 'gallabox-webhooks/fastify'
 *
 * const app = Fastify()
 * await app.register(async (scope) => {
 *   await scope.register(verificationPlugin, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
 *   scope.post('/webhooks/gallabox', async (request) => {
 *     console.log(request.gallabox?.event.type)
 *     return { ok: true }
 *   })
 * })
 * await app.listen({ port: 3000 })
 * ```
 */
export const verificationPlugin: FastifyPlugin<VerificationOptions> = /* @__PURE__ */ withoutEncapsulation(
  async (instance: object, options: VerificationOptions) => {
    const app = instance as FastifyLike
    const walk = createVerificationWalk(options)
    // The star alone: the scope is the user's, who may add a parser for any type.
    keepRawBody(app, ['*'])
    if (!app.hasRequestDecorator('gallabox')) app.decorateRequest('gallabox', null)
    app.addHook(
      'preValidation',
      async (request: FastifyRequestLike & { gallabox?: unknown }, reply: FastifyReplyLike) => {
        const result = await walk(toDelivery(request))
        if ('status' in result) return answer(request, reply, result)
        request.gallabox = result
        request.body = result.event.data
        return undefined
      },
    )
  },
)

/** Fastify's own mark of a plugin that belongs to the scope it is registered in. */
function withoutEncapsulation<Plugin extends object>(plugin: Plugin): Plugin {
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

/** Hands the unread stream on as the body, in this scope alone. */
function keepRawBody(app: FastifyLike, contentTypes: readonly string[]): void {
  app.removeAllContentTypeParsers()
  for (const type of contentTypes) app.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
}

function toDelivery({ raw, body }: FastifyRequestLike): Delivery {
  return {
    method: raw.method,
    headers: raw.headers,
    rawBody: (limits) => {
      const stream = isStream(body) ? body : raw
      return takeNodeBody({ stream, rawBody: undefined, body: isStream(body) ? undefined : body, advice }, limits)
    },
  }
}

function isStream(body: unknown): body is NodeStream {
  return typeof (body as { removeListener?: unknown } | null | undefined)?.removeListener === 'function'
}

/** Answers, and gives what Fastify has to wait for. */
function answer({ raw }: FastifyRequestLike, reply: FastifyReplyLike, outcome: Reply): FastifyReplyLike | undefined {
  if (reply.sent) return undefined
  if (leavesUnread(raw)) {
    // Fastify would end the response at once, and the client might never see it.
    reply.hijack()
    sendReply(raw, reply.raw, outcome)
    return undefined
  }
  reply.code(outcome.status)
  reply.headers(outcome.headers)
  reply.send(outcome.body)
  // A hook may delay it. Else it is sent by now, and there is nothing to wait for.
  return reply.sent ? undefined : reply
}
