import { request } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'

// More than any size at which a parser or a stream changes its way.
const pieceBytes = 128 * 1024

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
    else writeBody(outgoing, stops === 'after-head' ? '' : body, () => !stops && outgoing.end())
  })
}

/**
 * Writes a body, a long one in pieces, and looks for a response after each. A single write of megabytes goes on while the
 * server responds and closes the connection, fails, and discards the response (measured: 4 of 5 times for 4 MiB).
 */
async function writeBody(outgoing, body, done) {
  const bytes = Buffer.from(body)
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const piece = bytes.subarray(start, start + pieceBytes)
    if (piece.length === bytes.length) outgoing.write(piece)
    else await new Promise((written) => outgoing.write(piece, written)).then(() => nextTurn())
    if (outgoing.destroyed) return
  }
  done()
}

const maxTries = 3

/**
 * Sends a delivery that is too long and returns the status. The host closes the connection before it has read everything, so
 * a client that is busy at that moment misses the response. It tries again, unless the host always `resets`: then the reset
 * is as good as the response.
 */
export async function sendTooLong(url, delivery, { resets }) {
  for (let tries = 1; ; tries++) {
    try {
      return await send(url, delivery)
    } catch (error) {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error
      if (resets) return 413
      if (tries === maxTries) throw error
    }
  }
}
