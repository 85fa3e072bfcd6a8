// Joins the messages that a customer sends in a burst: one job, three seconds after the first message.
import { queueName, startBoss } from './settings.mjs'

const boss = await startBoss()
const name = `${queueName}-bursts`
// Of the jobs with the same key, only one waits.
await boss.createQueue(name, { name, policy: 'short', retryLimit: 4, retryBackoff: true })

/** Call it once a message is stored. Does nothing if the conversation's job waits. */
export async function requestJob(/** @type {string} */ conversationId) {
  await boss.send(name, { conversationId }, { singletonKey: conversationId, startAfter: 3 })
}

/**
 * Calls `handle` once per burst. Read the conversation's new messages from your table there.
 *
 * @param {(conversationId: string) => Promise<void>} handle
 * @returns A function that stops it.
 */
export async function handleBursts(handle) {
  const options = { pollingIntervalSeconds: 0.5 }
  await boss.work(name, options, async (/** @type {import('pg-boss').Job<{ conversationId: string }>[]} */ jobs) => {
    for (const { data } of jobs) await handle(data.conversationId)
  })
  return () => boss.stop()
}
