// Receives webhooks and queues each event before it responds. A 200 means that the event is in the queue.
import { env } from 'cloudflare:workers'
import { webhookHandler } from 'gallabox-webhooks/web'

export default {
  fetch: webhookHandler({
    secret: env.GALLABOX_WEBHOOK_SECRET,
    onEvent: async (event, context) => {
      const name = event.type === 'unrecognized' ? event.name : event.type
      await env.QUEUE.send({ key: await context.key(), name, payload: event.data })
    },
  }),
}
