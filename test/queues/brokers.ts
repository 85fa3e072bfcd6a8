// Whether RabbitMQ and NATS respond, at AMQP_URL and NATS_URL or the default local addresses.
import { jetstreamManager } from '@nats-io/jetstream'
import { connect as connectNats } from '@nats-io/transport-node'
import { connect as connectRabbit } from 'amqplib'

export const amqpUrl = process.env.AMQP_URL ?? 'amqp://127.0.0.1:5672'
export const natsUrl = process.env.NATS_URL ?? '127.0.0.1:4222'

/** Returns whether a server responds. */
async function responds(connect: () => Promise<unknown>): Promise<boolean> {
  return connect().then(
    () => true,
    () => false,
  )
}

export const hasRabbit = await responds(async () => {
  const connection = await connectRabbit(amqpUrl, { timeout: 1000 })
  await connection.close()
})

/** Whether NATS responds and has JetStream. */
export const hasJetStream = await responds(async () => {
  const connection = await connectNats({ servers: natsUrl, timeout: 1000, reconnect: false })
  await jetstreamManager(connection)
  await connection.close()
})
