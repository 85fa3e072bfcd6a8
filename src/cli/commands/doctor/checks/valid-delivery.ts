import { setTimeout as sleep } from 'node:timers/promises'
import { oneLine } from '../../../shared/terminal.js'
import {
  type CheckExplanation,
  type CheckResult,
  failedResult,
  notedResult,
  passedResult,
  type ReceiverCheck,
} from '../check.js'
import { classifyResponse, describeResponse } from '../classify-response.js'
import { explainRefusal } from '../explain-refusal.js'
import { messageBody } from '../sample-bodies.js'
import type { Target, TargetRequest, TargetResponse } from '../target.js'

/** The first check. If it fails, the others cannot give useful results. */
export const validDelivery: ReceiverCheck = {
  id: 'valid-delivery',
  title: 'accepts a delivery as Gallabox sends it',
  async run(target) {
    const request = { body: messageBody(target.marker) }
    const response = await sendWithRetry(target, request)
    const observed = describeResponse(response)
    const { status } = response
    if (status === 200) return passedResult(observed)
    if (status !== null && classifyResponse(response) === 'accepted') {
      const meaning = 'Gallabox documents 200. Whether another 2xx counts as success is unknown.'
      return notedResult(observed, meaning, 'Respond with 200.')
    }
    if (status !== null && isPossibleSignatureError(status)) {
      const cause = await explainRefusal(target, request)
      if (cause) return failedResult(observed, cause.meaning, cause.hint)
    }
    return explainStatus(response, target)
  },
}

/** The first check where valid deliveries must not be sent. If it fails, no receiver is there. */
export const unsignedDelivery: ReceiverCheck = {
  id: 'receiver',
  title: 'responds to an unsigned delivery',
  sendsOnlyForgeries: true,
  async run(target) {
    const response = await sendWithRetry(target, { body: messageBody(target.marker), signature: null })
    const responseClass = classifyResponse(response)
    const isElsewhere = response.status === 404 || response.status === 405
    if (responseClass === 'no-response' || responseClass === 'redirected' || isElsewhere) {
      return explainStatus(response, target)
    }
    return passedResult(describeResponse(response))
  },
}

/** Tries twice if the receiver, or a gateway in front of it, may still be starting. */
async function sendWithRetry(target: Target, request: TargetRequest): Promise<TargetResponse> {
  const response = await target.send(request)
  if (![502, 503, 504].includes(response.status ?? 0)) return response
  await sleep(1000, undefined, { signal: target.signal })
  return target.send(request)
}

// The excluded statuses have other causes.
function isPossibleSignatureError(status: number): boolean {
  return status >= 400 && ![404, 405, 408, 411, 413, 415, 429, 502, 503, 504].includes(status)
}

const byStatus: Readonly<Record<number, CheckExplanation>> = {
  404: [
    'There is no receiver here: the route does not exist.',
    'Use the path of the Request URL in the webhook settings.',
  ],
  405: ['There is no receiver here: the route does not accept POST.', 'Add the route for POST.'],
  408: [
    'It timed out waiting for the body. Something else, such as a body parser, read it first.',
    'Mount the webhook before any body parser.',
  ],
  413: [
    'It does not accept a body of this size, although the body is small.',
    'Raise the body limit, for example to 1 MiB.',
  ],
  415: ['It does not accept application/json, which Gallabox sends.', 'Accept application/json on the route.'],
  429: ['The receiver limits the request rate.', 'Disable the limit while doctor runs.'],
}

const rejected: CheckExplanation = [
  'It rejects valid deliveries, and no known mistake explains it. Most likely its secret is different.',
  'Compare the secret of the server with the one used here. If they are equal, check what it hashes.',
]

const crashed: CheckExplanation = [
  'It fails on a valid delivery, whatever the signature is.',
  'See its log. If it hashes req.body, it hashes a parsed object. Hash the raw body instead.',
]

const timedOut: CheckExplanation = [
  'It takes too long to respond, or something else read the body first and it waits for more bytes.',
  'Mount the webhook before any body parser. Respond first, and do the work afterwards.',
]

const unreachable: CheckExplanation = [
  'No receiver was found.',
  'Check that it is running, and that host, port and protocol are correct.',
]

function explainStatus(response: TargetResponse, { timeoutMs }: Target): CheckResult {
  const { status, reason, headers } = response
  const observed = describeResponse(response)
  if (status === null) return failedResult(observed, ...(reason.includes(`${timeoutMs} ms`) ? timedOut : unreachable))
  if (status < 400) {
    const [, location = 'another URL'] = headers.find(([name]) => /^location$/i.test(name)) ?? []
    const meaning = 'It is a redirect. Gallabox is not known to follow redirects.'
    return failedResult(
      `${observed}, to ${oneLine(location)}`,
      meaning,
      'Use the URL that it redirects to in Gallabox.',
    )
  }
  return failedResult(observed, ...(byStatus[status] ?? (status < 500 ? rejected : crashed)))
}
