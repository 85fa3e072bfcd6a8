import { createFileRoute } from '@tanstack/react-router'
import { webhookHandler } from 'gallabox-webhooks/web'

export const Route = createFileRoute('/webhooks/gallabox')({
  server: {
    handlers: {
      POST: webhookHandler({
        // A function, because the build loads this module without secrets.
        secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
        onEvent: (event) => console.log(event.type),
      }),
    },
  },
})
