import { customerPhone } from 'npm:gallabox-webhooks'
import { webhookHandler } from 'npm:gallabox-webhooks/web'

Deno.serve(
  webhookHandler({
    secret: Deno.env.get('GALLABOX_WEBHOOK_SECRET'),
    onEvent: (event) => console.log(event.type, customerPhone(event)),
  }),
)
