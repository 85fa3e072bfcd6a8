// Several processes that share a store run each delivery once at a time and succeed once.
import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTableSql } from 'gallabox-webhooks/sql'
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

function sendDuplicates(urls: readonly string[], count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => send(urls[i % urls.length] as string)))
}

describe.skipIf(!hasRedis || !hasPostgres).each(['redis', 'postgres'])('two processes that share %s', (kind) => {
  const redis = hasRedis ? connectIoRedis() : undefined
  const pool = hasPostgres ? connectPostgres() : undefined
  const namespaces: string[] = []

  async function createNamespace(): Promise<string> {
    const namespace = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`
    namespaces.push(namespace)
    await pool?.query(createTableSql('postgres', namespace))
    return namespace
  }
  async function countOf(namespace: string, counter: string): Promise<number> {
    return Number(await redis?.get(`${namespace}:${counter}`))
  }
  afterAll(async () => {
    for (const namespace of namespaces) await pool?.query(`DROP TABLE ${namespace}`)
    await pool?.end()
    redis?.disconnect()
  })

  test('runs once when a hundred duplicates arrive at once', async () => {
    const namespace = await createNamespace()
    const urls = [await start(kind, namespace, 'succeed'), await start(kind, namespace, 'succeed')]
    const statuses = await sendDuplicates(urls, 100)
    expect(await countOf(namespace, 'runs')).toBe(1)
    expect(new Set([...statuses, 200, 503])).toEqual(new Set([200, 503]))
    expect(statuses).toContain(200)
    expect(new Set(await sendDuplicates(urls, 10))).toEqual(new Set([200]))
    expect(await countOf(namespace, 'runs')).toBe(1)
  })

  test('succeeds exactly once when the first of a hundred duplicates fails', async () => {
    const namespace = await createNamespace()
    const urls = [await start(kind, namespace, 'failFirst'), await start(kind, namespace, 'failFirst')]
    let statuses = await sendDuplicates(urls, 100)
    expect(statuses).toContain(500)
    // Retries until all have succeeded, as Gallabox does.
    for (let round = 0; round < 10 && statuses.some((status) => status !== 200); round++) {
      statuses = await sendDuplicates(urls, 100)
    }
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await countOf(namespace, 'successes')).toBe(1)
    expect(await countOf(namespace, 'runs')).toBe(2)
  })

  test('runs a delivery again within one lease when its process is killed after two leases', async () => {
    const namespace = await createNamespace()
    const leaseMs = 1500
    const [dying, other] = [
      await start(kind, namespace, 'hang', leaseMs),
      await start(kind, namespace, 'succeed', leaseMs),
    ]
    // Its handler never ends. The claim is held after handler-timeout, and after the lease.
    expect(await send(dying)).toBe(500)
    for (let ms = 0; ms < 2 * leaseMs; ms += 100) {
      await sleep(100)
      expect(await send(other)).toBe(503)
    }
    const killedAt = Date.now()
    children[0]?.kill('SIGKILL')
    expect(await send(other)).toBe(503)
    await expect.poll(() => send(other), { timeout: 5000, interval: 20 }).toBe(200)
    expect(Date.now() - killedAt).toBeLessThan(leaseMs + 100)
    expect(await countOf(namespace, 'runs')).toBe(2)
    expect(await countOf(namespace, 'successes')).toBe(1)
  })
})
