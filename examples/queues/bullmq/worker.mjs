// Handles queued messages in a separate process. This one counts messages per customer.
// When a worker dies, another one, or the same one after a restart, runs its jobs.
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'bullmq'
import { customerPhone } from 'gallabox-webhooks'
import { Redis } from 'ioredis'
import { connection, queueName } from './settings.mjs'

const redis = new Redis(connection.url)

// A job can run again after its work was done, if its worker died. So work and marker are written in one atomic step:
// a Redis script here, a transaction in a database.
const countOnce = `
  if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
  return redis.call('HINCRBY', KEYS[2], ARGV[2], 1)`

/** @param {import('bullmq').Job<import('gallabox-webhooks').MessageReceived>} job */
async function handle({ id, data }) {
  await setTimeout(20) // Stands for slow work, such as a CRM request.
  const customer = customerPhone({ type: 'Message.Received', data }) ?? 'unknown'
  await redis.eval(countOnce, 2, `{${queueName}}:done`, `{${queueName}}:messages`, `${id}`, customer)
}

const worker = new Worker(queueName, handle, {
  connection,
  concurrency: 10,
  // A dead worker's jobs wait this long. It must exceed the time a job blocks the event loop.
  lockDuration: 5000,
  stalledInterval: 2000,
})
// Without a listener, a connection error would end the process.
worker.on('error', (error) => console.error(error.message))
await worker.waitUntilReady()
console.log('ready')

process.once('SIGTERM', async () => {
  await worker.close()
  redis.disconnect()
})
