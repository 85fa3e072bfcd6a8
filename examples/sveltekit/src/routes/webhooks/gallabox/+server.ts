import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'
import { env } from '$env/dynamic/private'

export const POST = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
