// Settings that the receiver and the worker share.
const url = new URL(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')

export const queueName = process.env.QUEUE ?? 'gallabox'
// BullMQ's workers block on Redis, so commands must not fail after a number of retries.
export const connection = { url: url.href, maxRetriesPerRequest: null }
