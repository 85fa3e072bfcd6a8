// Receives webhooks and queues each event before it responds. A 200 means that JetStream has stored the event.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { jetstream } from '@nats-io/jetstream'
import { createReceiver, entityIds } from 'gallabox-webhooks'
import { partitionOf } from '../partition.mjs'
import { serve } from '../serve.mjs'
import { connectJetStream, subjects } from './settings.mjs'

const connection = await connectJetStream()

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: async (event, context) => {
    const name = event.type === 'unrecognized' ? event.name : event.type
    const msgID = await context.key()
    const subject = `${subjects[partitionOf(entityIds(event).conversationId ?? msgID, subjects.length)]}`
    // JetStream ignores a message id that it has stored within `duplicate_window`.
    await jetstream(connection).publish(subject, JSON.stringify({ name, payload: event.data }), { msgID })
  },
})

serve(receiver, () => connection.drain())
