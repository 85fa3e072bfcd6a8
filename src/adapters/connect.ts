import type { Delivery } from '../receiver/delivery.js'
import type { MiddlewareOptions } from '../receiver/options.js'
import type { WebhookResponse } from '../receiver/response.js'
import { createDeliveryVerifier, type VerifiedDelivery } from '../receiver/verify-delivery.js'
import { readNodeBody } from './node-body.js'
import { type NodeRequest, type NodeResponse, sendResponse } from './node-response.js'

/** The part of a Connect-style request that is used, with what a framework may have added to it. */
export interface ConnectRequest extends NodeRequest {
  readonly body?: unknown
  readonly rawBody?: unknown
  readonly url?: string | undefined
  /** Express: the URL before routers removed their part of it. */
  readonly originalUrl?: string | undefined
}

/** A request behind `webhookMiddleware`. */
export interface VerifiedRequest {
  /** The verified delivery. */
  gallabox?: VerifiedDelivery | undefined
}

/** A Connect-style handler. Called without `next`, as on Cloud Functions and Firebase, it sends every response itself. */
export type ConnectHandler = (req: ConnectRequest, res: NodeResponse, next?: (error?: unknown) => void) => Promise<void>

/** Connect-style middleware. */
export type ConnectMiddleware = (
  req: ConnectRequest & VerifiedRequest,
  res: NodeResponse,
  next: (error?: unknown) => void,
) => Promise<void>

/** Creates middleware that verifies, sets `req.gallabox` and calls `next`. */
export function createConnectMiddleware(options: MiddlewareOptions, hint: HintFor): ConnectMiddleware {
  const verify = createDeliveryVerifier(options)
  return async function gallaboxVerification(req, res, next) {
    // Express 4 ignores promises, and a rejection would end the process.
    let result: VerifiedDelivery | WebhookResponse
    try {
      result = await verify(toDelivery(req, hint))
    } catch (error) {
      return next(error)
    }
    if ('status' in result) return sendResponse(req, res, result)
    req.gallabox = result
    next()
  }
}

/** Returns what to change where a parser ran before the webhook. */
type HintFor = (req: ConnectRequest) => string

/** Translates a request. */
export function toDelivery(req: ConnectRequest, hint: HintFor): Delivery {
  return {
    method: req.method,
    url: req.originalUrl ?? req.url,
    headers: req.headers,
    rawBody: (limits) =>
      readNodeBody({ stream: req, headers: req.headers, holders: [req], hint: () => hint(req) }, limits),
  }
}
