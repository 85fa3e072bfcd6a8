import { env } from 'cloudflare:workers'
import { messageText } from 'gallabox-webhooks'
import { sqlStore } from 'gallabox-webhooks/sql'
import { webhookHandler } from 'gallabox-webhooks/web'

// In D1, so that a delivery that Gallabox sends again is handled once.
const store = sqlStore(
  async (sql, values) => {
    const { results } = await env.DB.prepare(sql)
      .bind(...values)
      .all()
    return results
  },
  { dialect: 'sqlite' },
)

export const onRequestPost = webhookHandler({
  secret: env.GALLABOX_WEBHOOK_SECRET,
  idempotency: { store },
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})
