import express from 'express'
import { webhookHandler } from 'gallabox-webhooks/express'

const app = express()

// Mount it before express.json(). Gallabox signs the raw bytes, not the parsed JSON.
app.post(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.received': (event) => console.log(event.type, event.data.contact?.name, event.data.whatsapp?.text?.body),
      default: (event) => console.log(event.type),
    },
  }),
)

app.use(express.json())
// Your other routes go here, with req.body as an object.

app.listen(process.env.PORT ?? 3000)
