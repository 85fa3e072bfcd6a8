import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export const POST = webhookHandler({
  // A function, because `next build` loads this module without secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
