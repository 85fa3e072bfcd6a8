// A client that can also stop early, send slowly, and keep sending after the response.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { signBody } from 'gallabox-webhooks/testing'

export const secret = 'whsec_Jg8mZ2vQ ₹'

export interface ClientResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface SendOptions {
  readonly method?: string
  readonly headers?: Record<string, string | string[]>
  /** Sends without Content-Length. */
  readonly chunked?: boolean
}

/** Returns the headers that Gallabox sends with a body. */
export function signedHeaders(
  body: string | Uint8Array,
  event: string | null = 'Message.Received',
  signingSecret = secret,
) {
  return {
    'content-type': 'application/json',
    ...(event === null ? {} : { 'x-event-name': event }),
    'x-gallabox-signature': signBody(body, signingSecret),
  }
}

export function send(url: string, body: string | Uint8Array, options: SendOptions = {}): Promise<ClientResponse> {
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

/** Opens a connection and sends the head of a request. The caller sends the rest. */
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

/** Collects what a connection receives, until it closes or the response is complete. */
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

/** Writes to a connection until it closes or `limitBytes` are sent. Returns the number of bytes sent. */
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
