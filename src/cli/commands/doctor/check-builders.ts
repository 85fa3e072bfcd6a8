// Most checks send a few requests and expect the same class of response to each. These functions build them.
import {
  type CheckExplanation,
  type CheckResult,
  failedResult,
  otherSuccess,
  passedResult,
  type ReceiverCheck,
  rateLimitedResult,
  stoppedWorking,
  warningResult,
} from './check.js'
import { classifyResponse, describeResponse } from './classify-response.js'
import { messageBody } from './sample-bodies.js'
import type { Target, TargetRequest, TargetResponse } from './target.js'

/** A request, with a label if its check sends several. */
export interface LabeledRequest extends TargetRequest {
  readonly label?: string | undefined
}

export interface RequestCheck extends Omit<ReceiverCheck, 'run' | 'sendsOnlyForgeries'> {
  /** Replaces the default explanation of a 5xx response. */
  readonly crash?: CheckExplanation
  requests(target: Target): readonly LabeledRequest[]
  /** Finds out why the receiver rejected a request that it should accept. */
  readonly explain?: (
    target: Target,
    rejected: TargetRequest,
    response: TargetResponse,
  ) => Promise<CheckExplanation | undefined>
}

interface Exchange {
  readonly request: LabeledRequest
  readonly response: TargetResponse
}

const crashed: CheckExplanation = {
  cause: 'An attacker can make the receiver throw. An exception can end the process or leak details.',
  fix: 'Find the exception in the log of the receiver. Respond with 401 before anything can throw.',
}

const missingResponse: CheckExplanation = {
  cause: 'An attacker can keep the receiver busy, or make it drop connections, with a request like this.',
  fix: 'Make sure that every code path sends a response: 401 for an unverified delivery.',
}

const redirected: CheckExplanation = {
  cause: 'A redirect neither accepts nor rejects, so it is unknown what was checked.',
  fix: 'Respond with 401 to an unverified delivery.',
}

/** Creates a check whose requests must all be rejected, with a status from 400 to 499. */
export function rejectionCheck(check: RequestCheck): ReceiverCheck {
  const { crash = crashed, requests, ...described } = check
  return {
    ...described,
    sendsOnlyForgeries: true,
    async run(target) {
      const exchanges = await sendAll(target, requests(target))
      const explanations = { accepted: check, crashed: crash, 'no-response': missingResponse, redirected }
      for (const unexpected of ['accepted', 'crashed', 'no-response', 'redirected'] as const) {
        const evidence = describeExchanges(exchanges, (response) => classifyResponse(response) === unexpected)
        if (evidence) return failedResult(evidence, explanations[unexpected])
      }
      return findRateLimited(exchanges) ?? passedResult(describeStatuses(exchanges))
    },
  }
}

/** Creates a check whose requests must all be accepted. Only the status 200 is known to count as success. */
export function acceptanceCheck(check: RequestCheck): ReceiverCheck {
  const { explain, requests, ...described } = check
  return {
    ...described,
    async run(target) {
      const exchanges = await sendAll(target, requests(target))
      const isRefusal = (response: TargetResponse) => !['accepted', 'rate-limited'].includes(classifyResponse(response))
      const refused = exchanges.find(({ response }) => isRefusal(response))
      if (refused) {
        const { request, response } = refused
        const explanation = (response.status !== null && (await explain?.(target, request, response))) || check
        const evidence = describeExchanges(exchanges, isRefusal)
        if (classifyResponse(response) !== 'crashed' || explanation !== check)
          return failedResult(evidence, explanation)
        const fix = `${check.fix} Find the exception in the log of the receiver.`
        return failedResult(evidence, { ...check, fix })
      }
      const limited = findRateLimited(exchanges)
      if (limited) return limited
      const isOther = (response: TargetResponse) => response.status !== 200 && response.status !== usualStatus(target)
      const evidence = describeExchanges(exchanges, isOther)
      return evidence ? warningResult(evidence, otherSuccess) : passedResult(describeStatuses(exchanges))
    },
  }
}

/** Returns the status of the first valid delivery. The first check warns about it. */
function usualStatus({ responses }: Target): number | null | undefined {
  return responses.find(({ hasValidRequest }) => hasValidRequest)?.status
}

/** Creates a check whose requests may be accepted or rejected, but must not crash or block the receiver. */
export function robustnessCheck(check: RequestCheck): ReceiverCheck {
  const { requests, ...described } = check
  return {
    ...described,
    async run(target) {
      const exchanges = await sendAll(target, requests(target))
      const failed = exchanges.find(({ response }) => isCrashOrTimeout(response))
      if (failed) {
        const evidence = describeExchanges(exchanges, isCrashOrTimeout)
        return failedResult(evidence, (await explainCrash(target, failed.request)) ?? check)
      }
      const next = await target.send({ body: messageBody(target.marker) })
      if (classifyResponse(next) === 'rate-limited') return rateLimitedResult
      if (classifyResponse(next) === 'accepted') return passedResult(describeStatuses(exchanges))
      return failedResult(`the next delivery: ${describeResponse(next)}`, { ...check, cause: stoppedWorking })
    },
  }
}

function isCrashOrTimeout(response: TargetResponse): boolean {
  return ['crashed', 'no-response'].includes(classifyResponse(response))
}

const failsBeforeVerification: CheckExplanation = {
  cause:
    'It fails with a forged signature too, so the error is before the verification. Most likely a JSON parser is in front, such as express.json().',
  fix: 'Verify the raw body first, then parse. Or respond with 400 to the error of the parser.',
}

/** Finds out whether a request fails before its signature is verified. */
async function explainCrash(target: Target, request: TargetRequest): Promise<CheckExplanation | undefined> {
  const forged = await target.send({ ...request, signature: target.sign(request.body, 'another secret') })
  return isCrashOrTimeout(forged) ? failsBeforeVerification : undefined
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
