// Faults between a client and its server: lost requests and responses, stalls and delays at each step of a delivery.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryStore } from 'gallabox-webhooks'
import { dynamoStore } from 'gallabox-webhooks/dynamodb'
import { postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { sqlStore } from 'gallabox-webhooks/sql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { canRun, openDatabase, serverUrlOf } from '../support/databases.js'
import { connectDynamo, DynamoServer, dynamoTable } from '../support/dynamodb-server.js'
import { type Fault, FaultyProxy } from '../support/faulty-proxy.js'
import { connectIoRedis, connectNodeRedis, hasRedis, redisUrl } from '../support/servers.js'
import { sqlClients } from '../support/sql-clients.mjs'
import { createTestReceiver, delivery } from '../support/test-receiver.js'
import { connectUpstash, UpstashBridge } from '../support/upstash-bridge.js'

const leaseMs = 900
const table = `test_${globalThis.crypto.randomUUID().replaceAll('-', '')}`
const steps = ['claim', 'extend', 'complete', 'release'] as const
const faults: readonly Fault[] = ['lose-request', 'lose-response', 'stall', 'delay']

interface Client {
  readonly store: DeliveryStore
  close(): unknown
}

async function openNodeRedis(url?: string): Promise<Client> {
  const client = await connectNodeRedis(url)
  return { store: redisStore(client), close: () => client.destroy() }
}
async function openIoRedis(url?: string): Promise<Client> {
  const client = connectIoRedis(url)
  client.on('error', () => {})
  return { store: redisStore(client), close: () => client.disconnect() }
}
async function openSql(name: string, location = serverUrlOf(name) as string): Promise<Client> {
  const { dialect, open } = sqlClients[name] as (typeof sqlClients)[string]
  const { client, run, close } = await open(location)
  return { store: name === 'pg' ? postgresStore(client, { table }) : sqlStore(run, { dialect, table }), close }
}
async function openUpstash(url = bridgeUrl): Promise<Client> {
  return { store: redisStore(connectUpstash(url)), close: () => {} }
}
async function openDynamo(url = dynamoUrl): Promise<Client> {
  const client = connectDynamo(url)
  return { store: dynamoStore(client, { table: dynamoTable }), close: () => client.destroy() }
}

const bridge = new UpstashBridge()
const bridgeUrl = hasRedis ? await bridge.start() : ''
const dynamoServer = new DynamoServer()
const dynamoUrl = await dynamoServer.start()
afterAll(() => {
  bridge.stop()
  dynamoServer.stop()
})

const clients = [
  { name: 'node-redis', isAvailable: hasRedis, serverUrl: redisUrl, open: openNodeRedis },
  { name: 'ioredis', isAvailable: hasRedis, serverUrl: redisUrl, open: openIoRedis },
  { name: '@upstash/redis', isAvailable: hasRedis, serverUrl: bridgeUrl, open: openUpstash },
  { name: 'DynamoDB', isAvailable: true, serverUrl: dynamoUrl, open: openDynamo },
  ...['pg', 'postgres', 'mysql2', 'mariadb'].map((name) => ({
    name,
    isAvailable: canRun(name),
    serverUrl: serverUrlOf(name) as string,
    open: (location?: string) => openSql(name, location),
  })),
]

// One client creates the table for all.
const databases: Awaited<ReturnType<typeof openDatabase>>[] = []
beforeAll(async () => {
  for (const name of ['pg', 'mysql2'].filter(canRun)) databases.push(await openDatabase(name, { table }))
})
afterAll(async () => {
  for (const database of databases) await database.drop()
})

const unhandled: unknown[] = []
const onUnhandled = (reason: unknown) => unhandled.push(reason)
beforeEach(() => {
  process.on('unhandledRejection', onUnhandled)
})
afterEach(() => {
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled.splice(0)).toEqual([])
})

for (const { name, isAvailable, serverUrl, open } of clients) {
  describe.skipIf(!isAvailable)(name, () => {
    const cases = steps.flatMap((step) => faults.map((fault) => ({ step, fault })))

    test.concurrent.each(cases)(
      'never runs twice at once, and succeeds, when $step meets $fault',
      async ({ step, fault }) => {
        const proxy = new FaultyProxy(serverUrl)
        const [faulty, sound] = [await open(await proxy.listen(serverUrl)), await open()]
        const namespace = globalThis.crypto.randomUUID()
        let isArmed = true
        const method = (...call: Parameters<DeliveryStore['extend']>) => {
          if (isArmed) proxy.nextFault = fault
          isArmed = false
          return faulty.store[step as 'extend'](...call)
        }

        let running = 0
        let mostRunning = 0
        let runs = 0
        let successes = 0
        const onEvent = async () => {
          mostRunning = Math.max(mostRunning, ++running)
          const isFirst = ++runs === 1
          await sleep(1.5 * leaseMs)
          running--
          if (isFirst && step === 'release') throw new Error('the first run fails')
          successes++
        }
        const idempotency = { store: { ...faulty.store, [step]: method }, namespace, leaseMs }
        const first = createTestReceiver({ onEvent, idempotency })
        const second = createTestReceiver({ onEvent, idempotency: { store: sound.store, namespace, leaseMs } })

        const outcome = first.receive(delivery())
        await sleep(leaseMs / 3)
        let code: string
        do {
          await sleep(20)
          ;({ code } = await second.receive(delivery()))
        } while (code !== 'handled' && code !== 'duplicate')
        // Late responses release what nobody handles.
        proxy.resume()
        const { status } = await outcome
        await sleep(leaseMs / 3)

        expect({ isArmed, fault: proxy.nextFault }).toEqual({ isArmed: false, fault: undefined })
        expect(mostRunning).toBe(1)
        expect([200, 500, 503]).toContain(status)
        // A success whose completion did not reach the store may run again.
        // Some clients prepare a statement first, so that only the preparation has a response.
        const preparesFirst = ['postgres', 'mysql2'].includes(name) && ['lose-response', 'stall'].includes(fault)
        const isLost = step === 'complete' && (fault === 'lose-request' || preparesFirst)
        expect(successes).toBe(isLost && runs === 2 ? 2 : 1)
        expect((await second.receive(delivery())).code).toBe('duplicate')
        expect((await first.receive(delivery())).code).toBe('duplicate')
        await Promise.all([faulty.close(), sound.close()])
        proxy.close()
      },
    )
  })
}
