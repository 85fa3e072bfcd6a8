// What all servers share: the path, the secret, the body limit and the handler.
import { createServer } from 'node:http'

export const path = '/webhooks/gallabox'
export const secret = 'whsec_Jg8mZ2vQkP4yT7sB1nXc'
export const limitBytes = 1024 * 1024
const host = '127.0.0.1'

/** The number of handled events, to verify that each was handled. */
export const handled = { count: 0 }

/** The handler of every server. */
export function handle(data) {
  if (typeof data.accountId === 'string') handled.count++
}

/** Listens on a free port. */
export function listen(listener) {
  const server = createServer(listener)
  return new Promise((resolve) => server.listen(0, host, () => resolve(server.address().port)))
}

/** Listens with plain Node.js, on one path only. */
export function listenNode(listener) {
  return listen((req, res) => (req.url === path ? listener(req, res) : res.writeHead(404).end()))
}

/** Listens with Fastify, which creates its own server. */
export async function listenFastify(app) {
  return Number(new URL(await app.listen({ host, port: 0 })).port)
}

/** Listens with a fetch handler. */
export async function listenFetch(app) {
  const { getRequestListener } = await import('@hono/node-server')
  return listen(getRequestListener(app.fetch))
}
