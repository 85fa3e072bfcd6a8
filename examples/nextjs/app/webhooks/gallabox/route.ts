import { webhookHandler } from 'gallabox-webhooks/web'

export const POST = webhookHandler({
  // A function: `next build` loads this module, and a build has no secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
})
