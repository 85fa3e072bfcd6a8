// Handles messages from the queue, in a process of its own: here, it counts them for each customer.
// A worker that dies in the middle leaves its jobs to another, or to itself when it is started again.
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'bullmq'
import { customerPhone } from 'gallabox-webhooks'
import { Redis } from 'ioredis'
import { connection, queueName } from './settings.mjs'

const redis = new Redis(connection.url)

// A job runs again if its worker died, even after its work was done. So the work and the mark that it is done are one step:
// here a script of Redis, in a database one transaction.
const countOnce = `
  if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
  return redis.call('HINCRBY', KEYS[2], ARGV[2], 1)`

/** @param {import('bullmq').Job<import('gallabox-webhooks').MessageReceived>} job */
async function handle({ id, data }) {
  await setTimeout(20) // What takes time: asking a CRM, say.
  const customer = customerPhone({ type: 'Message.Received', data }) ?? 'unknown'
  await redis.eval(countOnce, 2, `{${queueName}}:done`, `{${queueName}}:messages`, `${id}`, customer)
}

const worker = new Worker(queueName, handle, {
  connection,
  concurrency: 10,
  // How long a dead worker's jobs wait for another: more than a job may keep the event loop busy.
  lockDuration: 5000,
  stalledInterval: 2000,
})
// Without a listener, an error of the connection would end the process.
worker.on('error', (error) => console.error(error.message))
await worker.waitUntilReady()
console.log('ready')

process.once('SIGTERM', async () => {
  await worker.close()
  redis.disconnect()
})
