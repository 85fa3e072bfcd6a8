/**
 * Web-standard Request handlers: Hono, Next app routes, Remix, SvelteKit, Workers, Deno, Bun.
 *
 * @module gallabox-webhooks/web
 */
// It only translates: the request into a delivery, the outcome into a Response.

import type { HeadersLike } from '../platform/headers.js'
import type { PlatformResponse } from '../platform/platform-types.js'
import { BodyError, HandlerError } from '../receiver/errors.js'
import { type Receiver, type ReceiverOptions, toReceiver } from '../receiver/receiver.js'
import type { Platform } from '../receiver/run-handler.js'
import {
  type BodyLimits,
  type Delivery,
  type Verification,
  type VerifyDeliveryOptions,
  verifyDelivery,
} from '../receiver/verify-delivery.js'
import { bytesGone, createCollector } from './node-body.js'

export type { PlatformResponse } from '../platform/platform-types.js'

/** The part of a Fetch `Request` that is used. */
export interface WebRequest {
  readonly method: string
  readonly headers: HeadersLike
  readonly bodyUsed: boolean
  readonly body: WebBody | null
  /** Reads the body in one call. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The part of a `ReadableStream` that is used. */
export interface WebBody {
  readonly locked: boolean
  /** Locks the stream to a reader. */
  getReader(): WebBodyReader
}

/** The part of a `ReadableStreamDefaultReader` that is used. */
export interface WebBodyReader {
  /** Reads the next piece. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  /** Tells the sender that nobody wants the rest. */
  cancel(): Promise<unknown>
}

/**
 * The handler. What a platform passes besides the request is looked through for a `waitUntil`; its type is left open,
 * because every platform passes something else.
 */
export type WebHandler = (request: WebRequest, ...platform: readonly unknown[]) => Promise<PlatformResponse>

const advice = 'Pass the request on before anything calls request.json() or request.text(), or pass request.clone().'

/**
 * Creates a handler that receives webhooks, from a `Request` to a `Response`.
 *
 * It rejects when a handler throws, with a {@link HandlerError}: the platform answers 500 and shows it where it shows
 * errors. A client whose body is refused while it is still sending may see a reset instead of the reply: this interface
 * has no way to wait for it.
 *
 * @param optionsOrReceiver - Options, or a receiver made before, so that `receiver.drain()` is in reach.
 * @throws TypeError for an option that is wrong, above all a bad secret. Give a function as the secret where modules are
 * loaded without secrets, as `next build` and Workers do.
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
  return async function gallaboxWebhook(request, ...platform) {
    const outcome = await receiver.receive(toDelivery(request), toPlatform(platform))
    if (outcome.code === 'handler-failed') throw new HandlerError(outcome.error)
    const { body, status, headers } = outcome
    return new Response(body, { status, headers }) as PlatformResponse
  }
}

/**
 * Verifies a request and tells which event it is, for handlers that do the rest themselves.
 *
 * @returns A promise of the event and its context, or of the code and the status to answer with.
 * @throws TypeError (as a rejection) for an option that is wrong, above all a bad secret.
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
export function verifyRequest(request: WebRequest, options: VerifyDeliveryOptions): Promise<Verification> {
  return verifyDelivery(toDelivery(request), options)
}

function toDelivery(request: WebRequest): Delivery {
  return {
    method: request.method,
    headers: request.headers,
    rawBody: (limits) => readBody(request, limits),
  }
}

// Up to here, what a client that stops half way can make the platform hold is not worth a slower read.
const oneCallBytes = 64 * 1024

async function readBody(request: WebRequest, { limitBytes, timeoutMs }: BodyLimits): Promise<Uint8Array> {
  const gone = () => bytesGone('body-already-read', advice)
  if (request.bodyUsed) throw gone()
  // The platform holds the sender to the length that it declared, and one call is much faster than a stream.
  const declared = Number(request.headers.get('content-length') ?? Number.NaN)
  if (declared <= Math.min(limitBytes, oneCallBytes)) {
    // On Node.js even a look at request.body makes a stream. What is locked without having been read, says so here.
    return request.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      (error) => Promise.reject(request.bodyUsed ? error : gone()),
    )
  }

  const { body } = request
  if (!body) return new Uint8Array(0)
  if (body.locked) throw gone()
  const reader = body.getReader()
  const collected = createCollector(limitBytes)
  let refusal: 'body-too-large' | 'body-timeout' | undefined
  // Cancelled, a pending read ends as if the body did; the rest is not read, and what was read is let go.
  function stop(code: typeof refusal): void {
    refusal ??= code
    reader.cancel().catch(() => {})
  }
  const timer = setTimeout(stop, timeoutMs, 'body-timeout')
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (value && !collected.add(value)) stop('body-too-large')
      if (refusal) throw new BodyError(refusal)
      if (done) return collected.bytes()
    }
  } finally {
    clearTimeout(timer)
  }
}

// Workers pass (env, ctx), others their context alone. waitUntil needs its object: it is called as a method.
function toPlatform(platform: readonly unknown[]): Platform {
  for (const candidate of platform.slice(0, 2)) {
    const host = candidate as { waitUntil?: (promise: Promise<unknown>) => void } | null | undefined
    if (typeof host?.waitUntil === 'function') {
      return { stopsAfterReply: true, waitUntil: (promise) => host.waitUntil?.(promise) }
    }
  }
  return { stopsAfterReply: true }
}
