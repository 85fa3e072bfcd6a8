// A receiver on node:http, without this library. Tests replace a step with a faulty one.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

export const secret = 'whsec_Jg8mZ2vQ'

export interface StepContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly body: Buffer
  /** The value of x-gallabox-signature. */
  readonly signature: string | undefined
}

/** The steps of a receiver. Default: correct ones. */
export interface Steps {
  /** Reads the body. Returns undefined if it has already responded. */
  readonly read?: (req: IncomingMessage, res: ServerResponse) => Promise<Buffer | undefined>
  readonly verify?: (context: StepContext) => boolean
  readonly reject?: (context: StepContext) => void
  readonly handle?: (context: StepContext) => unknown
  readonly fail?: (context: StepContext, error: Error) => void
}

const maxBodyBytes = 1024 * 1024

export function respond(res: ServerResponse, status: number, text = ''): void {
  res.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text)
}

/** Reads at most 1 MiB, and nothing if there is no signature. */
export async function readBounded(req: IncomingMessage, res: ServerResponse): Promise<Buffer | undefined> {
  if (!req.headers['x-gallabox-signature']) {
    respond(res, 401)
    return undefined
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > maxBodyBytes) {
      respond(res, 413)
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads the body without a limit. */
export async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export function digestOf(body: string | Uint8Array, key: string | Uint8Array = secret): Buffer {
  return createHmac('sha256', key).update(body).digest()
}

export function isEqual(signature: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(signature ?? ''), Buffer.from(expected)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

export function isVerified({ signature, body }: StepContext): boolean {
  return isEqual(signature, digestOf(body).toString('base64'))
}

/** Reads a member of a message, if it is there. */
export function handleCarefully({ body, res }: StepContext): void {
  try {
    const { whatsapp } = Object(JSON.parse(body.toString()))
    String(whatsapp?.text?.body)
  } catch {
    respond(res, 400)
  }
}

/** Creates a receiver. Without steps, it is correct. */
export function createManualReceiver(steps: Steps = {}): RequestListener {
  const { read = readBounded, verify = isVerified, handle = handleCarefully } = steps
  const { reject = ({ res }) => respond(res, 401), fail = ({ res }) => respond(res, 500) } = steps
  return async (req, res) => {
    const body = await read(req, res).catch(() => undefined)
    if (body === undefined) return
    const signature = req.headers['x-gallabox-signature'] as string | undefined
    const context = { req, res, body, signature }
    try {
      if (!verify(context)) return reject(context)
      await handle(context)
      if (!res.headersSent) res.end('ok')
    } catch (error) {
      fail(context, error as Error)
    }
  }
}
