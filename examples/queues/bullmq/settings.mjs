// Settings that the receiver and the worker share.
const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'

export const queueName = process.env.QUEUE ?? 'gallabox'
// BullMQ's workers block on Redis, so commands must not fail after a number of retries.
const connection = { url, maxRetriesPerRequest: null }

/** Failed jobs are kept. Handled ones are kept for a day, so that a duplicate of one is ignored. */
export const queueOptions = {
  connection,
  defaultJobOptions: {
    attempts: 5,
    backoff: { type: 'exponential', delay: 500 },
    removeOnComplete: { age: 24 * 3600 },
  },
}

/** A dead worker's jobs wait for `lockDuration`. It must exceed the time that a job blocks the event loop. */
export const workerOptions = {
  connection,
  concurrency: 10,
  lockDuration: 5000,
  stalledInterval: 2000,
  maxStalledCount: 5,
}
