import { messageText } from 'npm:gallabox-webhooks'
import { webhookHandler } from 'npm:gallabox-webhooks/web'

Deno.serve(
  webhookHandler({
    secret: Deno.env.get('GALLABOX_WEBHOOK_SECRET'),
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
)
