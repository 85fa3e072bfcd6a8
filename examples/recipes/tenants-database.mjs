// Any number of tenants, whose secrets are in a database. The URL names the tenant: /webhooks/acme.
import Database from 'better-sqlite3'
import express from 'express'
import { memoryStore, messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

const database = new Database(process.env.DATABASE ?? 'tenants.db')
database.exec('CREATE TABLE IF NOT EXISTS secrets (tenant TEXT NOT NULL, secret TEXT NOT NULL)')
// A tenant has two secrets during a rotation.
const selectSecrets = database.prepare('SELECT secret FROM secrets WHERE tenant = ?').pluck()

const cacheMs = Number(process.env.CACHE_MS ?? 60_000)
/** @type {Map<string, { expiresAt: number, secrets: { id: string, secret: string }[] }>} */
const cache = new Map()

/** Returns the secrets of a tenant, or null if there is no such tenant. */
async function findSecrets(/** @type {string} */ tenant) {
  const cached = cache.get(tenant)
  if (cached && cached.expiresAt > Date.now()) return cached.secrets
  // Await your database here.
  const rows = /** @type {string[]} */ (selectSecrets.all(tenant))
  const secrets = rows.map((secret) => ({ id: tenant, secret }))
  cache.delete(tenant)
  // Tenants that do not exist are not cached, because an attacker can ask for any number of them.
  if (secrets.length === 0) return null
  cache.set(tenant, { expiresAt: Date.now() + cacheMs, secrets })
  return secrets
}

const app = express()
app.post(
  '/webhooks/:tenant',
  webhookHandler({
    // The request is not verified yet. Use it only to look the secret up.
    secret: ({ url = '' }) => findSecrets(new URL(url, 'http://localhost').pathname.replace('/webhooks/', '')),
    idempotency: {
      store: memoryStore(),
      // The tenant is part of each key. Tag events and Template.Status can legitimately repeat.
      key: async (event, context) =>
        /\.Tag\.|^Template\.Status$/.test(event.type) ? null : `${context.secretId}:${await context.key()}`,
    },
    onEvent: (event, { secretId: tenant }) =>
      console.log(event.type, tenant, event.type === 'Message.Received' ? messageText(event) : ''),
    onOutcome: ({ code, message, error }) => message && console.warn(code, message, error ?? ''),
  }),
)

app.listen(process.env.PORT ?? 3000)
