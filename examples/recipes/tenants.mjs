// Two tenants in one process, each with a URL and a secret of its own. They share one idempotency store.
import express from 'express'
import { memoryStore, messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

const tenants = {
  acme: process.env.ACME_WEBHOOK_SECRET,
  orbit: process.env.ORBIT_WEBHOOK_SECRET,
}
// For several processes: redisStore, postgresStore, sqlStore or dynamoStore.
const store = memoryStore()

const app = express()
for (const [tenant, secret] of Object.entries(tenants)) {
  app.post(
    `/webhooks/${tenant}`,
    webhookHandler({
      secret,
      // A prefix of each key, so that a delivery of one tenant is never a duplicate of another's.
      idempotency: { store, namespace: tenant },
      on: {
        'Message.Received': (event) => console.log(event.type, tenant, messageText(event)),
        default: (event) => console.log(event.type, tenant),
      },
    }),
  )
}

app.listen(process.env.PORT ?? 3000)
