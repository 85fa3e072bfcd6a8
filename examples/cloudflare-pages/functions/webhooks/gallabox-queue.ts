import { env } from 'cloudflare:workers'
import { webhookHandler } from 'gallabox-webhooks/web'

export const onRequestPost = webhookHandler({
  secret: env.GALLABOX_WEBHOOK_SECRET,
  onEvent: async (event, context) => {
    const name = event.type === 'unrecognized' ? event.name : event.type
    await env.QUEUE.send({ key: await context.key(), name, payload: event.data })
    console.log(event.type, 'is queued')
  },
})
