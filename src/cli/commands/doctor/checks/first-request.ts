// The first request decides which checks are useful: whether a receiver is there, and whether it accepts valid deliveries.
import { setTimeout as sleep } from 'node:timers/promises'
import { isRouteMissing } from '../../../shared/delivery/explain-response.js'
import { findHeader } from '../../../shared/http-client.js'
import { oneLine } from '../../../shared/terminal.js'
import {
  type CheckExplanation,
  type CheckResult,
  failedResult,
  otherSuccess,
  passedResult,
  type ReceiverCheck,
  rateLimitedResult,
  warningResult,
} from '../check.js'
import { classifyResponse, describeResponse } from '../classify-response.js'
import { explainRefusal } from '../explain-refusal.js'
import { messageBody } from '../sample-bodies.js'
import type { Target, TargetRequest, TargetResponse } from '../target.js'

const rejected: CheckExplanation = {
  cause: 'It rejects valid deliveries, and no known mistake explains it. Most likely its secret is different.',
  fix: 'Compare the secret of the server with the one used here. If they are equal, check what it hashes.',
}

/** Sends a valid delivery. Sets how the target expects signatures. */
export const validDelivery: ReceiverCheck = {
  id: 'valid-delivery',
  title: 'accepts a delivery as Gallabox sends it',
  ...rejected,
  async run(target) {
    const request = { body: messageBody(target.marker) }
    const response = await sendWithRetry(target, request)
    const evidence = describeResponse(response)
    if (classifyResponse(response) === 'accepted') {
      target.acceptsValid = true
      return response.status === 200 ? passedResult(evidence) : warningResult(evidence, otherSuccess)
    }
    if (isPossibleSignatureError(response.status)) {
      const cause = await explainRefusal(target, request)
      if (cause?.scheme) {
        target.scheme = cause.scheme
        target.acceptsValid = true
      }
      if (cause) return failedResult(evidence, cause)
    }
    return explainStatus(response, target)
  },
}

/** Sends an unsigned delivery instead, where valid ones must not be sent. */
export const unsignedDelivery: ReceiverCheck = {
  id: 'receiver',
  title: 'responds to an unsigned delivery',
  cause: 'No receiver was found.',
  fix: 'Use the path of the Request URL in the webhook settings.',
  sendsOnlyForgeries: true,
  async run(target) {
    const request = { body: messageBody(target.marker), signature: null }
    const response = await sendWithRetry(target, request)
    if (response.status === 429) return rateLimitedResult
    if (isReceiver(response)) return passedResult(describeResponse(response))
    // A receiver may hide itself from unsigned deliveries.
    const forged = await target.send({ ...request, signature: target.sign('another', 'another') })
    return isReceiver(forged) ? passedResult(describeResponse(forged)) : explainStatus(response, target)
  },
}

/** Returns whether a response comes from a receiver, and not from a server that has none at this URL. */
export function isReceiver(response: TargetResponse | undefined): boolean {
  if (!response || isRouteMissing(response.status ?? 0)) return false
  return !['no-response', 'redirected'].includes(classifyResponse(response))
}

/** Tries twice if the receiver, or a gateway in front of it, may still be starting. */
async function sendWithRetry(target: Target, request: TargetRequest): Promise<TargetResponse> {
  const response = await target.send(request)
  if (![502, 503, 504].includes(response.status ?? 0)) return response
  await sleep(1000, undefined, { signal: target.signal })
  return target.send(request)
}

// The excluded statuses have other causes.
function isPossibleSignatureError(status: number | null): boolean {
  return status !== null && status >= 400 && ![404, 405, 408, 411, 413, 415, 429, 502, 503, 504].includes(status)
}

const byStatus: Readonly<Record<number, CheckExplanation>> = {
  404: {
    cause: 'There is no receiver here: the route does not exist.',
    fix: 'Use the path of the Request URL in the webhook settings.',
  },
  405: {
    cause: 'There is no receiver here: the route does not accept the method.',
    fix: 'Add the route for POST, or pass the method of the webhook settings with --method.',
  },
  408: {
    cause: 'It timed out waiting for the body. Something else, such as a body parser, read it first.',
    fix: 'Mount the webhook before any body parser.',
  },
  413: {
    cause: 'It does not accept a body of this size, although the body is small.',
    fix: 'Raise the body limit, for example to 1 MiB.',
  },
  415: {
    cause: 'It does not accept application/json, which Gallabox sends.',
    fix: 'Accept application/json on the route.',
  },
}

const crashed: CheckExplanation = {
  cause: 'It fails on a valid delivery, whatever the signature is.',
  fix: 'See its log. If it hashes req.body, it hashes a parsed object. Hash the raw body instead.',
}

const timedOut: CheckExplanation = {
  cause: 'It takes too long to respond, or something else read the body first and it waits for more bytes.',
  fix: 'Mount the webhook before any body parser. Respond first, and do the work afterwards.',
}

const unreachable: CheckExplanation = {
  cause: 'No receiver was found.',
  fix: 'Check that it is running, and that host, port and protocol are correct.',
}

const redirected: CheckExplanation = {
  cause: 'It is a redirect. Gallabox is not known to follow redirects.',
  fix: 'Use the URL that it redirects to in Gallabox.',
}

function explainStatus(response: TargetResponse, { timeoutMs }: Target): CheckResult {
  const { status, reason, headers } = response
  const evidence = describeResponse(response)
  if (status === 429) return rateLimitedResult
  if (status === null) return failedResult(evidence, reason.includes(`${timeoutMs} ms`) ? timedOut : unreachable)
  if (status < 400) {
    const location = findHeader(headers, 'location') ?? 'another URL'
    return failedResult(`${evidence}, to ${oneLine(location)}`, redirected)
  }
  return failedResult(evidence, byStatus[status] ?? (status < 500 ? rejected : crashed))
}
