/**
 * Adapter for Fastify 4 and 5.
 *
 * @module gallabox-webhooks/fastify
 */
// For the augmentation below only: no value and no type of Fastify is used.
import type {} from 'fastify'
import { decodeUtf8, parseJson } from '../platform/bytes.js'
import type { Delivery } from '../receiver/delivery.js'
import { HandlerError } from '../receiver/errors.js'
import type { MiddlewareOptions, ReceiverOptions } from '../receiver/options.js'
import { type Receiver, toReceiver } from '../receiver/receiver.js'
import type { WebhookResponse } from '../receiver/response.js'
import { createDeliveryVerifier, type VerifiedDelivery } from '../receiver/verify-delivery.js'
import { assertRunsAfterResponse } from './acknowledgement.js'
import { type NodeStream, readNodeBody } from './node-body.js'
import { hasUnreadBody, type NodeRequest, type NodeResponse, sendResponse } from './node-response.js'

/** The part of a Fastify request that is used. */
interface FastifyRequestLike {
  readonly raw: NodeRequest
  readonly originalUrl?: string | undefined
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
 * A plugin, as `app.register()` accepts it. The instance's type is left open: Fastify's own has parameters for servers,
 * loggers and type providers, and all of them work.
 */
export type FastifyPlugin<Options> = (app: object, options: Options) => Promise<void>

/** Options of `webhookPlugin`: the URL of the route, and the options of a receiver, or an existing `receiver`. */
export type WebhookPluginOptions = { readonly url: string } & (ReceiverOptions | { readonly receiver: Receiver })

declare module 'fastify' {
  interface FastifyRequest {
    /** The verified delivery, behind gallabox-webhooks' `verificationPlugin`. */
    gallabox?: VerifiedDelivery | null | undefined
  }
}

const hint = () => 'Let no preParsing hook and no content-type parser of this scope read the body.'

/**
 * Registers a route that receives webhooks: `app.register(webhookPlugin, { url: '/webhooks/gallabox', … })`.
 *
 * Other routes of the application still get parsed JSON. An error that a handler throws goes to Fastify's error handling
 * as a {@link HandlerError}.
 *
 * @throws TypeError (as a rejection, which `app.ready()` and `app.listen()` pass on) for an invalid option.
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
  const { url, receiver: existing, ...receiverOptions } = withoutRegisterOptions(options)
  const receiver = toReceiver(existing ?? (receiverOptions as ReceiverOptions))
  assertRunsAfterResponse(receiver)
  // Fastify finds a parser faster by its name than by the star.
  keepRawBody(app, ['application/json', '*'])
  // All methods, so that those that no webhook uses get 405. Fastify would respond 404.
  app.all(url, async (request, reply) => {
    const outcome = await receiver.receive(toDelivery(request), { reportsErrors: true })
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    return respond(request, reply, outcome)
  })
}

/**
 * Verifies every request to the routes of its scope, and sets `request.gallabox` to the event and its context.
 * `request.body` is the payload.
 *
 * Register it in its own scope, as the example does. It replaces the scope's body parsers.
 *
 * It responds to rejected deliveries itself. For the others, your code responds: only 200 counts as success for Gallabox.
 *
 * @throws TypeError (as a rejection, which `app.ready()` and `app.listen()` pass on) for an invalid option.
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
export const verificationPlugin: FastifyPlugin<MiddlewareOptions> = /* @__PURE__ */ withoutEncapsulation(
  async (instance: object, options: MiddlewareOptions) => {
    const app = instance as FastifyLike
    const verify = createDeliveryVerifier(withoutRegisterOptions(options))
    // Only the star: the scope is the user's, who may add a parser for any type.
    keepRawBody(app, ['*'])
    if (!app.hasRequestDecorator('gallabox')) app.decorateRequest('gallabox', null)
    app.addHook(
      'preValidation',
      async (request: FastifyRequestLike & { gallabox?: unknown }, reply: FastifyReplyLike) => {
        const result = await verify(toDelivery(request))
        if ('status' in result) return respond(request, reply, result)
        request.gallabox = result
        // A copy: a schema's defaults and coercions must not change the verified event.
        request.body = parseJson(decodeUtf8(result.context.rawBody) as string)
        return undefined
      },
    )
  },
)

/** Removes what belongs to `app.register()` and not to the plugin. */
function withoutRegisterOptions<Options extends object>(options: Options): Options & { receiver?: Receiver } {
  const { prefix, logLevel, logSerializers, ...own } = options as Options & Record<string, unknown>
  return own as never
}

/** Marks a plugin as part of the scope that it is registered in, as Fastify defines it. */
function withoutEncapsulation<Plugin extends object>(plugin: Plugin): Plugin {
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

/** Passes the unread stream on as the body, in this scope only. */
function keepRawBody(app: FastifyLike, contentTypes: readonly string[]): void {
  app.removeAllContentTypeParsers()
  for (const type of contentTypes) app.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
}

function toDelivery(request: FastifyRequestLike): Delivery {
  const { raw, originalUrl } = request
  return {
    method: raw.method,
    url: originalUrl,
    headers: raw.headers,
    rawBody: (limits) => {
      const { body } = request
      const { headers } = raw
      return isStream(body)
        ? readNodeBody({ stream: body, headers, holders: [raw], hint }, limits)
        : readNodeBody({ stream: raw, headers, holders: [request, raw], hint }, limits)
    },
  }
}

function isStream(body: unknown): body is NodeStream {
  return typeof (body as { removeListener?: unknown } | null | undefined)?.removeListener === 'function'
}

/** Sends a response, and returns what Fastify has to wait for. */
function respond(
  { raw }: FastifyRequestLike,
  reply: FastifyReplyLike,
  response: WebhookResponse,
): FastifyReplyLike | undefined {
  if (reply.sent) return undefined
  if (hasUnreadBody(raw)) {
    // Fastify would end the response at once, and a client that is still sending might never see it.
    reply.hijack()
    sendResponse(raw, reply.raw, response)
    return undefined
  }
  reply.code(response.status)
  reply.headers(response.headers)
  reply.send(response.body)
  // Unless a hook delays it, the response is sent by now.
  return reply.sent ? undefined : reply
}
