// What every host is sent, and the status that it must respond with.
import { setTimeout as sleep } from 'node:timers/promises'
import { samplePayload, signBody, signDelivery } from 'gallabox-webhooks/testing'
import { findUncaughtError } from '../support/processes.mjs'
import { send, sendTooLong } from '../support/send.mjs'
import { waitForCalls } from '../support/wait-for-calls.mjs'

export const secret = 'whsec_Jg8mZ2vQ ₹'

const type = 'Message.Received'
const limitBytes = 1024 * 1024
// Around the sizes at which a parser, a stream or the library changes its way, up to the limit.
const sizes = [1, 2, 5000, 16_385, 65_536, 65_537, 102_401, limitBytes - 1, limitBytes]

const payload = { ...samplePayload(type), note: 'नमस्ते 🙏🏽 ₹1,299' }
const valid = signDelivery(type, payload, { secret })
const tooLong = deliveryOf(bodyOf(limitBytes + 1))

const unsigned = signDelivery(type, payload, { secret: null })

const cases = [
  { title: 'no body', status: 400, delivery: deliveryOf('') },
  { title: 'not JSON', status: 400, delivery: deliveryOf('{"note": "₹1,299"') },
  ...sizes.flatMap((size) => {
    const delivery = deliveryOf(bodyOf(size))
    return [
      { title: `${size} B`, status: 200, delivery },
      { title: `${size} B, chunked`, status: 200, delivery, chunked: true },
    ]
  }),
  { title: 'over the limit, declared', status: 413, delivery: tooLong },
  { title: 'over the limit, chunked', status: 413, delivery: tooLong, chunked: true },
  { title: 'far over the limit, chunked', status: 413, delivery: deliveryOf(bodyOf(4 * limitBytes)), chunked: true },
  { title: 'over the limit, not ended', status: 413, delivery: tooLong, chunked: true, stops: 'before-end' },
  { title: 'the client disconnects', status: 'ECONNRESET', delivery: valid, stops: 'halfway' },
  { title: 'it disconnects, chunked', status: 'ECONNRESET', delivery: valid, chunked: true, stops: 'halfway' },
  { title: 'tampered', status: 401, delivery: { ...valid, body: valid.body.replace('1,299', '9,299') } },
  { title: 'unsigned', status: 401, delivery: unsigned },
  { title: 'the handler throws', status: 500, delivery: signDelivery(type, { ...payload, fails: true }, { secret }) },
  { title: 'it throws again', status: 500, delivery: signDelivery(type, { ...payload, fails: true }, { secret }) },
]

/** Builds a JSON body of exactly this size. The currency signs cross the borders of chunks and of buffers. */
function bodyOf(size) {
  if (size <= 2) return ['', '7', '{}'][size]
  const padding = size - Buffer.byteLength(JSON.stringify({ ...payload, padding: '' }))
  return JSON.stringify({ ...payload, padding: '₹'.repeat(padding / 3) + 'x'.repeat(padding % 3) })
}

function deliveryOf(body) {
  return { ...valid, headers: { ...valid.headers, 'x-gallabox-signature': signBody(body, secret) }, body }
}

/** Selects the cases of a host. `skip` matches the titles of those that it cannot pass on. */
export function selectCases({ skip = /^$/ }) {
  return cases.filter(({ title }) => !skip.test(title))
}

/**
 * Sends each case, and a verified delivery after it, which must be handled. Returns the failures. A host that `resets` closes
 * the connection of a client that is still sending, which may then miss the response.
 */
export async function sendAll(url, output, { cases: sent, resets = false }) {
  const failures = []
  await waitUntilReady(url)
  const before = countCalls(output())
  for (const { title, status, ...sending } of sent) {
    const response = status === 413 ? sendTooLong(url, sending, { resets }) : send(url, sending)
    const received = await response.catch(codeOf)
    if (received !== status) failures.push(`${title}: ${received} instead of ${status}`)
    const next = await send(url, { delivery: valid }).catch(codeOf)
    if (next !== 200) failures.push(`the next one after "${title}": ${next} instead of 200`)
  }
  const expected = sent.length + sent.filter(({ status }) => status === 200).length
  const calls = await waitForCalls(() => countCalls(output()) - before, expected)
  if (calls !== expected) failures.push(`the handler was called ${calls} times instead of ${expected}`)
  const uncaught = findUncaughtError(output())
  if (uncaught) failures.push(uncaught)
  return failures
}

function codeOf(error) {
  return error.code ?? error.message
}

/** Waits until the host passes requests on. Some accept connections before that. */
async function waitUntilReady(url) {
  for (let i = 0; i < 100; i++) {
    if ((await send(url, { delivery: unsigned }).catch(() => 0)) === 401) return
    await sleep(100)
  }
}

/** Counts the lines that the handler of options.mjs has printed. */
function countCalls(output) {
  return output.match(/handled \S+$/gm)?.length ?? 0
}
