// One webhook receives the events of every channel of the account. Each channel has a handler of its own.
import express from 'express'
import { entityIds, messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

/** @typedef {import('gallabox-webhooks').GallaboxEvent} GallaboxEvent */

/** @type {Map<string | undefined, (event: GallaboxEvent) => unknown>} */
const handlers = new Map([
  [process.env.SALES_CHANNEL_ID, handleSales],
  [process.env.SUPPORT_CHANNEL_ID, handleSupport],
])
if (handlers.has(undefined)) throw new Error('Set SALES_CHANNEL_ID and SUPPORT_CHANNEL_ID.')

function handleSales(/** @type {GallaboxEvent} */ event) {
  console.log(event.type, 'sales', event.type === 'Message.Received' ? messageText(event) : '')
}

function handleSupport(/** @type {GallaboxEvent} */ event) {
  console.log(event.type, 'support', event.type === 'Message.Received' ? messageText(event) : '')
}

/** Contacts belong to the whole account. Statuses, reactions and payments name only their message. */
function handleAccountEvent(/** @type {GallaboxEvent} */ event) {
  console.log(event.type, 'account')
}

function handleEvent(/** @type {GallaboxEvent} */ event) {
  const { channelId } = entityIds(event)
  if (channelId === undefined) return handleAccountEvent(event)
  const handle = handlers.get(channelId)
  if (handle) return handle(event)
  // Not an error: Gallabox would retry, and the channel would still be unknown.
  console.log(event.type, 'unknown channel', channelId)
}

const app = express()
app.post('/webhooks/gallabox', webhookHandler({ secret: process.env.GALLABOX_WEBHOOK_SECRET, onEvent: handleEvent }))
app.listen(process.env.PORT ?? 3000)
