import Hapi from '@hapi/hapi'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Conversation.Create': ({ type, data }) => console.log(type, data.id),
  },
})

const server = Hapi.server({ port: process.env.PORT ?? 3000 })

server.route({
  method: 'POST',
  path: '/webhooks/gallabox',
  options: {
    // The signature takes the place of the server's default authentication.
    auth: false,
    // Leaves the body unread, because Gallabox signs the raw bytes, and the limit to the adapter.
    payload: { parse: false, output: 'stream', maxBytes: Number.MAX_SAFE_INTEGER },
  },
  async handler({ raw }, h) {
    await receive(raw.req, raw.res)
    // The response is already sent.
    return h.abandon
  },
})

await server.start()
