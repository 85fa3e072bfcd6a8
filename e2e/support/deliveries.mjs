// What is sent to every host, and what each must answer.
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'

export const secret = 'whsec_Jg8mZ2vQ ₹'

const limitBytes = 1024 * 1024
const type = 'Message.Received'
const payload = samplePayload(type)
const genuine = signDelivery(type, payload, { secret })
const huge = signDelivery(type, { ...payload, padding: 'x'.repeat(limitBytes) }, { secret })

const cases = [
  { title: 'signed, base64', status: 200, delivery: genuine },
  { title: 'signed, hex', status: 200, delivery: signDelivery(type, payload, { secret, encoding: 'hex' }) },
  { title: 'signed, chunked', status: 200, delivery: genuine, chunked: true },
  { title: 'forged', status: 401, delivery: signDelivery(type, payload, { secret: 'another secret' }) },
  { title: 'unsigned', status: 401, delivery: signDelivery(type, payload, { secret: undefined }) },
  // These two keep the request open: the answer must come before its end.
  { title: 'over the limit, declared', status: 413, delivery: huge, stops: 'after-head' },
  { title: 'over the limit, chunked', status: 413, delivery: huge, chunked: true, stops: 'before-end' },
  { title: 'GET', delivery: { method: 'GET', headers: {}, body: '' } },
]

/**
 * Sends every case to a host and reports each, then how many deliveries its handler has heard of. `get` is its answer to a
 * GET. A host that `readsFirst` calls the handler with the body it has read, so that no answer can come before its end. One
 * that `resets` ends the connection of a client that is still sending, which may then never see the answer.
 */
export async function sendAll(url, output, report, { get = 405, readsFirst = false, resets = false } = {}) {
  const before = countEvents(output())
  for (const { title, status = get, stops, ...sending } of cases) {
    await report(`${title} -> ${status}`, async () => {
      const answer = await send(url, { ...sending, stops: readsFirst ? undefined : stops }).catch((error) => {
        if (resets && stops === 'before-end' && error.code === 'ECONNRESET') return status
        throw error
      })
      if (answer !== status) throw new Error(`the answer is ${answer}`)
    })
  }
  const expected = cases.filter(({ status }) => status === 200).length
  await report(`the handler heard of ${expected} deliveries`, async () => {
    let heard = 0
    // What a host logs may take a moment to arrive here.
    for (let i = 0; i < 20 && heard < expected; i++) {
      await sleep(50)
      heard = countEvents(output()) - before
    }
    if (heard !== expected) throw new Error(`it heard of ${heard}`)
  })
}

function countEvents(output) {
  return output.split('\n').filter((line) => line.trim().split(' ')[0] === type).length
}

function send(url, { delivery: { method, headers, body }, chunked = false, stops }) {
  return new Promise((resolve, reject) => {
    const framing = chunked
      ? { 'transfer-encoding': 'chunked' }
      : method === 'GET'
        ? {}
        : { 'content-length': Buffer.byteLength(body) }
    const outgoing = request(url, { method, headers: { ...headers, ...framing }, agent: false, timeout: 8000 })
    outgoing.on('response', (incoming) => {
      resolve(incoming.statusCode)
      outgoing.destroy()
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('there is no answer')))
    outgoing.on('error', reject)
    outgoing.flushHeaders()
    if (body && stops !== 'after-head') outgoing.write(body)
    if (!stops) outgoing.end()
  })
}
