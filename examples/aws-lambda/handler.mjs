import { messageContent } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/lambda'

export const handler = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': (event) => console.log(event.type, messageContent(event).kind),
    'Conversation.created': (event) => console.log(event.type, event.data.id),
  },
})
