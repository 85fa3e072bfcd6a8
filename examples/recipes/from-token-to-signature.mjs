// The middle of a migration: accepts signed deliveries, and unsigned ones that carry the old token.
import { createHash, timingSafeEqual } from 'node:crypto'
import express from 'express'
import { messageText, parseEvent } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

const token = process.env.OLD_TOKEN
if (!token) throw new Error('Set OLD_TOKEN.')

/** @param {import('gallabox-webhooks').GallaboxEvent} event */
async function handleEvent(event, way = 'signature') {
  // Count these lines. Once none says "token", remove the old way.
  console.log(event.type, way, event.type === 'Message.Received' ? messageText(event) : '')
}

const receiveSigned = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => handleEvent(event),
})

/** Compares two strings in constant time. The digests have the same length, which timingSafeEqual needs. */
function isEqual(/** @type {string} */ a, /** @type {string} */ b) {
  const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

const app = express()

// A request with a signature ends here. An invalid one is rejected, also with the right token.
app.post('/webhooks/gallabox', (req, res, next) => {
  if (req.headers['x-gallabox-signature'] === undefined) next()
  else receiveSigned(req, res, next)
})

// The old way, for requests without a signature.
app.post(
  '/webhooks/gallabox',
  (req, res, next) => {
    // If your token is in a header: req.get('x-webhook-token').
    if (isEqual(`${req.query.token ?? ''}`, token)) next()
    else res.sendStatus(401)
  },
  express.raw({ type: () => true, limit: '1mb' }),
  async (req, res) => {
    await handleEvent(parseEvent(req.get('x-event-name'), req.body), 'token')
    res.sendStatus(200)
  },
)

app.listen(process.env.PORT ?? 3000)
