// Faults between a client and its server: lost requests and responses, stalls and delays at each step of a delivery.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryStore } from 'gallabox-webhooks'
import { postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { createTableSql } from 'gallabox-webhooks/sql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Fault, FaultyProxy } from '../support/faulty-proxy.js'
import {
  connectIoRedis,
  connectNodeRedis,
  connectPostgres,
  databaseUrl,
  hasPostgres,
  hasRedis,
  redisUrl,
} from '../support/servers.js'
import { createTestReceiver, delivery } from '../support/test-receiver.js'

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
async function openPostgres(url = databaseUrl): Promise<Client> {
  const pool = connectPostgres({ connectionString: url })
  pool.on('error', () => {})
  return { store: postgresStore(pool, { table }), close: () => pool.end() }
}

const clients = [
  { name: 'node-redis', isAvailable: hasRedis, serverUrl: redisUrl, open: openNodeRedis },
  { name: 'ioredis', isAvailable: hasRedis, serverUrl: redisUrl, open: openIoRedis },
  { name: 'pg', isAvailable: hasPostgres, serverUrl: databaseUrl, open: openPostgres },
]

const pool = hasPostgres ? connectPostgres() : undefined
beforeAll(() => pool?.query(createTableSql('postgres', table)))
afterAll(async () => {
  await pool?.query(`DROP TABLE ${table}`)
  await pool?.end()
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
        const isLost = step === 'complete' && fault === 'lose-request'
        expect(successes).toBe(isLost && runs === 2 ? 2 : 1)
        expect((await second.receive(delivery())).code).toBe('duplicate')
        expect((await first.receive(delivery())).code).toBe('duplicate')
        await Promise.all([faulty.close(), sound.close()])
        proxy.close()
      },
    )
  })
}
