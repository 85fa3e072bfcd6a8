// A handler that completes its claim in the transaction of its data: exactly once, whenever its process is killed.
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useChildren } from '../support/children.js'
import { canRun, forkOptionsOf, openDatabase } from '../support/databases.js'

const children = useChildren()
const secret = 'the secret of all processes'
const leaseMs = 900
const clients = ['pg', 'postgres', 'mysql2', 'mariadb', 'better-sqlite3', 'node:sqlite', 'libSQL'].filter(canRun)

interface Receiver {
  readonly child: ChildProcess
  readonly url: string
  /** What the process has sent. */
  readonly messages: {
    readonly port?: number
    readonly started?: true
    readonly code?: string
    readonly error?: string
  }[]
}

describe.each(clients)('a transaction through %s', (client) => {
  let database: Awaited<ReturnType<typeof openDatabase>>
  const data = () => `${database.table}_data`
  beforeAll(async () => {
    // This Node.js may have no node:sqlite.
    database = await openDatabase(client === 'node:sqlite' ? 'libSQL' : client)
    await database.exec(`CREATE TABLE ${data()} (pid VARCHAR(20))`)
  })
  afterAll(async () => {
    await database.exec(`DROP TABLE ${data()}`)
    await database.drop()
  })

  async function start(event: 'before-commit' | 'after-commit' | 'wait' | 'none'): Promise<Receiver> {
    const child = fork(
      fileURLToPath(new URL('transaction-receiver.mjs', import.meta.url)),
      [client, database.location, database.table, secret, String(leaseMs), event],
      forkOptionsOf(client),
    )
    children.push(child)
    const messages: Receiver['messages'] = []
    child.on('message', (message) => messages.push(message as Receiver['messages'][number]))
    await expect.poll(() => messages.length, { timeout: 10_000 }).toBe(1)
    return { child, url: `http://127.0.0.1:${messages[0]?.port}/`, messages }
  }

  /** Returns a delivery of its own, and a function that sends it: it resolves to the status, or 0 without a response. */
  function createDelivery() {
    const payload = { ...samplePayload('Message.Received'), id: globalThis.crypto.randomUUID() }
    const { method, headers, body } = signDelivery('Message.Received', payload, { secret })
    return ({ url }: Receiver) =>
      fetch(url, { method, headers, body })
        .then(({ status }) => status)
        .catch(() => 0)
  }

  /** Returns the processes whose data was committed. */
  async function listData(): Promise<number[]> {
    const rows = (await database.run(`SELECT pid FROM ${data()}`, [])) as { pid: string }[]
    await database.exec(`DELETE FROM ${data()}`)
    return rows.map(({ pid }) => Number(pid))
  }

  test('keeps its data, and is a duplicate, when the process is killed between commit and response', async () => {
    const [dying, other] = [await start('after-commit'), await start('none')]
    const send = createDelivery()
    expect(await send(dying)).toBe(0)
    await expect.poll(() => dying.child.signalCode).toBe('SIGKILL')
    // At once: nobody has to wait for the end of the lease.
    expect(await send(other)).toBe(200)
    await expect.poll(() => other.messages.at(-1)).toEqual({ code: 'duplicate' })
    expect(await listData()).toEqual([dying.child.pid])
  })

  test('runs again when the process is killed before the commit', async () => {
    const [dying, other] = [await start('before-commit'), await start('none')]
    const send = createDelivery()
    expect(await send(dying)).toBe(0)
    await expect.poll(() => dying.child.signalCode).toBe('SIGKILL')
    await expect.poll(() => send(other), { timeout: 10_000, interval: 50 }).toBe(200)
    expect(await send(other)).toBe(200)
    expect(other.messages.at(-1)).toEqual({ code: 'duplicate' })
    expect(await listData()).toEqual([other.child.pid])
  })

  test('is rolled back when the process was stopped and another one has handled the delivery', async () => {
    const [stalled, other] = [await start('wait'), await start('none')]
    const send = createDelivery()
    const stalledStatus = send(stalled)
    await expect.poll(() => stalled.messages.at(-1)).toEqual({ started: true })
    stalled.child.kill('SIGSTOP')
    await expect.poll(() => send(other), { timeout: 10_000, interval: 50 }).toBe(200)
    await sleep(100)
    stalled.child.kill('SIGCONT')
    expect(await stalledStatus).toBe(500)
    const error = 'completeIn: the claim was lost, or is in another table. Roll the transaction back.'
    await expect.poll(() => stalled.messages.at(-1)).toEqual({ code: 'handler-failed', error })
    expect(await listData()).toEqual([other.child.pid])
  })
})
