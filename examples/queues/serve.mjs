// A server with a graceful shutdown: it stops accepting requests and waits for running handlers.
import { createServer } from 'node:http'
import { webhookHandler } from 'gallabox-webhooks/node'

/**
 * Serves a receiver until SIGTERM, then closes the resources of its handlers.
 *
 * @param {import('gallabox-webhooks').Receiver} receiver
 * @param {() => Promise<void>} close
 */
export function serve(receiver, close) {
  const server = createServer(webhookHandler(receiver))
  server.listen(Number(process.env.PORT ?? 3000), () => console.log('listening', server.address()))
  process.once('SIGTERM', async () => {
    server.close()
    await receiver.drain()
    await close()
  })
}
