import { env } from 'cloudflare:workers'
import { webhookHandler } from 'gallabox-webhooks/web'

// What `wrangler types` writes.
declare global {
  namespace Cloudflare {
    interface Env {
      readonly GALLABOX_WEBHOOK_SECRET: string
    }
  }
}

export default {
  fetch: webhookHandler({
    secret: env.GALLABOX_WEBHOOK_SECRET,
    onEvent: (event) => console.log(event.type),
  }),
} satisfies ExportedHandler
