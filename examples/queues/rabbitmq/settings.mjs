// Settings that the receiver and the worker share.
import { connect } from 'amqplib'

const url = process.env.AMQP_URL ?? 'amqp://127.0.0.1:5672'
const name = process.env.QUEUE ?? 'gallabox'

/** The queues. Each hands out one event at a time, to one worker. A conversation is always in the same queue. */
export const queues = [1, 2, 3, 4].map((number) => `${name}.${number}`)
const failedQueue = `${name}.failed`

/** How long a queue waits after a failure. */
export const retryDelayMs = 500

/**
 * Connects and creates the queues. After five deliveries, a failed job moves to `failedQueue` with its routing key.
 */
export async function openChannel() {
  const connection = await connect(url)
  const channel = await connection.createConfirmChannel()
  await channel.prefetch(1)
  await channel.assertExchange(failedQueue, 'fanout')
  await channel.assertQueue(failedQueue, { arguments: { 'x-queue-type': 'quorum' } })
  await channel.bindQueue(failedQueue, failedQueue, '')
  for (const queue of queues) {
    await channel.assertQueue(queue, {
      arguments: {
        'x-queue-type': 'quorum',
        'x-single-active-consumer': true,
        'x-delivery-limit': 4,
        'x-dead-letter-exchange': failedQueue,
      },
    })
  }
  return { connection, channel }
}
