// One of several processes that share a store. Arguments: the client, the location of its database, a namespace, which is
// the table too, the handler's task, the lease, and how far the clock of this process is off.
import { createServer } from 'node:http'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { Redis as UpstashRedis } from '@upstash/redis'
import { dynamoStore } from 'gallabox-webhooks/dynamodb'
import { webhookHandler } from 'gallabox-webhooks/node'
import { postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { sqlStore } from 'gallabox-webhooks/sql'
import { Redis } from 'ioredis'
import { sqlClients } from '../support/sql-clients.mjs'

const [kind, location, namespace, task, leaseMs, skewMs] = process.argv.slice(2)

const { now } = Date
globalThis.Date = class extends Date {
  constructor(...values) {
    if (values.length === 0) super(Date.now())
    else super(...values)
  }
  static now() {
    return now() + Number(skewMs)
  }
}

const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')

/** The stores that are not SQL. */
const stores = {
  redis: () => redisStore(redis),
  upstash: () => redisStore(new UpstashRedis({ url: process.env.UPSTASH_URL, token: 'test' })),
  dynamodb() {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const client = new DynamoDB({ endpoint: process.env.DYNAMODB_URL, region: 'us-east-1', credentials })
    return dynamoStore(client, { table: 'deliveries' })
  },
}
async function openStore() {
  if (kind in stores) return stores[kind]()
  const { dialect, open } = sqlClients[kind]
  const { client, run } = await open(location)
  return kind === 'pg' ? postgresStore(client, { table: namespace }) : sqlStore(run, { dialect, table: namespace })
}
const store = await openStore()

// Counted in Redis, because the test kills processes.
const count = (counter) => redis.incr(`${namespace}:${counter}`)

const tasks = {
  async succeed() {
    await new Promise((resolve) => setTimeout(resolve, 50))
  },
  async failFirst() {
    await new Promise((resolve) => setTimeout(resolve, 50))
    if ((await count('attempts')) === 1) throw new Error('the first run fails')
  },
  async hang() {
    await new Promise(() => {})
  },
}

const server = createServer(
  webhookHandler({
    secret: 'the secret of all processes',
    idempotency: { store, namespace, leaseMs: Number(leaseMs) },
    // Shorter than the lease: a handler that overran it holds its claim too.
    handlerTimeoutMs: Number(leaseMs) / 2,
    onEvent: async () => {
      await count('runs')
      await tasks[task]()
      await count('successes')
    },
  }),
)
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port))
