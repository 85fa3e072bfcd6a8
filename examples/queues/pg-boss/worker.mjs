// Handles queued events in a separate process. When a worker dies, another one runs its jobs.
import { parseEvent } from 'gallabox-webhooks'
import { stopOnSigterm, storeOnce } from '../events-table.mjs'
import { queueName, startBoss } from './settings.mjs'

const boss = await startBoss()

/** @param {import('pg-boss').Job<{ name: string | null, payload: object }>} job */
async function handle({ id, data: { name, payload } }) {
  await storeOnce(id, parseEvent(name, payload))
}

await boss.work(queueName, { batchSize: 10, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  // One by one, so that the others of a batch are done when one fails.
  await Promise.all(jobs.map((job) => handle(job).catch((error) => boss.fail(queueName, job.id, error))))
})
stopOnSigterm(() => boss.stop())
