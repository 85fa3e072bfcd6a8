// Handles queued events in a separate process. When a worker dies, another one runs its jobs.
import { setTimeout } from 'node:timers/promises'
import { parseEvent } from 'gallabox-webhooks'
import { stopOnSigterm, storeOnce } from '../events-table.mjs'
import { openChannel, queues, retryDelayMs } from './settings.mjs'

const { connection, channel } = await openChannel()

async function handle(/** @type {import('amqplib').ConsumeMessage | null} */ message) {
  if (!message) throw new Error('The queue was deleted.')
  const { name, payload } = JSON.parse(message.content.toString())
  try {
    // RabbitMQ accepts duplicates. The table ignores them.
    await storeOnce(message.properties.messageId, parseEvent(name, payload))
    channel.ack(message)
  } catch (error) {
    console.error(error)
    await setTimeout(retryDelayMs)
    channel.nack(message)
  }
}

for (const queue of queues) await channel.consume(queue, handle)
// RabbitMQ hands out again what was not acknowledged. The table ignores what was stored.
stopOnSigterm(() => connection.close().finally(() => process.exit()))
