// A client that can do what a well-behaved one cannot: stop half way, send slowly, keep sending after the answer.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { signBody } from 'gallabox-webhooks/testing'

export const secret = 'whsec_Jg8mZ2vQ ₹'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface SendOptions {
  readonly method?: string
  readonly headers?: Record<string, string | string[]>
  /** Send without Content-Length. */
  readonly chunked?: boolean
}

/** Headers as Gallabox would send with the body. */
export function signedHeaders(body: string | Uint8Array, event: string | null = 'Message.Received', key = secret) {
  return {
    'content-type': 'application/json',
    ...(event === null ? {} : { 'x-event-name': event }),
    'x-gallabox-signature': signBody(body, key),
  }
}

export function send(url: string, body: string | Uint8Array, options: SendOptions = {}): Promise<Answer> {
  const { method = 'POST', headers = signedHeaders(body), chunked = false } = options
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body as string)
    const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(bytes.byteLength) }
    const req = httpRequest(url, { method, headers: { ...length, ...headers }, agent: false }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk) => chunks.push(chunk))
      res.on('end', () =>
        resolve({ status: res.statusCode as number, headers: res.headers, body: Buffer.concat(chunks).toString() }),
      )
      res.on('error', reject)
    })
    req.on('error', reject)
    if (chunked) {
      const half = Math.ceil(bytes.byteLength / 2)
      req.write(bytes.subarray(0, half))
      req.end(bytes.subarray(half))
    } else {
      req.end(bytes)
    }
  })
}

/** Opens a bare connection and sends the head of a request; the caller does the rest. */
export async function openRaw(url: string, headers: Record<string, string>, method = 'POST'): Promise<Socket> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  const lines = Object.entries({ host: hostname, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`${method} ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`)
  return socket
}

/** Collects what a bare connection receives until it closes or the text is complete. */
export function readRaw(socket: Socket, until: RegExp = /\r\n\r\n\{.*\}$/s): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (until.test(text)) resolve(text)
    })
    socket.on('close', () => resolve(text))
  })
}

/** Writes to a bare connection until it closes or that many bytes are sent, and says how many were. */
export async function fill(socket: Socket, limitBytes: number): Promise<number> {
  let sent = 0
  while (!socket.destroyed && sent < limitBytes) {
    sent += 65536
    if (socket.write(Buffer.alloc(65536))) continue
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve)
      socket.once('close', () => resolve())
    })
  }
  return sent
}
