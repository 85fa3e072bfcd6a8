import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/lambda'

export const handler = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
