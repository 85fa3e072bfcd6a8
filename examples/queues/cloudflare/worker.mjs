// Handles queued events: stores each once, in D1. Cloudflare Queues can deliver a message twice, and accepts duplicates.
import { env } from 'cloudflare:workers'
import { entityIds, parseEvent } from 'gallabox-webhooks'

const insert = 'INSERT INTO events (key, conversation, payload) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'

/** @param {import('@cloudflare/workers-types').Message<import('cloudflare:workers').Job>} message */
async function handle(message) {
  const { key, name, payload } = message.body
  try {
    const event = parseEvent(name, payload)
    const values = [key, entityIds(event).conversationId ?? null, JSON.stringify(event.data)]
    await env.DATABASE.prepare(insert)
      .bind(...values)
      .run()
    message.ack()
  } catch (error) {
    console.error(error)
    message.retry()
  }
}

export default {
  /** @param {import('@cloudflare/workers-types').MessageBatch<import('cloudflare:workers').Job>} batch */
  async queue(batch) {
    await Promise.all(batch.messages.map(handle))
  },
}
