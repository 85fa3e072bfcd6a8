import { Elysia } from 'elysia'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

new Elysia()
  // Use mount, which passes the request on unread. Gallabox signs the raw bytes, not the parsed JSON.
  .mount(
    '/webhooks/gallabox',
    webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      on: {
        'Message.Received': (event) => console.log(event.type, messageText(event)),
      },
    }),
  )
  .listen(Number(process.env.PORT ?? 3000))
