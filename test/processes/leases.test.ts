// Handlers that take longer than their lease, with every store and two receivers that share it.
import { setTimeout as sleep } from 'node:timers/promises'
import { type DeliveryStore, memoryStore, type OutcomeRecord, type ReceiverOptions } from 'gallabox-webhooks'
import { dynamoStore } from 'gallabox-webhooks/dynamodb'
import { postgresStore } from 'gallabox-webhooks/postgres'
import { redisStore } from 'gallabox-webhooks/redis'
import { sqlStore } from 'gallabox-webhooks/sql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canRun, openDatabase } from '../support/databases.js'
import { connectDynamoDocument, DynamoServer, dynamoTable } from '../support/dynamodb-server.js'
import { connectIoRedis, connectNodeRedis, hasRedis } from '../support/servers.js'
import { createTestReceiver, delivery } from '../support/test-receiver.js'
import { connectUpstash, UpstashBridge } from '../support/upstash-bridge.js'

const leaseMs = 600

interface StoreUnderTest {
  readonly name: string
  readonly isAvailable: boolean
  open(): Promise<{ store: DeliveryStore; close(): unknown }>
}

const stores: readonly StoreUnderTest[] = [
  { name: 'memoryStore', isAvailable: true, open: async () => ({ store: memoryStore(), close: () => {} }) },
  {
    name: 'redisStore on node-redis',
    isAvailable: hasRedis,
    async open() {
      const client = await connectNodeRedis()
      return { store: redisStore(client), close: () => client.destroy() }
    },
  },
  {
    name: 'redisStore on ioredis',
    isAvailable: hasRedis,
    async open() {
      const client = connectIoRedis()
      return { store: redisStore(client), close: () => client.disconnect() }
    },
  },
  {
    name: 'redisStore on @upstash/redis',
    isAvailable: hasRedis,
    async open() {
      const bridge = new UpstashBridge()
      return { store: redisStore(connectUpstash(await bridge.start())), close: () => bridge.stop() }
    },
  },
  {
    name: 'dynamoStore',
    isAvailable: true,
    async open() {
      const server = new DynamoServer()
      const client = connectDynamoDocument(await server.start())
      return { store: dynamoStore(client, { table: dynamoTable }), close: () => server.stop() }
    },
  },
  {
    name: 'postgresStore',
    isAvailable: canRun('pg'),
    async open() {
      const { client, table, drop } = await openDatabase('pg')
      return { store: postgresStore(client, { table }), close: drop }
    },
  },
  ...['mysql2', 'better-sqlite3', 'libSQL'].map((name) => ({
    name: `sqlStore on ${name}`,
    isAvailable: canRun(name),
    async open() {
      const { run, options, drop } = await openDatabase(name)
      return { store: sqlStore(run, options), close: drop }
    },
  })),
]

for (const { name, isAvailable, open } of stores) {
  describe.skipIf(!isAvailable)(name, () => {
    let opened: Awaited<ReturnType<typeof open>>
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    /** Two receivers of one webhook, as in two processes. `changes` replace methods of the first one's store. */
    function createReceivers(options: Partial<ReceiverOptions>, changes: Partial<DeliveryStore> = {}) {
      const { store } = opened
      const namespace = globalThis.crypto.randomUUID()
      return [
        createTestReceiver({ ...options, idempotency: { store: { ...store, ...changes }, namespace, leaseMs } }),
        createTestReceiver({ ...options, idempotency: { store, namespace, leaseMs } }),
      ] as const
    }
    function storeErrorsOf(...records: readonly OutcomeRecord[][]): unknown[] {
      return records.flat().flatMap(({ storeError }) => storeError ?? [])
    }

    test.each([
      ['within handlerTimeoutMs', 10 * leaseMs, 'handled'],
      ['beyond handlerTimeoutMs', leaseMs / 2, 'handler-timeout'],
    ])(
      'runs once when the handler takes three leases %s and duplicates arrive',
      async (_title, handlerTimeoutMs, code) => {
        let runs = 0
        let isRunning = true
        const onEvent = async () => {
          runs++
          await sleep(3 * leaseMs)
          isRunning = false
        }
        const [first, second] = createReceivers({ onEvent, handlerTimeoutMs })
        const outcome = first.receive(delivery())
        await expect.poll(() => runs).toBe(1)
        while (isRunning) {
          for (const { receive } of [first, second]) {
            const duplicate = await receive(delivery())
            if (isRunning) expect(duplicate.code).toBe('in-progress')
          }
          await sleep(20)
        }
        expect((await outcome).code).toBe(code)
        await first.receiver.drain()
        expect((await second.receive(delivery())).code).toBe('duplicate')
        expect(runs).toBe(1)
        expect(storeErrorsOf(first.outcomes, second.outcomes)).toEqual([])
      },
    )

    test('is done when the handler succeeds after a lease that could not be extended', async () => {
      let runs = 0
      const onEvent = async () => {
        runs++
        await sleep(leaseMs + 100)
        // A store may delete ended claims whenever it claims.
        for (let other = 0; other < 5; other++) {
          await opened.store.claim(globalThis.crypto.randomUUID(), { leaseMs: 10 })
        }
      }
      const unreachable = async () => {
        throw new Error('connection refused')
      }
      const [first, second] = createReceivers({ onEvent }, { extend: unreachable })
      expect((await first.receive(delivery())).code).toBe('handled')
      expect((await second.receive(delivery())).code).toBe('duplicate')
      expect(runs).toBe(1)
      expect(storeErrorsOf(first.outcomes)).toEqual([])
    })

    test('aborts the signal and reports the lost claim when another process claims after the lease', async () => {
      const start = Date.now()
      const reasons: unknown[] = []
      const onEvent: ReceiverOptions['onEvent'] = async (_event, { signal }) => {
        await sleep(2 * leaseMs)
        reasons.push(signal.reason)
      }
      // The first process does not reach the store for a lease.
      const extend: DeliveryStore['extend'] = async (...call) => {
        if (Date.now() - start < leaseMs + 100) throw new Error('connection refused')
        return opened.store.extend(...call)
      }
      const [stalled, other] = createReceivers({ onEvent }, { extend })
      const outcome = stalled.receive(delivery())
      await sleep(leaseMs + 20)
      expect((await other.receive(delivery())).code).toBe('handled')
      expect((await outcome).code).toBe('handled')
      expect(reasons).toMatchObject([{ name: 'AbortError' }, undefined])
      expect(storeErrorsOf(stalled.outcomes)).toMatchObject([{ name: 'ClaimLostError' }])
      expect(storeErrorsOf(other.outcomes)).toEqual([])
    })
  })
}
