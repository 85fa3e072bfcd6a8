// Receivers for the tests of commands, which record what they get.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { GallaboxEvent, OutcomeRecord, ReceiverOptions } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'
import { listen } from './listen.js'

export const secret = 'whsec_Jg8mZ2vQ'

/** Starts a correct receiver. */
export async function startReceiver(options: Partial<ReceiverOptions> = {}) {
  const events: GallaboxEvent[] = []
  const records: OutcomeRecord[] = []
  const handler = webhookHandler({
    secret,
    onEvent: (event) => void events.push(event),
    onOutcome: (record) => records.push(record),
    ...options,
  })
  return { url: await listen(createServer(handler)), events, records }
}

/** Starts a server that reads each request and then calls a function to respond. */
export async function startServer(
  respond: (req: IncomingMessage, res: ServerResponse, body: Buffer) => unknown = (_req, res) => res.end(),
) {
  const received: { method: string; rawHeaders: string[]; headers: IncomingMessage['headers']; body: Buffer }[] = []
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    received.push({ method: req.method as string, rawHeaders: req.rawHeaders, headers: req.headers, body })
    await respond(req, res, body)
  })
  return { url: await listen(server), received, server }
}
