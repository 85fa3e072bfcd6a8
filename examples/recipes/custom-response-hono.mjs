// Verifies a delivery in Hono, and sends a response of its own. The same call works in each Web-standard framework.
import { serve } from '@hono/node-server'
import { messageText } from 'gallabox-webhooks'
import { verifyRequest } from 'gallabox-webhooks/web'
import { Hono } from 'hono'

const app = new Hono()
app.post('/webhooks/gallabox', async (c) => {
  const result = await verifyRequest(c.req.raw, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
  if (!result.ok) {
    console.warn(result.code, result.message)
    return new Response(null, { status: result.status })
  }
  const { event, context } = result
  console.log(event.type, event.type === 'Message.Received' ? messageText(event) : '')
  return c.json({ received: event.type, id: await context.key() })
})
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
