import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

// A route without a component is a resource route: it responds with what action returns.
export const action = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
