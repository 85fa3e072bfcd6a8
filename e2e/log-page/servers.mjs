// The servers of the check: listen, and a server that it forwards to.
import { createServer } from 'node:http'
import { inModules } from '../support/install.mjs'
import { freePorts, serve } from '../support/processes.mjs'

const { samplePayload, signDelivery } = await import('gallabox-webhooks/testing')

export const secret = 'whsec_Jg8mZ2vQ ₹'

const program = inModules('gallabox-webhooks/dist/cli.js')

/** Starts listen on a free port. */
export async function startListen({ args = [], env = {} } = {}) {
  const [port] = await freePorts(1)
  const options = { ports: [port], env: { PATH: process.env.PATH, ...env } }
  const server = await serve(process.execPath, [program, 'listen', '--port', `${port}`, ...args], options)
  const [address] = /http:\/\/localhost:\d+\/_log\?key=\S+/.exec(server.output())
  return { ...server, url: `http://localhost:${port}`, address }
}

/** What the server responds to an event. It verifies nothing but the length of the signature. */
const responses = {
  'Contact.Updated': [500, 'TypeError: no contact +919876543210\n    at handler (/app/server.js:12:30)'],
  'Careless.Event': [200, '{"ok":true}'],
  'Hard.Event': [401, '{"ok":false}'],
}

/** Starts the server that listen forwards to. */
export function startTarget() {
  const received = []
  const server = createServer(async (req, res) => {
    const chunks = await req.toArray()
    received.push({ method: req.method, headers: req.headers, body: Buffer.concat(chunks).toString() })
    const isSigned = req.headers['x-gallabox-signature']?.length === 44
    const [status, body] = responses[req.headers['x-event-name']] ?? [isSigned ? 200 : 401, `{"ok":${isSigned}}`]
    res.writeHead(status, { 'content-type': 'text/plain', 'set-cookie': 'session=abc' }).end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${server.address().port}/webhooks/gallabox`
      resolve({ url, received, stop: () => server.close() })
    })
  })
}

/** Sends a signed delivery. `change` may replace its parts. */
export async function send(url, type, data = samplePayload(type), change = (delivery) => delivery) {
  const { method, headers, body } = change(signDelivery(type, data, { secret }))
  return (await fetch(url, { method, headers, body })).status
}

/** A change that adds a prefix to the signature. */
export function prefixed({ headers, ...delivery }) {
  const signature = `sha256=${headers['x-gallabox-signature']}`
  return { ...delivery, headers: { ...headers, 'x-gallabox-signature': signature } }
}

/** A change that removes the signature. */
export function unsigned({ headers: { 'x-gallabox-signature': _signature, ...headers }, ...delivery }) {
  return { ...delivery, headers }
}

export function equal(found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
}
