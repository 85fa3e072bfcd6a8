// Receives webhooks and puts each message into a queue before it answers: what was answered with 200 is in PostgreSQL.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { createReceiver } from 'gallabox-webhooks'
import PgBoss from 'pg-boss'
import { serve } from '../serve.mjs'
import { bossOptions, queueName, queueOptions } from './settings.mjs'

const boss = new PgBoss(bossOptions)
boss.on('error', (error) => console.error(error.message))
await boss.start()
await boss.createQueue(queueName, queueOptions)

/** A job's id is a UUID: 128 of the 256 bits that identify the delivery. */
function toUuid(/** @type {string} */ key) {
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': async ({ data }, context) => {
      // A copy of a delivery has the same key, and a queue takes an id once, for as long as it keeps the job.
      const key = await context.key()
      await boss.send(queueName, { key, data }, { id: toUuid(key) })
    },
  },
})

serve(receiver, () => boss.stop())
