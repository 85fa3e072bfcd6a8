// The listener's HTTP server: deliveries to the intake, the page's requests to the page.
// It must not know what becomes of either.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { takeNodeBody } from '../../../adapters/node-body.js'
import { sendReply } from '../../../adapters/node-response.js'
import { timedOut, withTimeout } from '../../../platform/promises.js'
import { isBodyErrorCode } from '../../../receiver/errors.js'
import { replyOf } from '../../../receiver/outcome.js'
import { UsageError } from '../../shared/options.js'
import { oneLine } from '../../shared/terminal.js'
import type { Intake } from './intake.js'
import { isForPage } from './page.js'

export interface ServerOptions {
  readonly port: number
  readonly intake: Intake
  readonly page: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Hears of what could not become a delivery, and of what nobody foresaw. */
  readonly onFault: (message: string) => void
}

// Each may hold a whole body, so their number bounds the memory that strangers can take.
const maxConnections = 500
const limits = { limitBytes: 1024 * 1024, timeoutMs: 10_000 }

/** Starts the server on the loopback interface. Throws a UsageError where the port cannot be had. */
export async function startServer({ port, intake, page, onFault }: ServerOptions) {
  const server = createServer((req, res) => {
    const work = isForPage(req) ? page(req, res) : receive(req, res)
    work.catch((error: Error) => {
      onFault(oneLine(error.message, 200))
      sendReply(req, res, replyOf('handler-failed'))
    })
  })

  async function receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await readBody(req)
    if (typeof body === 'string') {
      onFault(`A request was refused before it was a delivery: ${body}.`)
      return sendReply(req, res, replyOf(body))
    }
    const answer = await intake({ method: req.method as string, headers: pairHeaders(req.rawHeaders), body })
    // Not writeHead: so Node counts the bytes itself, and sends none where there must be none.
    res.statusCode = answer.status
    // What another server says, perhaps an echo of a stranger's HTML, must not act as the log page, whose origin it shares.
    res.appendHeader('content-security-policy', 'sandbox')
    res.appendHeader('x-content-type-options', 'nosniff')
    for (const [name, value] of answer.headers) res.appendHeader(name, value)
    res.end(answer.body)
  }

  server.maxConnections = maxConnections
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'something else listens on it' : error.code
    throw new UsageError(`Port ${port} cannot be had: ${why}. Choose another with --port.`)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close(): Promise<void> {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function readBody(req: IncomingMessage) {
  try {
    const reading = takeNodeBody({ stream: req, rawBody: undefined, body: undefined, advice: '' }, limits)
    const body = await withTimeout(Promise.resolve(reading), limits.timeoutMs)
    return body === timedOut ? 'body-timeout' : (body as Uint8Array)
  } catch (error) {
    const { code } = error as { code?: unknown }
    return isBodyErrorCode(code) ? code : 'body-aborted'
  }
}

function pairHeaders(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] as string] as const] : []))
}
