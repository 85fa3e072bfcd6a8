import { serve } from '@hono/node-server'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'
import { Hono } from 'hono'

const app = new Hono()

// Mount it before middleware that reads the body. Gallabox signs the raw bytes, not the parsed JSON.
app.post(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
      default: (event) => console.log(event.type),
    },
  }),
)

// Your other routes go here.

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
