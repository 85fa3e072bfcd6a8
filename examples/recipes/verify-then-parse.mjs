// Verifies deliveries and stores their bytes. verify-then-parse-worker.mjs parses and handles them later.
import Database from 'better-sqlite3'
import express from 'express'
import { webhookHandler } from 'gallabox-webhooks/express'

const database = new Database(process.env.DATABASE ?? 'deliveries.db')
database.pragma('journal_mode = WAL')
database.exec(`CREATE TABLE IF NOT EXISTS deliveries
  (key TEXT PRIMARY KEY, name TEXT, body BLOB NOT NULL, received_at TEXT NOT NULL, handled INTEGER NOT NULL DEFAULT 0)`)
// The key is the same when Gallabox sends a delivery again.
const insert = database.prepare(
  'INSERT INTO deliveries (key, name, body, received_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
)

const app = express()
app.post(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    async onEvent(event, context) {
      // An event that this version of the library does not recognize may be one that the next version recognizes.
      const name = event.type === 'unrecognized' ? event.name : event.type
      insert.run(await context.key(), name, context.rawBody, context.receivedAt.toISOString())
      console.log(event.type, 'stored')
    },
  }),
)
app.listen(process.env.PORT ?? 3000)
