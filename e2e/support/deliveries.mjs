// The deliveries that every host receives, and the status that it must respond with.
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { send, sendTooLong } from './send.mjs'
import { waitForCalls } from './wait-for-calls.mjs'

export const secret = 'whsec_Jg8mZ2vQ ₹'
/** The note of the delivery for which the handlers throw. */
export const throwingNote = 'the handler throws'

const limitBytes = 1024 * 1024
const type = 'Message.Received'
const payload = samplePayload(type)
const valid = signDelivery(type, payload, { secret })
const withEmoji = signDelivery(type, { ...payload, note: 'नमस्ते 🙏🏽 ₹1,299' }, { secret })
const throwing = signDelivery(type, { ...payload, note: throwingNote }, { secret })
const huge = signDelivery(type, { ...payload, padding: 'x'.repeat(limitBytes) }, { secret })

const cases = [
  { title: 'signed, base64', status: 200, delivery: valid },
  { title: 'signed, hex', status: 200, delivery: signDelivery(type, payload, { secret, encoding: 'hex' }) },
  { title: 'signed, chunked', status: 200, delivery: valid, chunked: true },
  { title: 'signed, with emoji', status: 200, delivery: withEmoji },
  { title: 'tampered', status: 401, delivery: { ...withEmoji, body: withEmoji.body.replace('1,299', '9,299') } },
  { title: 'forged', status: 401, delivery: signDelivery(type, payload, { secret: 'another secret' }) },
  { title: 'unsigned', status: 401, delivery: signDelivery(type, payload, { secret: null }) },
  // These two keep the request open: the response must come before its end.
  { title: 'over the limit, declared', status: 413, delivery: huge, stops: 'after-head' },
  { title: 'over the limit, chunked', status: 413, delivery: huge, chunked: true, stops: 'before-end' },
  { title: 'GET', statusOf: 'get', delivery: { method: 'GET', headers: {}, body: '' } },
  { title: 'the handler throws', statusOf: 'throws', delivery: throwing },
  { title: 'it throws again', statusOf: 'throws', delivery: throwing },
  { title: 'signed, after that', status: 200, delivery: valid },
]

/**
 * Sends every case to a host and reports each, then the number of calls of its handler. `get` is its status for a GET
 * request, `throws` for a handler that throws. A host that `readsFirst` reads the whole body before it calls the handler, so
 * it cannot respond earlier. One that `resets` closes the connection of a client that is still sending, which may then miss
 * the response. `skip` matches the titles of cases that a host cannot pass on. `once` is for a receiver with a store, which
 * handles each body once.
 */
export async function sendAll(
  url,
  output,
  report,
  { get = 405, throws = 500, readsFirst = false, resets = false, skip = /^$/, once = false } = {},
) {
  const before = countEvents(output())
  const sent = cases.filter(({ title }) => !skip.test(title))
  for (const { title, statusOf, status = { get, throws }[statusOf], stops, ...sending } of sent) {
    await report(`${title} -> ${status}`, async () => {
      const delivery = { ...sending, stops: readsFirst ? undefined : stops }
      const received = await (status === 413 ? sendTooLong(url, delivery, { resets }) : send(url, delivery))
      if (received !== status) throw new Error(`the status is ${received}`)
    })
  }
  const accepted = sent.filter(({ status }) => status === 200).map(({ delivery }) => delivery.body)
  const failed = sent.filter(({ statusOf }) => statusOf === 'throws').length
  const expected = (once ? new Set(accepted).size : accepted.length) + failed
  await report(`the handler is called ${expected} times`, async () => {
    const calls = await waitForCalls(() => countEvents(output()) - before, expected)
    if (calls !== expected) throw new Error(`it was called ${calls} times`)
  })
}

function countEvents(output) {
  return output.split('\n').filter((line) => line.trim().split(' ')[0] === type).length
}
