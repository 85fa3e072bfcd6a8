import { getSecret } from 'astro:env/server'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

// Without this, Astro renders the route once, when it builds a static site.
export const prerender = false

export const POST = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => getSecret('GALLABOX_WEBHOOK_SECRET'),
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
