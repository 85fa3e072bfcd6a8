// Settings that the receiver and the worker share.
import { AckPolicy, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream'
import { connect, nanos } from '@nats-io/transport-node'

export const streamName = process.env.QUEUE ?? 'gallabox'

/** The subjects. A conversation always has the same subject. */
export const subjects = [1, 2, 3, 4].map((number) => `${streamName}.${number}`)

/** How long a subject waits after a failure, in milliseconds. */
export const retryDelayMs = 500

/** Returns the name of a subject's consumer. */
export function consumerOf(/** @type {string} */ subject) {
  return `worker-${subject.split('.').pop()}`
}

/** Connects and creates the stream and a consumer per subject. A consumer hands out one event at a time. */
export async function connectJetStream() {
  const connection = await connect({ servers: process.env.NATS_URL ?? '127.0.0.1:4222', maxReconnectAttempts: -1 })
  const { streams, consumers } = await jetstreamManager(connection)
  await streams.add({
    name: streamName,
    subjects,
    retention: RetentionPolicy.Workqueue,
    duplicate_window: nanos(3600_000),
  })
  for (const subject of subjects) {
    await consumers.add(streamName, {
      durable_name: consumerOf(subject),
      filter_subject: subject,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(5000), // A dead worker's event runs again after this time.
      max_ack_pending: 1,
      max_deliver: 5,
    })
  }
  return connection
}
