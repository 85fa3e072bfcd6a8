import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { connectPostgres, hasPostgres, hasRedis, redisUrl } from '../support/servers.js'

const name = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`
Object.assign(process.env, { QUEUE: name, SCHEMA: name })

afterAll(async () => {
  if (!hasPostgres) return
  const pool = connectPostgres()
  await pool.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`)
  await pool.end()
})

/** Stores messages and calls `request` after each. Returns how many new messages each job found. */
async function sendBursts(
  request: (conversationId: string) => Promise<void>,
  handleBursts: (handle: (conversationId: string) => Promise<void>) => Promise<() => Promise<void>>,
) {
  const unread = new Map([
    ['a', 0],
    ['b', 0],
  ])
  const jobs: [string, number][] = []
  const stop = await handleBursts(async (conversationId) => {
    jobs.push([conversationId, unread.get(conversationId) ?? 0])
    unread.set(conversationId, 0)
  })
  const receive = async (conversationId: string) => {
    unread.set(conversationId, (unread.get(conversationId) ?? 0) + 1)
    await request(conversationId)
  }
  for (let i = 0; i < 5; i++) {
    await receive('a')
    await receive('b')
    await setTimeout(250)
  }
  await expect.poll(() => jobs.length, { timeout: 20_000 }).toBe(2)
  await receive('a')
  await expect.poll(() => jobs.length, { timeout: 20_000 }).toBe(3)
  await stop()
  return jobs.sort()
}

const expected = [
  ['a', 1],
  ['a', 5],
  ['b', 5],
]

describe.skipIf(!hasRedis)('bullmq', () => {
  test('joins the messages of a burst in one job', async () => {
    const { handleBursts, postponeJob } = await import('../../examples/queues/bullmq/bursts.mjs')
    expect(await sendBursts(postponeJob, handleBursts)).toEqual(expected)
    const { Queue } = await import('bullmq')
    const queue = new Queue(`${name}-bursts`, { connection: { url: redisUrl } })
    await queue.obliterate({ force: true })
    await queue.close()
  })
})

describe.skipIf(!hasPostgres)('pg-boss', () => {
  test('joins the messages of a burst in one job', async () => {
    const { handleBursts, requestJob } = await import('../../examples/queues/pg-boss/bursts.mjs')
    expect(await sendBursts(requestJob, handleBursts)).toEqual(expected)
  })
})
