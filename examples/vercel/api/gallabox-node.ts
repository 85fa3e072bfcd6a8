import { webhookHandler } from 'gallabox-webhooks/node'

export default webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
})
