// A receiver written by hand on node:http, each step of which can be done wrong.
// It must not know this library.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

export const secret = 'whsec_Jg8mZ2vQ'

/** One request, as the steps see it. */
export interface Visit {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly body: Buffer
  /** What x-gallabox-signature says. */
  readonly given: string | undefined
}

/** The steps of a receiver. Those that are missing are right. */
export interface Steps {
  /** Reads the body; undefined where it has answered already. */
  readonly read?: (req: IncomingMessage, res: ServerResponse) => Promise<Buffer | undefined>
  readonly verify?: (visit: Visit) => boolean
  readonly refuse?: (visit: Visit) => void
  readonly handle?: (visit: Visit) => unknown
  readonly fail?: (visit: Visit, error: Error) => void
}

const limitBytes = 1024 * 1024

export function reply(res: ServerResponse, status: number, text = ''): void {
  res.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text)
}

/** Reads no more than 1 MiB, and nothing of what has no signature. */
export async function readBounded(req: IncomingMessage, res: ServerResponse): Promise<Buffer | undefined> {
  if (!req.headers['x-gallabox-signature']) {
    reply(res, 401)
    return undefined
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > limitBytes) {
      reply(res, 413)
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads whatever comes. */
export async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export function digestOf(body: string | Uint8Array, key: string | Uint8Array = secret): Buffer {
  return createHmac('sha256', key).update(body).digest()
}

/** Compares as it should be compared. */
export function isEqual(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

export function isGenuine({ given, body }: Visit): boolean {
  return isEqual(given, digestOf(body).toString('base64'))
}

/** Reads the members of a message, with care. */
export function handleCarefully({ body, res }: Visit): void {
  try {
    const { whatsapp } = Object(JSON.parse(body.toString()))
    String(whatsapp?.text?.body)
  } catch {
    reply(res, 400)
  }
}

/** Puts a receiver together. Without steps of its own, it is right. */
export function byHand(steps: Steps = {}): RequestListener {
  const { read = readBounded, verify = isGenuine, handle = handleCarefully } = steps
  const { refuse = ({ res }) => reply(res, 401), fail = ({ res }) => reply(res, 500) } = steps
  return async (req, res) => {
    const body = await read(req, res).catch(() => undefined)
    if (body === undefined) return
    const given = req.headers['x-gallabox-signature'] as string | undefined
    const visit = { req, res, body, given }
    try {
      if (!verify(visit)) return refuse(visit)
      await handle(visit)
      if (!res.headersSent) res.end('ok')
    } catch (error) {
      fail(visit, error as Error)
    }
  }
}
