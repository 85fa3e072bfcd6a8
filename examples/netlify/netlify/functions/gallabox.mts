import { webhookHandler } from 'gallabox-webhooks/web'

export default webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
})

export const config = { path: '/webhooks/gallabox' }
