// Most checks send a few requests and expect the same class of response to each. These functions build them.
import {
  type CheckExplanation,
  type CheckResult,
  failedResult,
  passedResult,
  type ReceiverCheck,
  rateLimitedResult,
  stoppedWorking,
} from './check.js'
import { classifyResponse, describeResponse, type ResponseClass } from './classify-response.js'
import type { RefusalCause } from './explain-refusal.js'
import { messageBody } from './sample-bodies.js'
import type { Target, TargetRequest, TargetResponse } from './target.js'

/** A request, with a label if its check sends several. */
export interface LabeledRequest extends TargetRequest {
  readonly label?: string | undefined
}

export interface RequestCheck {
  readonly id: string
  readonly title: string
  readonly requires?: readonly string[]
  /** Why an unexpected response matters. */
  readonly meaning: string
  /** What to change after an unexpected response. */
  readonly hint: string
  /** Replaces the default explanation of a 5xx response. */
  readonly crash?: CheckExplanation
  requests(target: Target): readonly LabeledRequest[]
  /** Finds out why the receiver rejected a request that it should accept. */
  readonly explain?: (
    target: Target,
    rejected: TargetRequest,
    status: number | null,
  ) => Promise<RefusalCause | undefined>
}

interface Exchange {
  readonly request: LabeledRequest
  readonly response: TargetResponse
}

const crashed: CheckExplanation = [
  'An attacker can make the receiver throw. An exception can end the process or leak details.',
  'Find the exception in the log of the receiver. Respond with 401 before anything can throw.',
]

const missingResponse: CheckExplanation = [
  'An attacker can keep the receiver busy, or make it drop connections, with a request like this.',
  'Make sure that every code path sends a response: 401 for an unverified delivery.',
]

const redirected: CheckExplanation = [
  'A redirect neither accepts nor rejects, so it is unknown what was checked.',
  'Respond with 401 to an unverified delivery.',
]

/** Creates a check whose requests must all be rejected, with a status from 400 to 499. */
export function rejectionCheck({
  id,
  title,
  requires,
  meaning,
  hint,
  crash = crashed,
  requests,
}: RequestCheck): ReceiverCheck {
  return {
    id,
    title,
    requires,
    sendsOnlyForgeries: true,
    async run(target) {
      const exchanges = await sendAll(target, requests(target))
      const accepted: CheckExplanation = [meaning, hint]
      const explanations = { accepted, crashed: crash, 'no-response': missingResponse, redirected }
      for (const unexpected of ['accepted', 'crashed', 'no-response', 'redirected'] as const) {
        const observed = describeExchanges(exchanges, (response) => classifyResponse(response) === unexpected)
        if (observed) return failedResult(observed, ...explanations[unexpected])
      }
      return findRateLimited(exchanges) ?? passedResult(describeStatuses(exchanges))
    },
  }
}

/** Creates a check whose requests must all be accepted, with a status from 200 to 299. */
export function acceptanceCheck({
  id,
  title,
  requires,
  meaning,
  hint,
  requests,
  explain,
}: RequestCheck): ReceiverCheck {
  const expected: readonly ResponseClass[] = ['accepted', 'rate-limited']
  return {
    id,
    title,
    requires,
    async run(target) {
      const exchanges = await sendAll(target, requests(target))
      const isUnexpected = (response: TargetResponse) => !expected.includes(classifyResponse(response))
      const first = exchanges.find(({ response }) => isUnexpected(response))
      if (!first) return findRateLimited(exchanges) ?? passedResult(describeStatuses(exchanges))
      const { request, response } = first
      const cause = response.status === null ? undefined : await explain?.(target, request, response.status)
      const observed = describeExchanges(exchanges, isUnexpected)
      if (cause) return failedResult(observed, cause.meaning, cause.hint)
      const isCrash = classifyResponse(response) === 'crashed'
      return failedResult(observed, meaning, isCrash ? `${hint} Find the exception in the log of the receiver.` : hint)
    },
  }
}

/** Creates a check whose requests may be accepted or rejected, but must not crash or block the receiver. */
export function robustnessCheck({ id, title, meaning, hint, requests }: RequestCheck): ReceiverCheck {
  return {
    id,
    title,
    async run(target) {
      const exchanges = await sendAll(target, requests(target))
      const isCrashOrTimeout = (response: TargetResponse) =>
        ['crashed', 'no-response'].includes(classifyResponse(response))
      const observed = describeExchanges(exchanges, isCrashOrTimeout)
      if (observed) return failedResult(observed, meaning, hint)
      const next = await target.send({ body: messageBody(target.marker) })
      if (classifyResponse(next) === 'rate-limited') return rateLimitedResult
      if (classifyResponse(next) === 'accepted') return passedResult(describeStatuses(exchanges))
      return failedResult(`the next delivery: ${describeResponse(next)}`, stoppedWorking, hint)
    },
  }
}

async function sendAll(target: Target, requests: readonly LabeledRequest[]): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = []
  for (const request of requests) {
    const response = await target.send(request)
    exchanges.push({ request, response })
    // The other requests would probably time out too, and add no information.
    if (response.status === null) break
  }
  return exchanges
}

/** Lists the matching responses with the labels of their requests. Empty if none matches. */
function describeExchanges(exchanges: readonly Exchange[], matches: (response: TargetResponse) => boolean): string {
  const matching = exchanges.filter(({ response }) => matches(response))
  if (exchanges.every(({ request }) => request.label === undefined))
    return matching.map(({ response }) => describeResponse(response)).join('')
  const labels = new Map<string, string[]>()
  for (const { request, response } of matching) {
    const description = describeResponse(response)
    labels.set(description, [...(labels.get(description) ?? []), request.label as string])
  }
  return Array.from(labels, ([description, list]) => `${description} to: ${list.join(', ')}`).join('; ')
}

function describeStatuses(exchanges: readonly Exchange[]): string {
  return [...new Set(exchanges.map(({ response }) => describeResponse(response)))].join(', ')
}

function findRateLimited(exchanges: readonly Exchange[]): CheckResult | undefined {
  const isLimited = exchanges.some(({ response }) => classifyResponse(response) === 'rate-limited')
  return isLimited ? rateLimitedResult : undefined
}
