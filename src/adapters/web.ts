/**
 * Adapter for Web-standard Request handlers: Hono, Next app routes, React Router, SvelteKit, Workers, Deno, Bun.
 *
 * @module gallabox-webhooks/web
 */
import type { PlatformResponse } from '../platform/platform-types.js'
import type { Platform } from '../receiver/delivery.js'
import type { ReceiverOptions, VerifyOptions } from '../receiver/options.js'
import { type Receiver, toReceiver } from '../receiver/receiver.js'
import { type Verification, verifyDelivery } from '../receiver/verify-delivery.js'
import { findRequest, findWaitUntil, type WebArgument } from './web-arguments.js'
import { toDelivery } from './web-request.js'

export type { PlatformResponse } from '../platform/platform-types.js'
export type { WebArgument } from './web-arguments.js'
export type { WebBody, WebBodyReader } from './web-body.js'
export type { WebRequest } from './web-request.js'

/**
 * A handler of Fetch requests, as any Web-standard framework accepts it. It finds the request in what the framework
 * passes, and `waitUntil` in the other arguments, whose types are left open.
 */
export type WebHandler = (argument: WebArgument, ...platform: readonly unknown[]) => Promise<PlatformResponse>

/**
 * Creates a handler that receives webhooks, from a `Request` to a `Response`.
 *
 * A handler that throws gets the response 500, and its error goes to `onOutcome`, or to the console. A client that is
 * rejected while it is still sending may see a reset connection: this interface cannot wait for the rest of a body.
 *
 * @param optionsOrReceiver - Options, or an existing receiver, whose `drain()` you can call at shutdown.
 * @throws TypeError for an invalid option, such as a bad secret. Pass a function as the secret where modules are loaded
 * without secrets, as by `next build` and Workers.
 * @example
 * ```ts
 * import { webhookHandler } from 'gallabox-webhooks/web'
 *
 * export const POST = webhookHandler({
 *   secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type),
 * })
 * ```
 */
export function webhookHandler(optionsOrReceiver: ReceiverOptions | Receiver): WebHandler {
  const receiver = toReceiver(optionsOrReceiver)

  async function handle(platform: ArrayLike<unknown>): Promise<PlatformResponse> {
    const request = findRequest('webhookHandler', platform[0])
    const { body, status, headers } = await receiver.receive(toDelivery(request), new WebPlatform(platform))
    return new Response(body, { status, headers }) as PlatformResponse
  }
  // Deno reads the number of parameters, and Elysia reads the source: one parameter, which is not passed on by its name.
  return function gallaboxWebhook(_argument: WebArgument) {
    // biome-ignore lint/complexity/noArguments: see above.
    return handle(arguments)
  }
}

/** Looks for the host's `waitUntil` when it is needed, which is seldom. */
class WebPlatform implements Platform {
  readonly stopsAfterResponse = true
  readonly #platform: ArrayLike<unknown>

  constructor(platform: ArrayLike<unknown>) {
    this.#platform = platform
  }

  get waitUntil(): Platform['waitUntil'] {
    return findWaitUntil(this.#platform)
  }
}

/**
 * Verifies a request and parses its event. Your code handles the event and responds.
 *
 * @param request - The request, or the first argument that the framework passes.
 * @param options - The secret and the limits.
 * @returns A promise of the event and its context, or of the code and the status to respond with.
 * @throws TypeError (as a rejection) for an invalid option, such as a bad secret.
 * @example
 * ```ts
 * import { verifyRequest } from 'gallabox-webhooks/web'
 *
 * export async function POST(request: Request) {
 *   const result = await verifyRequest(request, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
 *   if (!result.ok) return new Response(null, { status: result.status })
 *   console.log(result.event.type)
 *   return new Response(null, { status: 200 })
 * }
 * ```
 */
export async function verifyRequest(request: WebArgument, options: VerifyOptions): Promise<Verification> {
  return verifyDelivery(toDelivery(findRequest('verifyRequest', request)), options)
}
