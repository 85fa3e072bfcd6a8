import Fastify from 'fastify'
import { messageText } from 'gallabox-webhooks'
import { webhookPlugin } from 'gallabox-webhooks/fastify'

const app = Fastify()

// A plugin with a scope of its own: it reads the bytes that Gallabox signs, whatever parses the bodies of other routes.
await app.register(webhookPlugin, {
  url: '/webhooks/gallabox',
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': (event) => console.log(event.type, messageText(event)),
  },
  onEvent: (event) => console.log(event.type),
})

// Your other routes go here, with request.body as an object.

await app.listen({ port: Number(process.env.PORT ?? 3000) })
