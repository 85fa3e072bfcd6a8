// Receives webhooks and queues each message before it responds. A 200 means that the message is in Redis.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { Queue } from 'bullmq'
import { createReceiver } from 'gallabox-webhooks'
import { serve } from '../serve.mjs'
import { connection, queueName } from './settings.mjs'

const queue = new Queue(queueName, { connection })

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': async ({ data }, context) => {
      // A duplicate has the same key. The queue ignores a job id that it still holds.
      const jobId = await context.key()
      await queue.add('message', data, { jobId, attempts: 5, removeOnComplete: { age: 24 * 3600 } })
    },
  },
})

serve(receiver, () => queue.close())
