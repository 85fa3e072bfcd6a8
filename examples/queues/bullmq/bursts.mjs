// Joins the messages that a customer sends in a burst: one job, three seconds after the last message.
import { Queue, Worker } from 'bullmq'
import { queueName, queueOptions, workerOptions } from './settings.mjs'

const name = `${queueName}-bursts`
const queue = new Queue(name, queueOptions)
const waitMs = 3000

/** Call it once a message is stored. While the conversation's job waits, it is replaced and waits again. */
export async function postponeJob(/** @type {string} */ conversationId) {
  const deduplication = { id: conversationId, ttl: waitMs, extend: true, replace: true }
  await queue.add('burst', { conversationId }, { delay: waitMs, deduplication })
}

/**
 * Calls `handle` once per burst. Read the conversation's new messages from your table there.
 *
 * @param {(conversationId: string) => Promise<void>} handle
 * @returns A function that stops it.
 */
export async function handleBursts(handle) {
  const worker = new Worker(name, ({ data }) => handle(data.conversationId), workerOptions)
  worker.on('error', (error) => console.error(error.message))
  await worker.waitUntilReady()
  return async () => {
    await worker.close()
    await queue.close()
  }
}
