import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

// Without this, Next.js parses the body before the handler runs.
export const config = { api: { bodyParser: false } }

export default webhookHandler({
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
