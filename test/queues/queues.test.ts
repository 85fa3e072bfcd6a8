// The examples of durable queues: a worker is killed in the middle of 200 messages.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { root, useChildren } from '../support/children.js'
import { connectIoRedis, connectPostgres, hasPostgres, hasRedis } from '../support/servers.js'

const secret = 'the secret of the queues'
const name = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`
const env = { ...process.env, GALLABOX_WEBHOOK_SECRET: secret, PORT: '0', QUEUE: name, SCHEMA: name }
const count = 200
const children = useChildren()

/** Starts one of the example's programs and waits until it is ready. */
async function start(program: string): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, [`examples/queues/${program}.mjs`], { cwd: root, env })
  children.push(child)
  let output = ''
  child.stderr.on('data', (chunk) => process.stderr.write(chunk))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (/ready|port: \d+/.test(output)) resolve()
    })
    child.once('exit', () => reject(new Error(`${program} ended: ${output}`)))
  })
  return { child, output }
}

/** Sends every message twice, as Gallabox does when a response is lost. */
async function sendAll(port: string): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) {
    const payload = { ...samplePayload('Message.Received'), id: `message-${i}` }
    const { method, headers, body } = signDelivery('Message.Received', payload, { secret })
    const duplicates = [1, 2].map(() => fetch(`http://127.0.0.1:${port}/`, { method, headers, body }))
    for (const { status } of await Promise.all(duplicates)) statuses.push(status)
  }
  return statuses
}

/** The progress of an example, measured from outside. */
interface Progress {
  /** The number of handled messages. */
  done(): Promise<number>
  /** The sum of the results. It differs from the number of messages if one was handled twice. */
  total(): Promise<number>
  /** The number of jobs that a worker has started and not finished. */
  active(): Promise<number>
  /** The number of jobs that ran more than once. If it is 0, the worker was not killed during a job. */
  ranAgain(): Promise<number>
  clean(): Promise<unknown>
}

function measureRedis(): Progress {
  const redis = connectIoRedis()
  const queue = new Queue(name, { connection: { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' } })
  return {
    done: () => redis.hlen(`{${name}}:done`),
    total: async () => (await redis.hvals(`{${name}}:messages`)).reduce((sum, each) => sum + Number(each), 0),
    active: () => queue.getActiveCount(),
    ranAgain: async () => (await queue.getCompleted(0, count)).filter((job) => job.attemptsStarted > 1).length,
    async clean() {
      await queue.obliterate({ force: true })
      await queue.close()
      await redis.del(`{${name}}:done`, `{${name}}:messages`)
      redis.disconnect()
    },
  }
}

function measurePostgres(): Progress {
  const pool = connectPostgres()
  const ask = async (sql: string) => Number((await pool.query(sql)).rows[0]?.count)
  return {
    done: () => ask(`SELECT count(*) FROM ${name}.messages`),
    total: () => ask(`SELECT count(DISTINCT body->>'id') FROM ${name}.messages`),
    active: () => ask(`SELECT count(*) FROM ${name}.job WHERE state = 'active'`),
    ranAgain: () => ask(`SELECT count(*) FROM ${name}.job WHERE retry_count > 0`),
    async clean() {
      await pool.query(`DROP SCHEMA ${name} CASCADE`)
      await pool.end()
    },
  }
}

/** Kills a worker during a job. Stops it first to check that it has one. */
async function killDuringJob(worker: ChildProcess, progress: Progress): Promise<void> {
  for (;;) {
    worker.kill('SIGSTOP')
    await setTimeout(20)
    if ((await progress.active()) > 0) break
    worker.kill('SIGCONT')
    await setTimeout(5)
  }
  worker.kill('SIGKILL')
}

describe.skipIf(!hasRedis || !hasPostgres).each([
  ['bullmq', measureRedis],
  ['pg-boss', measurePostgres],
] as const)('%s', (example, measure) => {
  test('handles each of 200 messages exactly once when a worker is killed', async () => {
    const progress = measure()
    const receiver = await start(`${example}/receiver`)
    const port = /port: (\d+)/.exec(receiver.output)?.[1] as string
    const dying = await start(`${example}/worker`)
    const sending = sendAll(port)
    await expect.poll(progress.done, { timeout: 30_000, interval: 5 }).toBeGreaterThan(20)
    await killDuringJob(dying.child, progress)
    expect(await progress.done()).toBeLessThan(count)
    expect(new Set(await sending)).toEqual(new Set([200]))
    await start(`${example}/worker`)
    await expect.poll(progress.done, { timeout: 60_000, interval: 100 }).toBe(count)
    await expect.poll(progress.ranAgain, { timeout: 60_000, interval: 100 }).toBeGreaterThan(0)
    expect(await progress.total()).toBe(count)
    for (const child of children) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.signalCode === null && child.kill('SIGTERM')) expect(await ended).toBe(0)
    }
    await progress.clean()
  })
})
