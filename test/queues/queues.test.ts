// The examples of durable queues: a worker is killed in the middle of 200 events, and one event fails until it is
// replayed.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import type { Pool } from 'pg'
import { describe, expect, test } from 'vitest'
import { read } from '../../tools/docs/pages.js'
import { root, useChildren } from '../support/children.js'
import { connectPostgres } from '../support/servers.js'
import { conversations, count, secret, sendAll, sendTwice } from './deliveries.js'
import { engines } from './engines.js'

const children = useChildren()

interface Program {
  readonly child: ChildProcess
  /** What it has printed. */
  output: string
}

/** Starts one of the example's programs and waits until it is ready. */
async function start(program: string, changes: Readonly<Record<string, string>>): Promise<Program> {
  const env = { ...process.env, GALLABOX_WEBHOOK_SECRET: secret, PORT: '0', ...changes }
  const child = spawn(process.execPath, [`examples/queues/${program}.mjs`], { cwd: root, env })
  children.push(child)
  const running = { child, output: '' }
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      running.output += chunk
      if (/ready|port: \d+/.test(running.output)) resolve()
    })
    child.once('exit', () => reject(new Error(`${program} ended: ${running.output}${errors}`)))
  })
  return running
}

/** Lists the messages in the table of the workers, in the order in which they were stored. */
async function listStored(pool: Pool, schema: string) {
  const columns = "conversation, substr(payload->>'id', 9)::int AS number"
  const { rows } = await pool.query(`SELECT ${columns} FROM ${schema}.events ORDER BY position`)
  return rows as { conversation: string; number: number }[]
}

function listStarted({ output }: Program): string[] {
  return [...output.matchAll(/handling (\S+)/g)].map(([, key]) => key as string)
}

/** Kills a worker during a job. Stops it first to check that it has one. Returns the keys of its unfinished jobs. */
async function killDuringJob(worker: Program, listSettled: () => Promise<readonly string[]>): Promise<string[]> {
  for (;;) {
    worker.child.kill('SIGSTOP')
    await setTimeout(50)
    const settled = await listSettled()
    const unfinished = listStarted(worker).filter((key) => !settled.includes(key))
    if (unfinished.length > 0) {
      worker.child.kill('SIGKILL')
      return unfinished
    }
    worker.child.kill('SIGCONT')
    await setTimeout(5)
  }
}

/** Ends a program as a platform does, if it runs. */
async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const isRunning = child.signalCode === null && child.exitCode === null
  if (isRunning && child.kill('SIGTERM')) expect(await ended).toBe(0)
}

for (const { folder, hint, isAvailable } of engines) {
  if (!isAvailable) console.warn(`NOT CHECKED: the recipe for ${folder}. ${hint}`)
}

describe.each(engines)('$folder', ({ folder, isAvailable, isOrdered, jobsOfDuplicates, connect }) => {
  const name = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`

  test.skipIf(!isAvailable)('handles each of 200 events exactly once when a worker is killed', async () => {
    const pool = connectPostgres()
    const queue = await connect(name, children)
    const env = { ...queue.env, QUEUE: name, SCHEMA: name }
    const receiver = await start(`${folder}/receiver`, env)
    const url = `http://127.0.0.1:${/port: (\d+)/.exec(receiver.output)?.[1]}/`
    const dying = await start(`${folder}/worker`, env)
    const stored = () => listStored(pool, name)
    const countStored = async () => (await stored()).length

    // The database rejects one message.
    await pool.query(`ALTER TABLE ${name}.events ADD CONSTRAINT valid CHECK (payload->>'id' <> 'message-999')`)
    expect(await sendTwice(url, 'message-999', 'conversation-999')).toEqual([200, 200])
    await expect.poll(() => listStarted(dying), { timeout: 10_000 }).not.toEqual([])
    const [rejected] = listStarted(dying)
    const sending = sendAll(url)
    await expect.poll(countStored, { timeout: 30_000, interval: 5 }).toBeGreaterThan(20)
    const unfinished = await killDuringJob(dying, async () => {
      const { rows } = await pool.query(`SELECT key FROM ${name}.events`)
      return [rejected, ...rows.map(({ key }) => key)]
    })
    expect(await countStored()).toBeLessThan(count)
    expect(new Set(await sending)).toEqual(new Set([200]))

    // A worker that ends while it works loses no job.
    const ending = await start(`${folder}/worker`, env)
    await expect.poll(() => listStarted(ending).length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(5)
    await end(ending.child)
    expect(await countStored()).toBeLessThan(count)

    const next = await start(`${folder}/worker`, env)
    await expect.poll(countStored, { timeout: 90_000, interval: 100 }).toBe(count)
    // The jobs of the killed worker ran again.
    const listRestarted = () => [ending, next].flatMap(listStarted)
    await expect.poll(listRestarted, { timeout: 60_000 }).toEqual(expect.arrayContaining(unfinished))
    const numbers = (await stored()).map(({ number }) => number)
    expect(new Set(numbers).size).toBe(count)
    if (isOrdered) {
      for (let i = 0; i < conversations; i++) {
        const own = numbers.filter((number) => number % conversations === i)
        expect(own).toEqual([...own].sort((a, b) => a - b))
      }
    }

    // The failed job is kept. It runs when it is replayed.
    await expect.poll(queue.countFailed, { timeout: 90_000, interval: 100 }).toBe(jobsOfDuplicates)
    expect(await countStored()).toBe(count)
    await pool.query(`ALTER TABLE ${name}.events DROP CONSTRAINT valid`)
    await end(next.child)
    await queue.replay()
    const replaying = await start(`${folder}/worker`, env)
    await expect.poll(countStored, { timeout: 60_000, interval: 100 }).toBe(count + 1)
    await expect.poll(queue.countFailed, { timeout: 10_000 }).toBe(0)
    for (const { child } of [receiver, replaying]) await end(child)
    await queue.clean()
    await pool.query(`DROP SCHEMA ${name} CASCADE`)
    await pool.end()
  })
})

test.each([...engines.map(({ folder }) => folder), 'cloudflare'])('%s: at most 40 lines of code', (folder) => {
  const lines = ['receiver', 'worker'].flatMap((program) =>
    read(`examples/queues/${folder}/${program}.mjs`)
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)),
  )
  expect(lines.length).toBeLessThanOrEqual(40)
})
