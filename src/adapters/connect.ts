// What Express and plain Node.js have in common: requests and middleware in the style of connect.
// It must not know what tells the two apart.

import type { Reply } from '../receiver/outcome.js'
import { createVerificationWalk, type VerificationOptions, type VerifiedDelivery } from '../receiver/receiver.js'
import type { Delivery } from '../receiver/verify-delivery.js'
import { takeNodeBody } from './node-body.js'
import { type NodeRequest, type NodeResponse, sendReply } from './node-response.js'

/** The part of a request that is used, with what a framework may have put on it. */
export interface ConnectRequest extends NodeRequest {
  readonly body?: unknown
  readonly rawBody?: unknown
}

/** A request behind `webhookMiddleware`. */
export interface VerifiedRequest {
  /** The verified delivery. */
  gallabox?: VerifiedDelivery | undefined
}

/** A handler in the style of connect. Called without `next`, as Cloud Functions and Firebase do, it answers everything itself. */
export type ConnectHandler = (req: ConnectRequest, res: NodeResponse, next?: (error?: unknown) => void) => Promise<void>

/** Middleware in the style of connect. */
export type ConnectMiddleware = (
  req: ConnectRequest & VerifiedRequest,
  res: NodeResponse,
  next: (error?: unknown) => void,
) => Promise<void>

export function createConnectMiddleware(options: VerificationOptions, advice: string): ConnectMiddleware {
  const walk = createVerificationWalk(options)
  return async function gallaboxVerification(req, res, next) {
    // Not left to the framework: Express 4 does not look at promises, and one that rejected would end the process.
    let result: VerifiedDelivery | Reply
    try {
      result = await walk(toDelivery(req, advice))
    } catch (error) {
      return next(error)
    }
    if ('status' in result) return sendReply(req, res, result)
    req.gallabox = result
    next()
  }
}

/** Describes a request; the advice goes to a user whose parser ran first. */
export function toDelivery(req: ConnectRequest, advice: string): Delivery {
  return {
    method: req.method,
    headers: req.headers,
    rawBody: (limits) => takeNodeBody({ stream: req, rawBody: req.rawBody, body: req.body, advice }, limits),
  }
}
