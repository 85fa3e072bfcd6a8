// One URL for two callers: a webhook that signs, and the "API call" step of a workflow, which sends a token.
import { createHash, timingSafeEqual } from 'node:crypto'
import express from 'express'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

const token = process.env.WORKFLOW_TOKEN
if (!token) throw new Error('Set WORKFLOW_TOKEN.')

const receiveWebhook = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    default: (event) => console.log(event.type),
  },
})

/** Compares two strings in constant time. The digests have the same length, which timingSafeEqual needs. */
function isEqual(/** @type {string} */ a, /** @type {string} */ b) {
  const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

const app = express()

// A request with a signature ends here, whether its signature is valid or not.
app.post('/gallabox', (req, res, next) => {
  if (req.headers['x-gallabox-signature'] === undefined) next()
  else receiveWebhook(req, res, next)
})

// A request without a signature needs the token. It never reaches the receiver.
app.post(
  '/gallabox',
  (req, res, next) => {
    if (isEqual(req.get('authorization') ?? '', `Bearer ${token}`)) next()
    else res.sendStatus(401)
  },
  express.json(),
  (req, res) => {
    console.log('workflow', req.body?.orderId)
    res.json({ status: 'shipped' })
  },
)

app.listen(process.env.PORT ?? 3000)
