import express from 'express'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

const app = express()

// Mount it before express.json(). Gallabox signs the raw bytes, not the parsed JSON.
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

app.use(express.json())
// Your other routes go here, with req.body as an object.

app.listen(process.env.PORT ?? 3000)
