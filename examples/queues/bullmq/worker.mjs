// Handles queued events in a separate process. When a worker dies, another one runs its jobs.
import { Worker } from 'bullmq'
import { parseEvent } from 'gallabox-webhooks'
import { stopOnSigterm, storeOnce } from '../events-table.mjs'
import { queueName, workerOptions } from './settings.mjs'

/** @param {import('bullmq').Job<{ name: string | null, payload: object }>} job */
async function handle({ id, data: { name, payload } }) {
  await storeOnce(`${id}`, parseEvent(name, payload))
}

const worker = new Worker(queueName, handle, workerOptions)
// Without a listener, a connection error would end the process.
worker.on('error', (error) => console.error(error.message))
await worker.waitUntilReady()
stopOnSigterm(() => worker.close())
