// Handles queued events in a separate process. When a worker dies, another one runs its jobs.
import { jetstream } from '@nats-io/jetstream'
import { parseEvent } from 'gallabox-webhooks'
import { stopOnSigterm, storeOnce } from '../events-table.mjs'
import { connectJetStream, consumerOf, retryDelayMs, streamName, subjects } from './settings.mjs'

const connection = await connectJetStream()

async function work(/** @type {string} */ subject) {
  const consumer = await jetstream(connection).consumers.get(streamName, consumerOf(subject))
  for await (const message of await consumer.consume()) {
    const { name, payload } = /** @type {{ name: string | null, payload: object }} */ (message.json())
    try {
      await storeOnce(`${message.headers?.get('Nats-Msg-Id')}`, parseEvent(name, payload))
      message.ack()
    } catch (error) {
      console.error(error)
      message.nak(retryDelayMs)
    }
  }
}

for (const subject of subjects) work(subject)
// JetStream hands out again what was not acknowledged. The table ignores what was stored.
stopOnSigterm(async () => process.exit())
