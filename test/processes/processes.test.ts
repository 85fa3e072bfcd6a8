// Several processes that share a store run each delivery once at a time and succeed once.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useChildren } from '../support/children.js'
import { canRun, forkOptionsOf, openDatabase } from '../support/databases.js'
import { DynamoServer } from '../support/dynamodb-server.js'
import { connectIoRedis, hasRedis } from '../support/servers.js'
import { UpstashBridge } from '../support/upstash-bridge.js'

const children = useChildren()
const secret = 'the secret of all processes'
const { method, headers, body } = signDelivery('Message.received', samplePayload('Message.received'), { secret })

const bridge = new UpstashBridge()
const dynamoServer = new DynamoServer()
const serverUrls = { UPSTASH_URL: '', DYNAMODB_URL: '' }
beforeAll(async () => {
  if (!hasRedis) return
  serverUrls.UPSTASH_URL = await bridge.start()
  serverUrls.DYNAMODB_URL = await dynamoServer.start()
})
afterAll(() => {
  bridge.stop()
  dynamoServer.stop()
})

/** Starts a process. The clocks of two differ by two hours, except for DynamoDB, whose store uses them. */
async function start(kind: string, location: string, namespace: string, task: string, leaseMs = 60_000) {
  const skewMs = kind === 'dynamodb' ? 0 : children.length === 0 ? -3_600_000 : 3_600_000
  const child = fork(
    join(import.meta.dirname, 'receiver.mjs'),
    [kind, location, namespace, task, String(leaseMs), String(skewMs)],
    { env: { ...process.env, ...serverUrls }, ...forkOptionsOf(kind) },
  )
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

const clients = ['pg', 'postgres', 'mysql2', 'mariadb', 'better-sqlite3', 'node:sqlite']
const kinds = hasRedis ? ['redis', 'upstash', 'dynamodb', ...clients.filter(canRun)] : []

describe.each(kinds)('two processes that share a store through %s', (kind) => {
  const redis = connectIoRedis()
  const databases: Awaited<ReturnType<typeof openDatabase>>[] = []

  /** Returns what the processes share: the location of the database, and a namespace. */
  async function createPlace(): Promise<readonly [location: string, namespace: string]> {
    const namespace = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`
    if (['redis', 'upstash', 'dynamodb'].includes(kind)) return ['', namespace]
    // This Node.js may have no node:sqlite.
    const database = await openDatabase(kind === 'node:sqlite' ? 'libSQL' : kind, { table: namespace })
    databases.push(database)
    return [database.location, namespace]
  }
  async function countOf(namespace: string, counter: string): Promise<number> {
    return Number(await redis.get(`${namespace}:${counter}`))
  }
  afterAll(async () => {
    for (const database of databases) await database.drop()
    redis.disconnect()
  })

  test('runs once when a hundred duplicates arrive at once', async () => {
    const [location, namespace] = await createPlace()
    const urls = [await start(kind, location, namespace, 'succeed'), await start(kind, location, namespace, 'succeed')]
    const statuses = await sendDuplicates(urls, 100)
    expect(await countOf(namespace, 'runs')).toBe(1)
    expect(new Set([...statuses, 200, 503])).toEqual(new Set([200, 503]))
    expect(statuses).toContain(200)
    expect(new Set(await sendDuplicates(urls, 10))).toEqual(new Set([200]))
    expect(await countOf(namespace, 'runs')).toBe(1)
  })

  test('succeeds exactly once when the first of a hundred duplicates fails', async () => {
    const [location, namespace] = await createPlace()
    const urls = [
      await start(kind, location, namespace, 'failFirst'),
      await start(kind, location, namespace, 'failFirst'),
    ]
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
    const [location, namespace] = await createPlace()
    const leaseMs = 1500
    const [dying, other] = [
      await start(kind, location, namespace, 'hang', leaseMs),
      await start(kind, location, namespace, 'succeed', leaseMs),
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
