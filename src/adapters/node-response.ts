import type { WebhookResponse } from '../receiver/response.js'
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
  /** On HTTP/2 only. */
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

/** The part of an HTTP/2 stream that is used. */
interface Http2Stream {
  once(event: 'finish', listener: () => void): unknown
  destroy(): unknown
}

const drainLimitBytes = 256 * 1024
const drainLimitMs = 1000

/** Checks whether bytes of the request body have not been read yet. */
export function hasUnreadBody(req: NodeRequest): boolean {
  // Injected requests of tests are never `complete`.
  if (req.complete || req.readableEnded || req.destroyed) return false
  if (req.httpVersionMajor >= 2) return true
  return 'transfer-encoding' in req.headers || Number(req.headers['content-length']) > 0
}

/**
 * Sends a response. Where body bytes are unread, it drains a bounded part of them and then closes the connection. To close
 * at once would reset a client that is still sending, and it would never see the response.
 */
export function sendResponse(req: NodeRequest, res: NodeResponse, response: WebhookResponse): void {
  const { status, body } = response
  if (res.headersSent) {
    // The handler began its own response. If it failed then, the client must not wait for the rest.
    if (status >= 500 && !res.writableEnded) res.destroy()
    return
  }
  if (res.destroyed) return
  const withLength = headersWithLength(response)
  // A server can be configured to throw at a body in a response to HEAD.
  const written = req.method === 'HEAD' ? '' : body
  if (!hasUnreadBody(req)) {
    res.writeHead(status, withLength)
    res.end(written)
    return
  }
  const closable = req.httpVersionMajor < 2
  res.writeHead(status, closable ? { ...withLength, connection: 'close' } : withLength)
  if (written) res.write(written)
  drainRequest(req, () => {
    // HTTP/2 shares its connection. Destroy the stream, which the client may still be filling, once the response is out.
    if (!closable && !req.complete) destroyWhenFinished(res.stream)
    res.end()
  })
}

function headersWithLength({ headers, body }: WebhookResponse): Record<string, string | number> {
  // Response bodies are ASCII, so the length is the number of bytes.
  const withLength: Record<string, string | number> = { 'content-length': body.length }
  // Not a spread, which can take ten times as long for a frozen object (measured).
  for (const name of Object.keys(headers)) withLength[name] = headers[name] as string
  return withLength
}

function drainRequest(req: NodeRequest, done: () => void): void {
  let left = drainLimitBytes
  let ended = false
  const timer = setTimeout(finish, drainLimitMs)

  function finish(): void {
    if (ended) return
    ended = true
    clearTimeout(timer)
    req.removeListener('data', onData)
    done()
  }
  function onData(chunk: unknown): void {
    // A string where something set an encoding.
    left -= (chunk as Uint8Array | string).length
    if (left < 0) finish()
  }
  req.on('data', onData)
  req.on('end', finish)
  req.on('error', finish)
  req.on('close', finish)
  req.resume()
}

// A client that gets a reset together with the response keeps its session open, waiting for flow control (measured).
const resetDelayMs = 100

function destroyWhenFinished(stream: Partial<Http2Stream> | undefined): void {
  stream?.once?.('finish', () => setTimeout(() => stream.destroy?.(), resetDelayMs))
}
