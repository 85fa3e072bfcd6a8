import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readNodeBody } from '../../../adapters/node-body.js'
import { sendResponse } from '../../../adapters/node-response.js'
import { timedOut, withTimeout } from '../../../platform/promises.js'
import { isBodyErrorCode } from '../../../receiver/errors.js'
import { responseFor } from '../../../receiver/response.js'
import { toHeaderList } from '../../shared/http-client.js'
import { UsageError } from '../../shared/options.js'
import { oneLine } from '../../shared/terminal.js'
import { isPageRequest } from './page-server/page-handler.js'
import type { ListenRequestHandler } from './receive.js'
import { isVisit, respondToVisit } from './welcome.js'

export interface ListenServerOptions {
  readonly port: number
  readonly handleDelivery: ListenRequestHandler
  readonly handlePageRequest: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Called for a request whose body cannot be read, and for an unexpected error. */
  readonly onProblem: (message: string) => void
}

// Each connection can buffer a whole body, so this limits the memory.
const maxConnections = 500
const limits = { maxBytes: 1024 * 1024, timeoutMs: 10_000 }

/** Starts the server on the loopback interface. Throws a UsageError if the port is not available. */
export async function startServer({ port, handleDelivery, handlePageRequest, onProblem }: ListenServerOptions) {
  const server = createServer((req, res) => {
    const handling = isPageRequest(req) ? handlePageRequest(req, res) : receive(req, res)
    handling.catch((error: Error) => {
      onProblem(oneLine(error.message, 200))
      sendResponse(req, res, responseFor('handler-failed'))
    })
  })

  async function receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (isVisit(req)) return respondToVisit(req, res)
    const body = await readRequestBody(req)
    if (typeof body === 'string') {
      onProblem(`Rejected a request: ${body}.`)
      return sendResponse(req, res, responseFor(body))
    }
    const response = await handleDelivery({ method: req.method as string, headers: toHeaderList(req.rawHeaders), body })
    // Without writeHead, Node computes the Content-Length, and omits it where it is not allowed.
    res.statusCode = response.status
    // A forwarded response may contain untrusted HTML. Its origin is that of the log page, so it gets no access.
    res.appendHeader('content-security-policy', 'sandbox')
    res.appendHeader('x-content-type-options', 'nosniff')
    for (const [name, value] of response.headers) res.appendHeader(name, value)
    res.end(response.body)
  }

  server.maxConnections = maxConnections
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch(({ code }: NodeJS.ErrnoException) => {
    const problem =
      code === 'EADDRINUSE' ? `Port ${port} is already in use.` : `Cannot listen on port ${port}: ${code}.`
    throw new UsageError(`${problem} Choose another with --port.`)
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

async function readRequestBody(req: IncomingMessage) {
  try {
    const reading = readNodeBody({ stream: req, headers: req.headers, holders: [], hint: () => '' }, limits)
    const body = await withTimeout(Promise.resolve(reading), limits.timeoutMs)
    return body === timedOut ? 'body-timeout' : (body as Uint8Array)
  } catch (error) {
    const { code } = error as { code?: unknown }
    return isBodyErrorCode(code) ? code : 'body-aborted'
  }
}
