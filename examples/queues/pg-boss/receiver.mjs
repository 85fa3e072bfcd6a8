// Receives webhooks and queues each message before it responds. A 200 means that the message is in PostgreSQL.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { createReceiver } from 'gallabox-webhooks'
import PgBoss from 'pg-boss'
import { serve } from '../serve.mjs'
import { bossOptions, queueName, queueOptions } from './settings.mjs'

const boss = new PgBoss(bossOptions)
boss.on('error', (error) => console.error(error.message))
await boss.start()
await boss.createQueue(queueName, queueOptions)

/** Converts a key to a job id: a UUID of 128 of its 256 bits. */
function toUuid(/** @type {string} */ key) {
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': async ({ data }, context) => {
      // A duplicate has the same key. The queue ignores a job id that it still holds.
      const key = await context.key()
      await boss.send(queueName, { key, data }, { id: toUuid(key) })
    },
  },
})

serve(receiver, () => boss.stop())
