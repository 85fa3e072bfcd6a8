// Receives webhooks and puts each message into a queue before it answers: what was answered with 200 is in Redis.
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
      // A copy of a delivery has the same key, and a queue takes a job id once, for as long as it keeps the job.
      const jobId = await context.key()
      await queue.add('message', data, { jobId, attempts: 5, removeOnComplete: { age: 24 * 3600 } })
    },
  },
})

serve(receiver, () => queue.close())
