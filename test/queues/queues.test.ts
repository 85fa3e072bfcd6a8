// The examples of a durable hand-over: a worker is killed in the middle of 200 messages, and each is handled, none twice.
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

/** Starts one of the example's programs and waits for what it says first. */
async function start(program: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [`examples/queues/${program}.mjs`], { cwd: root, env })
  children.push(child)
  let said = ''
  child.stderr.on('data', (chunk) => process.stderr.write(chunk))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (/ready|port: \d+/.test(said)) resolve()
    })
    child.once('exit', () => reject(new Error(`${program} ended: ${said}`)))
  })
  return { child, said }
}

/** Sends every message twice, as when a reply was lost. */
async function sendAll(port: string): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) {
    const payload = { ...samplePayload('Message.Received'), id: `message-${i}` }
    const { method, headers, body } = signDelivery('Message.Received', payload, { secret })
    const copies = [1, 2].map(() => fetch(`http://127.0.0.1:${port}/`, { method, headers, body }))
    for (const { status } of await Promise.all(copies)) statuses.push(status)
  }
  return statuses
}

/** What an example has done so far, asked from outside. */
interface Work {
  /** The messages whose work is done. */
  done(): Promise<number>
  /** What the work adds up to, which differs from the number of messages if one was handled twice. */
  total(): Promise<number>
  /** The jobs that a worker has taken and not finished. */
  active(): Promise<number>
  /** The jobs that ran more than once: without any, the kill would prove nothing. */
  ranAgain(): Promise<number>
  clean(): Promise<unknown>
}

function redisWork(): Work {
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

function postgresWork(): Work {
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

/** Kills a worker that holds jobs: it is halted and looked at first, for it may just be waiting for the next. */
async function killAtWork(worker: ChildProcess, work: Work): Promise<void> {
  for (;;) {
    worker.kill('SIGSTOP')
    await setTimeout(20)
    if ((await work.active()) > 0) break
    worker.kill('SIGCONT')
    await setTimeout(5)
  }
  worker.kill('SIGKILL')
}

describe.skipIf(!hasRedis || !hasPostgres).each([
  ['bullmq', redisWork],
  ['pg-boss', postgresWork],
] as const)('%s', (example, connect) => {
  test('a worker killed in the middle of 200 messages loses none, and none is handled twice', async () => {
    const work = connect()
    const receiver = await start(`${example}/receiver`)
    const port = /port: (\d+)/.exec(receiver.said)?.[1] as string
    const dying = await start(`${example}/worker`)
    const sending = sendAll(port)
    await expect.poll(work.done, { timeout: 30_000, interval: 5 }).toBeGreaterThan(20)
    await killAtWork(dying.child, work)
    expect(await work.done()).toBeLessThan(count)
    expect(new Set(await sending)).toEqual(new Set([200]))
    await start(`${example}/worker`)
    await expect.poll(work.done, { timeout: 60_000, interval: 100 }).toBe(count)
    await expect.poll(work.ranAgain, { timeout: 60_000, interval: 100 }).toBeGreaterThan(0)
    expect(await work.total()).toBe(count)
    for (const child of children) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.signalCode === null && child.kill('SIGTERM')) expect(await ended).toBe(0)
    }
    await work.clean()
  })
})
