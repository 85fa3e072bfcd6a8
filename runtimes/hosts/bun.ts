import { webhookHandler } from 'gallabox-webhooks/web'

Bun.serve({
  hostname: '127.0.0.1',
  fetch: webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    onEvent: (event) => console.log(event.type),
  }),
})
