// One of several processes that share a store. Arguments: the client, the location of its database, a namespace, which is
// the table too, the handler's task, the lease, and how far the clock of this process is off.
import { createServer } from 'node:http'
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

async function openStore() {
  if (kind === 'redis') return redisStore(redis)
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
