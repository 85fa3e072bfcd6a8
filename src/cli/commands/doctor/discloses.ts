// What a correct receiver does not disclose: all replies so far are searched for what they should not say.
// It must not know how a request is sent, or how the result is printed.
import { messageBody } from './bodies.js'
import { type Check, type Finding, failed, passed, unknown } from './check.js'
import { hmac, signatureOf } from './digests.js'
import type { Patient, Reply } from './patient.js'
import { fateOf, limited } from './trials.js'

const constantReply = 'Reply with a constant text, the same for everyone. Put the details into your own log.'

const secretText: Check = {
  id: 'secret-in-reply',
  title: 'keeps the secret and the right signature to itself',
  async run(patient) {
    await provoke(patient)
    const forged = patient.replies.filter(({ genuine }) => !genuine)
    if (patient.replies.some((reply) => namesSecret(sayingsOf(reply), patient.key))) {
      return failed(
        'a reply has the secret in it',
        'Anybody can read the secret, and sign whatever they like.',
        constantReply,
      )
    }
    if (forged.some((reply) => namesDigest(reply, patient.key))) {
      const means = 'Anybody can ask it for the right signature of any body, and send that body with it.'
      return failed('a reply has the right signature in it', means, constantReply)
    }
    return passed(searched(patient))
  },
}

const echo: Check = {
  id: 'echo',
  title: 'does not send the body back',
  async run(patient) {
    await provoke(patient)
    const echoed = patient.replies.filter((reply) => sayingsOf(reply).includes(patient.marker))
    if (echoed.length === 0) return passed(searched(patient))
    const means = 'What customers write lands in logs and reports of whoever sees the replies.'
    return failed(`${echoed.length} replies have the body in them`, means, constantReply)
  },
}

const stackTrace: Check = {
  id: 'stack-trace',
  title: 'shows no stack trace',
  async run(patient) {
    await provoke(patient)
    if (!patient.replies.some(({ text }) => hasTrace(text))) return passed(searched(patient))
    const means = 'A stranger learns where its files are and what it runs on.'
    return failed(
      'a reply has a stack trace in it',
      means,
      'Switch the error pages for developers off: in Node, NODE_ENV=production.',
    )
  },
}

const oracle: Check = {
  id: 'oracle',
  title: 'says the same to every wrong signature',
  after: ['wrong-secret'],
  async run(patient) {
    const body = messageBody(patient.marker)
    const right = signatureOf(body, patient.key)
    // Wrong from their first character on, so that neither is more nearly right than the other.
    const [first, second] = 'ABC'.replace(right.charAt(0), '')
    const wrong = [first, second].map((start) => start + hmac('1', 'another').toString('base64').slice(1))
    const nearly = [right.slice(0, 22), right.slice(0, 40)].map(
      (start) => start + (wrong[0] as string).slice(start.length),
    )
    const replies: string[] = []
    for (const signature of [...wrong, ...nearly]) {
      const reply = await patient.send({ body, signature })
      if (fateOf(reply) === 'limited') return limited
      replies.push(essence(reply))
    }
    return judgeSameness(replies)
  },
}

function judgeSameness([first, second, ...nearly]: readonly string[]): Finding {
  if (first !== second) return unknown('Its replies differ from one to the next, so nothing can be compared.')
  if (nearly.every((reply) => reply === first)) return passed('one reply to all, whatever time it took')
  const means = 'Its reply tells how much of a signature is right: so it can be guessed, character by character.'
  return failed('other replies to signatures that are nearly right', means, constantReply)
}

/** What of a reply can tell something: without what changes at each anyway. */
function essence({ status, text }: Reply): string {
  const masked = text.replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, '').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?|\d{10,}/g, '')
  return `${status} ${masked}`
}

/** Sends what makes careless receivers talk, unless other checks have done so. */
async function provoke(patient: Patient): Promise<void> {
  const { marker, replies } = patient
  if (replies.filter(({ genuine }) => !genuine).length >= 3) return
  await patient.send({ body: messageBody(marker), signature: null })
  await patient.send({ body: messageBody(marker), signature: hmac('another', 'another').toString('base64') })
  await patient.send({ body: messageBody(marker), signature: 'QUJD' })
  await patient.send({ body: messageBody(marker).slice(0, 100), signature: null })
  await patient.send({ body: messageBody(marker).slice(0, 200) })
}

/** A short secret may stand in any text by chance. */
function namesSecret(text: string, key: string): boolean {
  return key.length >= 8 && text.includes(key)
}

/** All that a reply says, in its headers too. */
function sayingsOf({ headers, text }: Reply): string {
  return [...headers.map(([name, value]) => `${name}: ${value}`), text].join('\n')
}

function namesDigest(reply: Reply, key: string): boolean {
  const digest = hmac(reply.sent, key)
  const spellings = [digest.toString('base64'), digest.toString('hex'), digest.toString('base64url')]
  // JSON and HTML escape what base64 has beside letters.
  const plain = sayingsOf(reply)
    .replace(/\\\/|&#x2F;|&#47;/gi, '/')
    .replace(/&#x3D;|&#61;|\\u003d/gi, '=')
    .replace(/\\u002b/gi, '+')
  return spellings.some((spelled) => plain.includes(spelled) || plain.toLowerCase().includes(digest.toString('hex')))
}

// Each is bounded: they are run over what a stranger wrote.
const traces = [
  // Node, in text or HTML.
  /\bat [^\n<]{1,200}?:\d{1,6}:\d{1,6}\b/,
  // Java and Kotlin; .NET; Python; PHP; Go; Ruby.
  /\bat [\w$.]{1,200}\(\w{1,100}\.(?:java|kt):\d/,
  / in [^\n]{1,200}?:line \d/,
  /Traceback \(most recent call last\)/,
  /Stack trace:|#0 [^\n]{1,200}?\(\d+\):/,
  /goroutine \d+ \[/,
  /\.rb:\d+:in [`']/,
]

function hasTrace(text: string): boolean {
  const start = text.slice(0, 20_000)
  return traces.some((pattern) => pattern.test(start))
}

function searched({ replies }: Patient): string {
  return `${replies.length} replies searched`
}

/** The checks of what would let strangers in, if it were disclosed. */
export const secrets: readonly Check[] = [secretText, oracle]

/** The checks of what else must not be disclosed. */
export const discloses: readonly Check[] = [echo, stackTrace]
