import { webhookHandler } from 'gallabox-webhooks/web'

Bun.serve({
  // Bun reads the port from PORT. Default: 3000.
  routes: {
    '/webhooks/gallabox': webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      onEvent: (event) => console.log(event.type),
    }),
  },
  fetch: () => new Response(null, { status: 404 }),
})
