// The first check: is anything there, and does it take a genuine delivery? Where not, the likely mistake.
// It must not know the other checks: without this one they would tell nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import { oneLine } from '../../shared/terminal.js'
import { messageBody } from './bodies.js'
import { type Check, type Finding, failed, noted, passed } from './check.js'
import type { Attempt, Patient, Reply } from './patient.js'
import { explain } from './tell-tales.js'
import { describeReply, fateOf } from './trials.js'

export const probe: Check = {
  id: 'genuine',
  title: 'takes a delivery as Gallabox sends it',
  async run(patient) {
    const delivery = { body: messageBody(patient.marker) }
    const reply = await sendPatiently(patient, delivery)
    const found = describeReply(reply)
    const { status } = reply
    if (status === 200) return passed(found)
    if (status !== null && fateOf(reply) === 'taken') {
      const means = 'Gallabox documents 200. Whether it takes another 2xx for a success is not known.'
      return noted(found, means, 'Answer 200.')
    }
    if (status !== null && mayBeTheSignature(status)) {
      const mistake = await explain(patient, delivery)
      if (mistake) return failed(found, mistake.means, mistake.fix)
    }
    return explainByStatus(reply, patient)
  },
}

/** A server that is starting, or a gateway before it, gets a second chance. */
async function sendPatiently(patient: Patient, attempt: Attempt): Promise<Reply> {
  const reply = await patient.send(attempt)
  if (![502, 503, 504].includes(reply.status ?? 0)) return reply
  await sleep(1000, undefined, { signal: patient.signal })
  return patient.send(attempt)
}

// The others say by themselves what they are about.
function mayBeTheSignature(status: number): boolean {
  return status >= 400 && ![404, 405, 408, 411, 413, 415, 429, 502, 503, 504].includes(status)
}

type Advice = readonly [means: string, fix: string]

const byStatus: Readonly<Record<number, Advice>> = {
  404: ['There is no such route.', 'See that the path is the one that is typed into Gallabox.'],
  405: ['The route does not take POST.', 'Add the route for POST.'],
  408: [
    'It waited for the body in vain: something has read it before, such as a body parser.',
    'Mount the webhook before any body parser.',
  ],
  413: ['It takes no body of this size, which is small.', 'Raise the limit of the body, to 1 MiB say.'],
  415: ['It does not take application/json, which Gallabox sends.', 'Let the route take application/json.'],
  429: ['It limits how many requests may come.', 'Lift that for this examination.'],
}

const refused: Advice = [
  'It refuses genuine deliveries, and no known mistake explains it. Most likely its secret is another.',
  'Compare the secret of the server with the one given here. If they are the same, see what it hashes.',
]

const failing: Advice = [
  'It fails at a genuine delivery, whatever the signature is.',
  'See its log. Where it hashes req.body, that is an object by then: hash the bytes as they were received.',
]

const hanging: Advice = [
  'Either something has read the body before, and it waits for bytes that never come; or it works before it answers.',
  'Mount the webhook before any body parser; answer first, and do the work afterwards.',
]

const absent: Advice = [
  'There is no receiver to examine.',
  'See that it runs, and that host, port and protocol are right.',
]

function explainByStatus(reply: Reply, { timeoutMs }: Patient): Finding {
  const { status, reason, headers } = reply
  const found = describeReply(reply)
  if (status === null) return failed(found, ...(reason.includes(`${timeoutMs} ms`) ? hanging : absent))
  if (status < 400) {
    const [, location = 'another address'] = headers.find(([name]) => /^location$/i.test(name)) ?? []
    const means = 'It is a redirect, and Gallabox is not known to follow any.'
    return failed(`${found}, to ${oneLine(location)}`, means, 'Type the address that it leads to into Gallabox.')
  }
  return failed(found, ...(byStatus[status] ?? (status < 500 ? refused : failing)))
}
