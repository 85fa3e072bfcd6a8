import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

// Nuxt and Nitro import fromNodeMiddleware, which is h3's, by its name.
export default fromNodeMiddleware(
  webhookHandler({
    // A function, because the build can load this module without secrets.
    secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
    },
  }),
)
