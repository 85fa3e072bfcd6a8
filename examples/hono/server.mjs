import { serve } from '@hono/node-server'
import { occurredAt } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'
import { Hono } from 'hono'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type, occurredAt(event)?.toISOString()),
})

const app = new Hono()

// Pass c.req.raw, the unread Request. c.req.json() would consume the bytes that Gallabox signs.
app.post('/webhooks/gallabox', (c) => receive(c.req.raw))

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
