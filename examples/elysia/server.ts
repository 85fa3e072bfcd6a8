import { Elysia } from 'elysia'
import { customerPhone } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type, customerPhone(event)),
})

new Elysia()
  // Use mount, which passes the request on unread. Gallabox signs the raw bytes, not the parsed JSON.
  .mount('/webhooks/gallabox', receive)
  .listen(Number(process.env.PORT ?? 3000))
