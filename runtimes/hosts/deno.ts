import { webhookHandler } from 'gallabox-webhooks/web'

Deno.serve(
  webhookHandler({
    secret: Deno.env.get('GALLABOX_WEBHOOK_SECRET'),
    onEvent: (event) => console.log(event.type),
  }),
)
