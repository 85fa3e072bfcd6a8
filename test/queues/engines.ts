// The engines of examples/queues: how to count their failed jobs, and how to replay them with their own means.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect as connectNats } from '@nats-io/transport-node'
import { connect as connectRabbit } from 'amqplib'
import { Queue } from 'bullmq'
import PgBoss from 'pg-boss'
import { root } from '../support/children.js'
import { node22 } from '../support/node22.js'
import { connectPostgres, databaseUrl, hasPostgres, hasRedis, redisUrl } from '../support/servers.js'
import { amqpUrl, hasJetStream, hasRabbit, natsUrl } from './brokers.js'

/** An engine, connected to the queue of a test. */
interface Connection {
  /** The environment of the programs, in addition to QUEUE and SCHEMA. */
  readonly env?: Readonly<Record<string, string>>
  countFailed(): Promise<number>
  /** Queues the failed jobs again, while no worker runs. */
  replay(): Promise<unknown>
  /** Deletes the queue and disconnects. */
  clean(): Promise<unknown>
}

export interface Engine {
  /** The folder of the example. */
  readonly folder: string
  readonly isAvailable: boolean
  /** What to do if it is not available. */
  readonly hint: string
  /** Whether the events of a conversation are handled in order. */
  readonly isOrdered: boolean
  /** How many jobs a delivery and its duplicate are. */
  readonly jobsOfDuplicates: 1 | 2
  /** Connects to the queue, whose name is also the schema of the tables. Adds the servers that it starts to `children`. */
  connect(queue: string, children: ChildProcess[]): Promise<Connection>
}

const bullmq: Engine = {
  folder: 'bullmq',
  isAvailable: hasRedis,
  hint: 'Start Redis and PostgreSQL.',
  isOrdered: false,
  jobsOfDuplicates: 1,
  async connect(name) {
    const queue = new Queue(name, { connection: { url: redisUrl } })
    return {
      countFailed: () => queue.getFailedCount(),
      replay: () => queue.retryJobs({ state: 'failed' }),
      async clean() {
        await queue.obliterate({ force: true })
        await queue.close()
      },
    }
  },
}

const pgBoss: Engine = {
  folder: 'pg-boss',
  isAvailable: true,
  hint: 'Start PostgreSQL.',
  isOrdered: false,
  jobsOfDuplicates: 1,
  async connect(schema) {
    const boss = new PgBoss({ connectionString: databaseUrl, schema, supervise: false, schedule: false })
    const pool = connectPostgres()
    const listFailed = async () => {
      const { rows } = await pool.query(`SELECT id FROM ${schema}.job WHERE name = 'gallabox' AND state = 'failed'`)
      return rows.map(({ id }) => id as string)
    }
    return {
      countFailed: async () => (await listFailed()).length,
      async replay() {
        await boss.start()
        await boss.retry('gallabox', await listFailed())
      },
      async clean() {
        await boss.stop({ graceful: false })
        await pool.end()
      },
    }
  },
}

const rabbitmq: Engine = {
  folder: 'rabbitmq',
  isAvailable: hasRabbit,
  hint: 'Start RabbitMQ and PostgreSQL.',
  isOrdered: true,
  jobsOfDuplicates: 2,
  async connect(name) {
    const connection = await connectRabbit(amqpUrl)
    const channel = await connection.createConfirmChannel()
    const failed = `${name}.failed`
    await channel.assertQueue(failed, { arguments: { 'x-queue-type': 'quorum' } })
    return {
      countFailed: async () => (await channel.checkQueue(failed)).messageCount,
      // Does what a shovel does.
      async replay() {
        for (let message = await channel.get(failed); message; message = await channel.get(failed)) {
          channel.publish('', message.fields.routingKey, message.content, message.properties)
          await channel.waitForConfirms()
          channel.ack(message)
        }
      },
      async clean() {
        for (const suffix of ['1', '2', '3', '4', 'failed']) await channel.deleteQueue(`${name}.${suffix}`)
        await channel.deleteExchange(failed)
        await connection.close()
      },
    }
  },
}

const nats: Engine = {
  folder: 'nats',
  isAvailable: hasJetStream,
  hint: 'Start nats-server -js and PostgreSQL.',
  isOrdered: true,
  jobsOfDuplicates: 1,
  async connect(name) {
    const connection = await connectNats({ servers: natsUrl })
    const { consumers, streams } = await jetstreamManager(connection)
    return {
      // A work queue keeps what no worker has acknowledged.
      async countFailed() {
        const infos = await consumers.list(name).next()
        const isIdle = infos.every(({ num_ack_pending, num_pending }) => num_ack_pending + num_pending === 0)
        return isIdle ? (await streams.info(name)).state.messages : 0
      },
      // New consumers get every event in the stream.
      async replay() {
        for (const consumer of await consumers.list(name).next()) await consumers.delete(name, consumer.name)
      },
      async clean() {
        await streams.delete(name)
        await connection.close()
      },
    }
  },
}

/** Starts an SQS. Returns its URL. */
async function startFauxqs(children: ChildProcess[]): Promise<string> {
  const child = spawn(`${node22}`, ['test/queues/fauxqs.mjs'], { cwd: root })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => resolve(`${chunk}`.trim().replace('listening ', '')))
    child.once('exit', (code) => reject(new Error(`fauxqs ended with ${code}`)))
  })
}

const sqs: Engine = {
  folder: 'sqs',
  isAvailable: node22 !== undefined,
  hint: 'Start PostgreSQL, and use Node.js 22 or run npm ci in e2e.',
  isOrdered: true,
  jobsOfDuplicates: 1,
  async connect(name, children) {
    const endpoint = await startFauxqs(children)
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const client = new SQSClient({ endpoint, region: 'us-east-1', credentials })
    const find = async (queue: string) => (await client.send(new GetQueueUrlCommand({ QueueName: queue }))).QueueUrl
    return {
      env: {
        AWS_ENDPOINT_URL_SQS: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
      async countFailed() {
        const AttributeNames = ['ApproximateNumberOfMessages' as const]
        const QueueUrl = await find(`${name}-failed.fifo`)
        const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
        return Number(Attributes?.ApproximateNumberOfMessages)
      },
      // fauxqs has no StartMessageMoveTask, so this does what that does.
      async replay() {
        const QueueUrl = await find(`${name}-failed.fifo`)
        const receive = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] })
        const { Messages = [] } = await client.send(receive)
        for (const { Body, Attributes, ReceiptHandle } of Messages) {
          const { MessageDeduplicationId, MessageGroupId } = Attributes ?? {}
          const message = {
            MessageBody: Body,
            MessageGroupId,
            MessageDeduplicationId: `${MessageDeduplicationId}-moved`,
          }
          await client.send(new SendMessageCommand({ QueueUrl: await find(`${name}.fifo`), ...message }))
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
        }
      },
      async clean() {
        for (const queue of [name, `${name}-failed`]) {
          await client.send(new DeleteQueueCommand({ QueueUrl: await find(`${queue}.fifo`) }))
        }
        client.destroy()
      },
    }
  },
}

export const engines: readonly Engine[] = [bullmq, pgBoss, rabbitmq, nats, sqs].map((engine) => ({
  ...engine,
  isAvailable: engine.isAvailable && hasPostgres,
}))
