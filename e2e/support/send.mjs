import { request } from 'node:http'

/**
 * Sends a delivery on its own connection and returns the status. `stops` leaves the request open: `after-head` or
 * `before-end`, where the response must come before the request ends, or `halfway`, where the client disconnects.
 */
export function send(url, { delivery: { method, headers, body }, chunked = false, stops }) {
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
    outgoing.on('timeout', () => outgoing.destroy(new Error('no response')))
    outgoing.on('error', reject)
    outgoing.flushHeaders()
    if (stops === 'halfway')
      outgoing.write(body.slice(0, body.length / 2), () => setTimeout(() => outgoing.destroy(), 50))
    else if (body && stops !== 'after-head') outgoing.write(body)
    if (!stops) outgoing.end()
  })
}
