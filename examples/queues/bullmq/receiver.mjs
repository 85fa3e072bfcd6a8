// Receives webhooks and queues each event before it responds. A 200 means that the event is in Redis.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { Queue } from 'bullmq'
import { createReceiver } from 'gallabox-webhooks'
import { serve } from '../serve.mjs'
import { queueName, queueOptions } from './settings.mjs'

const queue = new Queue(queueName, queueOptions)

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: async (event, context) => {
    const name = event.type === 'unrecognized' ? event.name : event.type
    // A duplicate has the same key. The queue ignores a job id that it still holds.
    await queue.add('event', { name, payload: event.data }, { jobId: await context.key() })
  },
})

serve(receiver, () => queue.close())
