// Several processes that share a store: one run of a delivery, whichever of them gets it, and one success in the end.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { deliveriesTableSql } from 'gallabox-webhooks/postgres'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { useChildren } from '../support/children.js'
import { connectIoRedis, connectPostgres, hasPostgres, hasRedis } from '../support/servers.js'

const children = useChildren()
const secret = 'the secret of all processes'
const { method, headers, body } = signDelivery('Message.received', samplePayload('Message.received'), { secret })

async function start(kind: string, namespace: string, task: string, leaseMs = 60_000): Promise<string> {
  const child = fork(fileURLToPath(new URL('receiver.mjs', import.meta.url)), [kind, namespace, task, String(leaseMs)])
  children.push(child)
  const port = await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', reject)
  })
  return `http://127.0.0.1:${port}/`
}

async function send(url: string): Promise<number> {
  return (await fetch(url, { method, headers, body })).status
}

function sendCopies(urls: readonly string[], count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => send(urls[i % urls.length] as string)))
}

describe.skipIf(!hasRedis || !hasPostgres).each(['redis', 'postgres'])('two processes that share %s', (kind) => {
  const redis = hasRedis ? connectIoRedis() : undefined
  const pool = hasPostgres ? connectPostgres() : undefined
  const namespaces: string[] = []

  async function fresh(): Promise<string> {
    const namespace = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`
    namespaces.push(namespace)
    await pool?.query(deliveriesTableSql(namespace))
    return namespace
  }
  async function counted(namespace: string, what: string): Promise<number> {
    return Number(await redis?.get(`${namespace}:${what}`))
  }
  afterAll(async () => {
    for (const namespace of namespaces) await pool?.query(`DROP TABLE ${namespace}`)
    await pool?.end()
    redis?.disconnect()
  })

  test('a hundred copies at once run once', async () => {
    const namespace = await fresh()
    const urls = [await start(kind, namespace, 'succeed'), await start(kind, namespace, 'succeed')]
    const statuses = await sendCopies(urls, 100)
    expect(await counted(namespace, 'runs')).toBe(1)
    expect(new Set([...statuses, 200, 503])).toEqual(new Set([200, 503]))
    expect(statuses).toContain(200)
    expect(new Set(await sendCopies(urls, 10))).toEqual(new Set([200]))
    expect(await counted(namespace, 'runs')).toBe(1)
  })

  test('a hundred copies, the first run of which fails, succeed exactly once in the end', async () => {
    const namespace = await fresh()
    const urls = [await start(kind, namespace, 'failFirst'), await start(kind, namespace, 'failFirst')]
    let statuses = await sendCopies(urls, 100)
    expect(statuses).toContain(500)
    // As Gallabox would: until none has to come back.
    for (let round = 0; round < 10 && statuses.some((status) => status !== 200); round++) {
      statuses = await sendCopies(urls, 100)
    }
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await counted(namespace, 'successes')).toBe(1)
    expect(await counted(namespace, 'runs')).toBe(2)
  })

  test('a delivery whose process is killed in the middle runs again after the lease, and not before', async () => {
    const namespace = await fresh()
    const leaseMs = 1500
    const [dying, other] = [
      await start(kind, namespace, 'hang', leaseMs),
      await start(kind, namespace, 'succeed', leaseMs),
    ]
    const lost = send(dying).catch(() => 'reset')
    await expect.poll(() => counted(namespace, 'runs')).toBe(1)
    children[0]?.kill('SIGKILL')
    expect(await lost).toBe('reset')
    expect(await send(other)).toBe(503)
    await expect.poll(() => send(other), { timeout: 5000, interval: 100 }).toBe(200)
    expect(await counted(namespace, 'runs')).toBe(2)
    expect(await counted(namespace, 'successes')).toBe(1)
  })
})
