import { webhookHandler } from 'gallabox-webhooks/web'

Bun.serve({
  // Bun takes the port from PORT, or 3000.
  routes: {
    '/webhooks/gallabox': webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      onEvent: (event) => console.log(event.type),
    }),
  },
  fetch: () => new Response(null, { status: 404 }),
})
