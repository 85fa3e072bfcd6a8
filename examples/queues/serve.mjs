// A server that stops cleanly: told to end, it takes no more requests and waits for the handlers that still run.
import { createServer } from 'node:http'
import { webhookHandler } from 'gallabox-webhooks/node'

/**
 * Serves a receiver until SIGTERM, and then closes what its handlers use.
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
