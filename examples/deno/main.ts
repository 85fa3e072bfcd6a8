import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  secret: Deno.env.get('GALLABOX_WEBHOOK_SECRET'),
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT') ?? 3000) }, (request) => {
  const { pathname } = new URL(request.url)
  return pathname === '/webhooks/gallabox' ? receive(request) : new Response(null, { status: 404 })
})
