import Fastify from 'fastify'
import { messageText } from 'gallabox-webhooks'
import { webhookPlugin } from 'gallabox-webhooks/fastify'

const app = Fastify()

// The plugin reads the raw bytes itself. Body parsers of your other routes do not apply to it.
await app.register(webhookPlugin, {
  url: '/webhooks/gallabox',
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    default: (event) => console.log(event.type),
  },
})

// Your other routes go here, with request.body as an object.

await app.listen({ port: Number(process.env.PORT ?? 3000) })
