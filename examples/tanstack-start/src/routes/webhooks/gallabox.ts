import { createFileRoute } from '@tanstack/react-router'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

export const Route = createFileRoute('/webhooks/gallabox')({
  server: {
    handlers: {
      POST: webhookHandler({
        // A function, because the build loads this module without secrets.
        secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
        on: {
          'Message.Received': (event) => console.log(event.type, messageText(event)),
        },
      }),
    },
  },
})
