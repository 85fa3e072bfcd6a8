// One of several processes that share a store. Arguments: the store, a namespace, the handler's task, the lease.
import { createServer } from 'node:http'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { Redis as UpstashRedis } from '@upstash/redis'
import { dynamoStore } from 'gallabox-webhooks/dynamodb'
import { webhookHandler } from 'gallabox-webhooks/node'
import { postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { Redis } from 'ioredis'
import pg from 'pg'

const [kind, namespace, task, leaseMs] = process.argv.slice(2)
const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres',
})
const dynamo = new DynamoDB({
  endpoint: process.env.DYNAMODB_URL,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
})
const stores = {
  redis: () => redisStore(redis),
  upstash: () => redisStore(new UpstashRedis({ url: process.env.UPSTASH_URL, token: 'test' })),
  postgres: () => postgresStore(pool, { table: namespace }),
  dynamodb: () => dynamoStore(dynamo, { table: 'deliveries' }),
}
const store = stores[kind]()

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
