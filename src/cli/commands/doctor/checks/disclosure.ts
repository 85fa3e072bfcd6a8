// A correct receiver discloses no secrets and no internals. These checks search all responses so far.
import {
  type CheckResult,
  failedResult,
  passedResult,
  type ReceiverCheck,
  rateLimitedResult,
  skippedResult,
} from '../check.js'
import { classifyResponse } from '../classify-response.js'
import { messageBody } from '../sample-bodies.js'
import type { Target, TargetResponse } from '../target.js'

const constantResponse = 'Send a constant response, the same for every sender. Write the details to your own log.'

const secretInResponse: ReceiverCheck = {
  id: 'secret-in-response',
  title: 'does not disclose the secret or the correct signature',
  cause: 'Anyone can read the secret, and sign anything with it.',
  fix: constantResponse,
  sendsOnlyForgeries: true,
  async run(target) {
    await provokeResponses(target)
    const rejections = target.responses.filter(({ hasValidRequest }) => !hasValidRequest)
    if (target.responses.some((response) => containsSecret(serialize(response), target.secret))) {
      return failedResult('a response contains the secret', secretInResponse)
    }
    if (rejections.some((response) => containsSignature(response, target))) {
      const cause = 'Anyone can ask it for the correct signature of a forged body, and then send both.'
      return failedResult('a response contains the correct signature', { ...secretInResponse, cause })
    }
    return passedResult(describeSearch(target))
  },
}

const echo: ReceiverCheck = {
  id: 'echo',
  title: 'does not send the body back',
  cause: 'Messages of customers end up in logs and reports of systems that store the responses.',
  fix: constantResponse,
  sendsOnlyForgeries: true,
  async run(target) {
    await provokeResponses(target)
    const echoes = target.responses.filter((response) => serialize(response).includes(target.marker))
    if (echoes.length === 0) return passedResult(describeSearch(target))
    return failedResult(`${echoes.length} responses contain the body`, echo)
  },
}

const stackTrace: ReceiverCheck = {
  id: 'stack-trace',
  title: 'shows no stack trace',
  cause: 'An attacker can read file paths and the names of the software in use.',
  fix: 'Turn development error pages off. In Node: NODE_ENV=production.',
  sendsOnlyForgeries: true,
  async run(target) {
    await provokeResponses(target)
    if (!target.responses.some(({ text }) => containsStackTrace(text))) return passedResult(describeSearch(target))
    return failedResult('a response contains a stack trace', stackTrace)
  },
}

const oracle: ReceiverCheck = {
  id: 'oracle',
  title: 'sends the same response to every wrong signature',
  cause: 'Its response shows how much of a signature is correct, so it can be guessed character by character.',
  fix: constantResponse,
  sendsOnlyForgeries: true,
  requires: ['wrong-secret'],
  async run(target) {
    const body = messageBody(target.marker)
    const correct = target.sign(body)
    // Wrong from the first character, so that neither is closer to the correct signature.
    const [first, second] = 'ABC'.replace(correct.charAt(0), '')
    const wrong = [first, second].map((start) => start + signatureWithAnotherEnd(target, correct).slice(1))
    const nearlyCorrect = [Math.floor(correct.length / 2), correct.length - 4].map(
      (length) => correct.slice(0, length) + (wrong[0] as string).slice(length),
    )
    const responses: string[] = []
    for (const signature of [...wrong, ...nearlyCorrect]) {
      const response = await target.send({ body, signature })
      if (classifyResponse(response) === 'rate-limited') return rateLimitedResult
      responses.push(removeVariableParts(response))
    }
    return compareResponses(responses)
  },
}

/** Signs another body. Of base64 of hex, the end is one digit, which is the same in one of 16 signatures. */
function signatureWithAnotherEnd(target: Target, correct: string): string {
  for (let count = 1; ; count++) {
    const signature = target.sign(String(count), 'another')
    if (signature.slice(-4) !== correct.slice(-4)) return signature
  }
}

function compareResponses([first, second, ...nearlyCorrect]: readonly string[]): CheckResult {
  if (first !== second) return skippedResult('Its responses differ each time, so they cannot be compared.')
  if (nearlyCorrect.every((response) => response === first)) return passedResult('the same response to all')
  return failedResult('a different response to signatures that are nearly correct', oracle)
}

/** Removes ids and times, which differ in every response. */
function removeVariableParts({ status, text }: TargetResponse): string {
  const constant = text.replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, '').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?|\d{10,}/g, '')
  return `${status} ${constant}`
}

/** Sends requests to which a faulty receiver may disclose data, unless other checks have sent enough. */
async function provokeResponses(target: Target): Promise<void> {
  const { marker, responses } = target
  if (responses.filter(({ hasValidRequest }) => !hasValidRequest).length >= 3) return
  await target.send({ body: messageBody(marker), signature: null })
  await target.send({ body: messageBody(marker), signature: target.sign('another', 'another') })
  await target.send({ body: messageBody(marker), signature: 'QUJD' })
  await target.send({ body: messageBody(marker).slice(0, 100), signature: null })
  if (target.acceptsValid) await target.send({ body: messageBody(marker).slice(0, 200) })
}

/** Ignores a short secret, because a response can contain it by chance. */
function containsSecret(text: string, secret: string): boolean {
  return secret.length >= 8 && text.includes(secret)
}

function serialize({ headers, text }: TargetResponse): string {
  return [...headers.map(([name, value]) => `${name}: ${value}`), text].join('\n')
}

function containsSignature(response: TargetResponse, { scheme }: Target): boolean {
  const digest = scheme.hash(response.requestBody, scheme.key)
  const encoded = (['base64', 'hex', 'base64url'] as const).map((encoding) => digest.toString(encoding))
  // JSON and HTML escape the characters of base64 other than letters and digits.
  const text = serialize(response)
    .replace(/\\\/|&#x2F;|&#47;/gi, '/')
    .replace(/&#x3D;|&#61;|\\u003d/gi, '=')
    .replace(/\\u002b/gi, '+')
  return encoded.some((signature) => text.includes(signature)) || text.toLowerCase().includes(digest.toString('hex'))
}

// Each pattern is bounded, because it runs over untrusted text.
const stackTracePatterns = [
  // Node, as text or HTML.
  /\bat [^\n<]{1,200}?:\d{1,6}:\d{1,6}\b/,
  // Java and Kotlin; .NET; Python; PHP; Go; Ruby.
  /\bat [\w$.]{1,200}\(\w{1,100}\.(?:java|kt):\d/,
  / in [^\n]{1,200}?:line \d/,
  /Traceback \(most recent call last\)/,
  /Stack trace:|#0 [^\n]{1,200}?\(\d+\):/,
  /goroutine \d+ \[/,
  /\.rb:\d+:in [`']/,
]

function containsStackTrace(text: string): boolean {
  const start = text.slice(0, 20_000)
  return stackTracePatterns.some((pattern) => pattern.test(start))
}

function describeSearch({ responses }: Target): string {
  return `${responses.length} responses searched`
}

/** If one of these checks fails, an attacker can forge deliveries. */
export const secretDisclosureChecks: readonly ReceiverCheck[] = [secretInResponse, oracle]

export const disclosureChecks: readonly ReceiverCheck[] = [echo, stackTrace]
