// What a correct receiver withstands: what is large, slow, broken or odd.
// It must not know how a request is sent, or how the result is printed.
import { setTimeout as sleep } from 'node:timers/promises'
import { largeBody, messageBody, withMember } from './bodies.js'
import { type Check, failed, noted, passed, unknown } from './check.js'
import { signatureOf } from './digests.js'
import type { Patient } from './patient.js'
import { acceptance, describeReply, endurance, fateOf, limited, notAlive, refusal } from './trials.js'

const retried = 'Gallabox takes 5xx for a failure and sends it again, up to five times, for nothing.'

const largeGenuine = acceptance({
  id: 'large-body',
  title: 'takes a genuine body of 256 kB',
  means: 'Large bodies are refused: a conversation or cart with much in it would be lost.',
  fix: 'Raise the limit of the body, to 1 MiB say. That of express.json() is 100 kB unless told.',
  trials: ({ marker }) => [{ body: largeBody(marker, 256 * 1024) }],
})

const floodBytes = 8 * 1024 * 1024
const piece = Buffer.alloc(64 * 1024, 'tea ')
const start = Buffer.concat([Buffer.from('{"text":"'), piece])
const end = Buffer.from('"}')

const flood: Check = {
  id: 'flood',
  title: 'refuses 8 MiB without a signature, before it has read them',
  async run(patient) {
    let sentBytes = 0
    async function* pour() {
      for (; sentBytes < floodBytes; sentBytes += piece.byteLength) {
        yield sentBytes === 0 ? start : piece
        // So that an answer is seen when it comes.
        await sleep(1)
      }
      yield end
    }
    const reply = await patient.send({ body: '', signature: null, pieces: pour(), timeoutMs: 3 * patient.timeoutMs })
    const found = `${describeReply(reply)} after ${(sentBytes / 1024 / 1024).toFixed(1)} MiB`
    const fix = 'Refuse what has no signature before you read its body, and read no more than 1 MiB of any.'
    const fate = fateOf(reply)
    if (fate === 'limited') return limited
    if (fate === 'taken') return failed(found, 'Anybody can fill its memory: there is no limit to what it takes.', fix)
    if (fate === 'crashed') return failed(found, 'A large body of a stranger makes it fail.', fix)
    if (fate === 'silent' && !reply.reason.includes('closed')) {
      return failed(found, 'A large body of a stranger keeps it busy, and no answer comes.', fix)
    }
    if (sentBytes < floodBytes) return passed(found)
    return noted(
      found,
      'It reads all that a stranger sends before it says no. If it keeps it too, many at once fill its memory.',
      fix,
    )
  },
}

const noJson = endurance({
  id: 'invalid-json',
  title: 'survives a signed body that is no JSON',
  means: `A parser throws, and nobody catches it. ${retried}`,
  fix: 'Catch what the parser throws, and answer 400.',
  trials: ({ marker }) => [
    { label: 'half of a body', body: messageBody(marker).slice(0, 100) },
    { label: 'text', body: `Sent by gallabox-webhooks doctor / ${marker}` },
    { label: 'nothing', body: '' },
  ],
})

const unsignedNoJson = refusal({
  id: 'unsigned-invalid-json',
  title: 'refuses an unsigned body that is no JSON',
  after: ['unsigned', 'wrong-secret'],
  means: 'Anybody who knows the address can invent events.',
  fix: 'Verify first, and parse what has been verified.',
  trials: ({ marker }) => [
    { label: 'half of a body', body: messageBody(marker).slice(0, 100), signature: null },
    { label: 'forged', body: messageBody(marker).slice(0, 100), signature: signatureOf('another', 'another') },
  ],
})

const invalidUtf8 = endurance({
  id: 'invalid-utf8',
  title: 'survives a signed body that is no UTF-8',
  means: `A decoder throws, and nobody catches it. ${retried}`,
  fix: 'Catch what the decoder throws, and answer 400.',
  trials: ({ marker }) => [{ body: Buffer.from(messageBody(marker, ' \u00ff'), 'latin1') }],
})

const oddJson = endurance({
  id: 'odd-json',
  title: 'survives signed JSON that is no object',
  means: `It reads a member of null, or of what else is no object, and fails. ${retried}`,
  fix: 'See that the body is an object before you read it; answer 400 or 200 to all else.',
  // Under a name that nobody waits for: to answer 500 where an event came with a body that is not its own is no mistake.
  trials: () => ['null', '[]', '"text"', '0'].map((body) => ({ label: body, event: 'Account.Renamed', body })),
})

const deepJson = endurance({
  id: 'deep-json',
  title: 'survives JSON of 10 000 levels',
  means: 'A function that calls itself for each level runs out of stack.',
  fix: 'Catch it, and answer 400; or limit the depth.',
  trials: ({ marker }) => {
    const deep = `"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}`
    return [{ body: withMember(messageBody(marker), deep) }]
  },
})

const protoKeys = endurance({
  id: 'proto-keys',
  title: 'survives keys such as __proto__',
  means: 'Keys of the body change objects that have nothing to do with it.',
  fix: 'Copy known members alone, never all members of a body into another object.',
  trials({ marker }) {
    const keys = '"__proto__":{"status":500},"constructor":{"prototype":{"status":500}},"toString":1,"hasOwnProperty":1'
    return [{ body: withMember(messageBody(marker), keys) }]
  },
})

const slowClient: Check = {
  id: 'slow-client',
  title: 'serves others while one client is slow',
  async run(patient) {
    let isOver = false
    const body = messageBody(patient.marker)
    async function* drip() {
      const bytes = Buffer.from(body)
      let at = 0
      while (!isOver && at < bytes.byteLength - 1) {
        yield bytes.subarray(at, ++at)
        await sleep(20)
      }
      yield bytes.subarray(at)
    }
    async function meanwhile() {
      await sleep(100)
      return patient.send({ body: messageBody(patient.marker) }).finally(() => {
        isOver = true
      })
    }
    const slow = patient.send({ body, pieces: drip(), timeoutMs: 2 * patient.timeoutMs + 1000 })
    const [other] = await Promise.all([meanwhile(), slow])
    if (fateOf(other) === 'taken') return passed(`others meanwhile: ${describeReply(other)}`)
    if (fateOf(other) !== 'silent') return unknown(`others meanwhile: ${describeReply(other)}`)
    const means = 'One client that sends slowly keeps all others waiting, whether on purpose or not.'
    const fix = 'Serve connections side by side, or put a proxy before it that reads requests to their end.'
    return failed(`others meanwhile: ${describeReply(other)}`, means, fix)
  },
}

const hangUp: Check = {
  id: 'hang-up',
  title: 'survives a client that hangs up half way',
  async run(patient) {
    const body = messageBody(patient.marker)
    async function* half() {
      yield Buffer.from(body).subarray(0, 100)
      await sleep(50)
      throw new Error('Hung up.')
    }
    await patient.send({ body, pieces: half() })
    await sleep(100)
    const next = await patient.send({ body: messageBody(patient.marker) })
    if (fateOf(next) === 'limited') return limited
    if (fateOf(next) === 'taken') return passed(`the next delivery: ${describeReply(next)}`)
    const fix = 'Handle the error of the request: in Node, its event "error" or "aborted".'
    return failed(`the next delivery: ${describeReply(next)}`, notAlive, fix)
  },
}

// Of so many answers, all but one in twenty must come in time.
const sampleSize = 20

const speed: Check = {
  id: 'speed',
  title: 'answers quickly',
  async run(patient) {
    const endsAt = performance.now() + 3 * patient.timeoutMs
    while (timesOf(patient).length < sampleSize && performance.now() < endsAt) {
      const reply = await patient.send({ body: messageBody(patient.marker) })
      if (fateOf(reply) === 'limited') return limited
    }
    const times = [...timesOf(patient)].sort((a, b) => a - b)
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0
    const found = `95 % of ${times.length} answers within ${p95} ms`
    const fix = 'Answer as soon as the signature is verified and the event is kept, and do the work afterwards.'
    if (p95 >= patient.timeoutMs) return failed(found, 'A sender gives up, and takes the delivery for failed.', fix)
    if (p95 <= patient.timeoutMs / 5) return passed(found)
    return noted(found, 'Gallabox asks for a quick answer. How long it waits is not known.', fix)
  },
}

function timesOf({ replies }: Patient): readonly number[] {
  return replies.flatMap(({ genuine, status, ms }) => (genuine && (status === null || status < 300) ? [ms] : []))
}

/** The checks of what must be withstood. */
export const withstands: readonly Check[] = [
  largeGenuine,
  noJson,
  unsignedNoJson,
  invalidUtf8,
  oddJson,
  deepJson,
  protoKeys,
  flood,
  slowClient,
  hangUp,
  speed,
]
