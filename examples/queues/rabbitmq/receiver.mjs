// Receives webhooks and queues each event before it responds. A 200 means that RabbitMQ has confirmed the event.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set. It ends when it loses its connection: restart it then.
import { createReceiver, entityIds } from 'gallabox-webhooks'
import { partitionOf } from '../partition.mjs'
import { serve } from '../serve.mjs'
import { openChannel, queues } from './settings.mjs'

const { connection, channel } = await openChannel()

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: async (event, context) => {
    const name = event.type === 'unrecognized' ? event.name : event.type
    const messageId = await context.key()
    const queue = `${queues[partitionOf(entityIds(event).conversationId ?? messageId, queues.length)]}`
    const job = Buffer.from(JSON.stringify({ name, payload: event.data }))
    channel.sendToQueue(queue, job, { messageId, persistent: true })
    await channel.waitForConfirms()
  },
})

serve(receiver, () => connection.close())
