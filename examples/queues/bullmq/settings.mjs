// What receiver and worker must agree on.
const url = new URL(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')

export const queueName = process.env.QUEUE ?? 'gallabox'
// A worker waits for jobs as long as it takes, so its commands must not be given up after a few attempts.
export const connection = { url: url.href, maxRetriesPerRequest: null }
