// Handles the deliveries that verify-then-parse.mjs has stored, each in a transaction of its own.
import Database from 'better-sqlite3'
import { messageText, parseEvent } from 'gallabox-webhooks'

const database = new Database(process.env.DATABASE ?? 'deliveries.db')
const select = database.prepare('SELECT key, name, body FROM deliveries WHERE handled = 0 ORDER BY received_at')
const markHandled = database.prepare('UPDATE deliveries SET handled = 1 WHERE key = ?')

/** @typedef {{ key: string, name: string | null, body: Uint8Array }} StoredDelivery */

const handleDelivery = database.transaction((/** @type {StoredDelivery} */ { key, name, body }) => {
  markHandled.run(key)
  // Verified when it was stored, so this parses only.
  handleEvent(parseEvent(name, body))
})

function handleEvent(/** @type {import('gallabox-webhooks').GallaboxEvent} */ event) {
  // Your work, in the same transaction.
  console.log(event.type, event.type === 'Message.Received' ? messageText(event) : '')
}

for (const delivery of /** @type {StoredDelivery[]} */ (select.all())) {
  try {
    handleDelivery(delivery)
  } catch (error) {
    // Rolled back, so that the next run tries again.
    console.error(delivery.key, error)
  }
}
database.close()
