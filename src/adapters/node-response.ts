// Answering on Node.js: the whole reply first, then a little patience with a client that is still sending.
// It must not know what the reply means.
import type { Reply } from '../receiver/outcome.js'
import type { NodeStream } from './node-body.js'

/** The part of a Node.js request that is used. */
export interface NodeRequest extends NodeStream {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly httpVersionMajor: number
  readonly complete: boolean
}

/** The part of a Node.js response that is used. */
export interface NodeResponse {
  readonly headersSent: boolean
  readonly destroyed?: boolean | undefined
  readonly writableEnded: boolean
  /** On HTTP/2 alone. */
  readonly stream?: object | undefined
  /** As on Node's own responses. */
  writeHead(status: number, headers: Record<string, string | number>): unknown
  /** As on Node's own responses. */
  write(chunk: string): unknown
  /** As on Node's own responses. Two signatures, because HTTP/2 has no single one for both. */
  end(): unknown
  /** As on Node's own responses. */
  end(chunk: string): unknown
  /** As on Node's own responses. */
  destroy(): unknown
}

const discardLimitBytes = 256 * 1024
const discardLimitMs = 1000

/** Tells whether an answer now would leave bytes of the request unread. */
export function leavesUnread(req: NodeRequest): boolean {
  // Requests that tests inject never say that they are complete.
  if (req.complete || req.readableEnded || req.destroyed) return false
  if (req.httpVersionMajor >= 2) return true
  return 'transfer-encoding' in req.headers || Number(req.headers['content-length']) > 0
}

/**
 * Sends a reply. If bytes of the request are still to come, the connection is closed after it; but closing at once would
 * reset a client that is still sending, which would then never see the reply.
 */
export function sendReply(req: NodeRequest, res: NodeResponse, { status, headers, body }: Reply): void {
  if (res.headersSent) {
    // The handler began a reply of its own. If it failed then, the client must not wait for the rest.
    if (status >= 500 && !res.writableEnded) res.destroy()
    return
  }
  if (res.destroyed) return
  // Every body is ASCII, so its length is its number of bytes.
  const withLength = { ...headers, 'content-length': body.length }
  // A server may be set to throw at a body for HEAD.
  const written = req.method === 'HEAD' ? '' : body
  if (!leavesUnread(req)) {
    res.writeHead(status, withLength)
    res.end(written)
    return
  }
  const closable = req.httpVersionMajor < 2
  res.writeHead(status, closable ? { ...withLength, connection: 'close' } : withLength)
  if (written) res.write(written)
  discard(req, () => {
    res.end()
    // HTTP/2 has no connection to close, but a stream that the client may go on filling.
    if (!closable && !req.complete) closeStream(res.stream)
  })
}

function discard(req: NodeRequest, done: () => void): void {
  let left = discardLimitBytes
  let ended = false
  const timer = setTimeout(finish, discardLimitMs)

  function finish(): void {
    if (ended) return
    ended = true
    clearTimeout(timer)
    req.removeListener('data', onData)
    done()
  }
  function onData(chunk: unknown): void {
    // Text, if something has set an encoding.
    left -= (chunk as Uint8Array | string).length
    if (left < 0) finish()
  }
  req.on('data', onData)
  req.on('end', finish)
  req.on('error', finish)
  req.on('close', finish)
  req.resume()
}

function closeStream(stream: { close?(): void } | undefined): void {
  stream?.close?.()
}
