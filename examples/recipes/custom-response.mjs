// Verifies a delivery in Express, and sends a response of its own.
import express from 'express'
import { messageText } from 'gallabox-webhooks'
import { webhookMiddleware } from 'gallabox-webhooks/express'

const verify = webhookMiddleware({ secret: process.env.GALLABOX_WEBHOOK_SECRET })

const app = express()
app.post('/webhooks/gallabox', verify, async (req, res) => {
  // Set by the middleware. An invalid delivery never gets here.
  const { event, context } = /** @type {import('gallabox-webhooks').VerifiedDelivery} */ (req.gallabox)
  console.log(event.type, event.type === 'Message.Received' ? messageText(event) : '')
  res.json({ received: event.type, id: await context.key() })
})
app.listen(process.env.PORT ?? 3000)
