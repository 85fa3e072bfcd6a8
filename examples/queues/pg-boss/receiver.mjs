// Receives webhooks and queues each event before it responds. A 200 means that the event is in PostgreSQL.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { createReceiver } from 'gallabox-webhooks'
import { serve } from '../serve.mjs'
import { queueName, startBoss } from './settings.mjs'

const boss = await startBoss()

/** Converts a key to a job id: a UUID of 128 of its 256 bits. */
function toUuid(/** @type {string} */ key) {
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: async (event, context) => {
    const name = event.type === 'unrecognized' ? event.name : event.type
    // A duplicate has the same key. The queue ignores a job id that it still holds.
    await boss.send(queueName, { name, payload: event.data }, { id: toUuid(await context.key()) })
  },
})

serve(receiver, () => boss.stop())
