import { env } from 'cloudflare:workers'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export default {
  fetch: webhookHandler({
    secret: env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
} satisfies ExportedHandler
