import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

Bun.serve({
  // Bun reads the port from PORT. Default: 3000.
  routes: {
    '/webhooks/gallabox': webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      on: {
        'Message.Received': (event) => console.log(event.type, messageText(event)),
      },
    }),
  },
  fetch: () => new Response(null, { status: 404 }),
})
