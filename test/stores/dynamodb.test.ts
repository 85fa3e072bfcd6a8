// Runs the store contract against dynamoStore on dynalite: see test/support/dynamodb-server.ts.
import { DynamoDB, DynamoDBClient, type PutItemCommandInput } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { type DynamoClient, type DynamoDocumentClient, dynamoStore } from 'gallabox-webhooks/dynamodb'
import { storeContract } from 'gallabox-webhooks/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { connectDynamo, connectDynamoDocument, DynamoServer, dynamoTable } from '../support/dynamodb-server.js'
import { FaultyProxy } from '../support/faulty-proxy.js'

const table = dynamoTable
const hour = { leaseMs: 3_600_000, ttlMs: 3_600_000 }

/** Removes the parameter that older emulators of DynamoDB ignore. */
function ignoreReturnValues({ middlewareStack }: DynamoDB): void {
  middlewareStack.add(
    (next) => (command) => {
      const { ReturnValuesOnConditionCheckFailure: _ignored, ...input } = command.input as PutItemCommandInput
      return next({ ...command, input })
    },
    { step: 'initialize' },
  )
}

describe.each([true, false])('dynamoStore, when a failed condition returns the item: %s', (returnsItems) => {
  const server = new DynamoServer()
  let dynamo: DynamoDB
  let document: DynamoDBDocument
  let documentWithWrappedNumbers: DynamoDBDocument
  beforeAll(async () => {
    const url = await server.start()
    const connect = () => {
      const client = connectDynamo(url)
      if (!returnsItems) ignoreReturnValues(client)
      return client
    }
    dynamo = connect()
    document = DynamoDBDocument.from(connect())
    documentWithWrappedNumbers = DynamoDBDocument.from(connect(), { unmarshallOptions: { wrapNumbers: true } })
  })
  afterAll(() => server.stop())

  const clients: readonly (readonly [name: string, get: () => DynamoClient | DynamoDocumentClient])[] = [
    ['DynamoDB', () => dynamo],
    ['DynamoDBDocument', () => document],
    ['DynamoDBDocument with wrapNumbers', () => documentWithWrappedNumbers],
  ]

  describe.each(clients)('on %s', (_name, getClient) => {
    for (const { title, run } of storeContract(() => dynamoStore(getClient(), { table }))) test(title, run)

    test('sends one command for each operation', async () => {
      const store = dynamoStore(getClient(), { table })
      const key = globalThis.crypto.randomUUID()
      server.commands.length = 0
      const { token } = (await store.claim(key, hour)) as { token: string }
      await store.claim(key, hour)
      await store.extend(key, token, hour)
      await store.release(key, token)
      await store.complete(key, token, hour)
      await store.claim(key, hour)
      const read = returnsItems ? [] : ['GetItem']
      const claims = ['PutItem', 'PutItem', ...read]
      expect(server.commands).toEqual([...claims, 'PutItem', 'DeleteItem', 'PutItem', 'PutItem', ...read])
    })
  })

  test('stores the key, the token and two times, and no token when done', async () => {
    const key = globalThis.crypto.randomUUID()
    const store = dynamoStore(dynamo, { table })
    const now = Date.now()
    const { token } = (await store.claim(key, { leaseMs: 5000 })) as { token: string }
    const { Item } = await document.get({ TableName: table, Key: { key } })
    expect(Item).toEqual({ key, token, expiresAtMs: expect.any(Number), expiresAt: expect.any(Number) })
    expect(Item?.expiresAtMs).toBeGreaterThanOrEqual(now + 5000)
    expect(Item?.expiresAtMs).toBeLessThan(now + 10_000)
    // In seconds, an hour later: DynamoDB deletes by its own clock.
    expect(Item?.expiresAt).toBe(Math.ceil(Item?.expiresAtMs / 1000) + 3600)
    await store.complete(key, token, hour)
    const done = await document.get({ TableName: table, Key: { key } })
    expect(Object.keys(done.Item ?? {}).sort()).toEqual(['expiresAt', 'expiresAtMs', 'key'])
  })

  test('stores a key of more than 255 bytes as its SHA-256', async () => {
    const key = `${globalThis.crypto.randomUUID()}${'न'.repeat(80)}`
    const store = dynamoStore(dynamo, { table })
    await store.claim(key, hour)
    const { Items } = await document.scan({ TableName: table })
    const keys = Items?.map((item) => item.key) ?? []
    expect(keys.filter((stored) => /^[0-9a-f]{64}$/.test(stored)).length).toBeGreaterThan(0)
    expect(keys).not.toContain(key)
  })

  test('rejects every claim without its table', async () => {
    const store = dynamoStore(dynamo, { table: 'no-such-table' })
    await expect(store.claim('a', hour)).rejects.toThrow(/non-existent table|not found/)
    await expect(store.release('a', 'token')).rejects.toThrow(/non-existent table|not found/)
  })
})

describe('dynamoStore, when clocks differ', () => {
  const server = new DynamoServer()
  let dynamo: DynamoDB
  beforeAll(async () => {
    dynamo = connectDynamo(await server.start())
  })
  afterAll(() => server.stop())
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    ['half of a lease ahead', 15_000, 'in-progress'],
    ['a lease ahead', 30_000, 'claimed'],
    ['a lease behind', -30_000, 'in-progress'],
  ])('reports an extended claim to a process %s as %s', async (_title, aheadMs, state) => {
    const store = dynamoStore(dynamo, { table })
    const key = globalThis.crypto.randomUUID()
    const lease = { leaseMs: 30_000 }
    const start = Date.now()
    vi.setSystemTime(start)
    const { token } = (await store.claim(key, lease)) as { token: string }
    vi.setSystemTime(start + 10_000)
    expect(await store.extend(key, token, lease)).toBe(true)
    // The latest moment before the next extension.
    vi.setSystemTime(start + 20_000 - 1 + aheadMs + (state === 'claimed' ? 1 : 0))
    expect((await store.claim(key, lease)).state).toBe(state)
  })
})

describe('dynamoStore, when a response is lost', () => {
  const server = new DynamoServer()
  let proxy: FaultyProxy
  let url: string
  beforeAll(async () => {
    const serverUrl = await server.start()
    proxy = new FaultyProxy(serverUrl)
    url = await proxy.listen(serverUrl)
  })
  afterAll(() => {
    proxy.close()
    server.stop()
  })

  test.each([
    ['DynamoDB', connectDynamo],
    ['DynamoDBDocument', connectDynamoDocument],
  ])('gets the claim when %s sends it again', async (_name, connect) => {
    const store = dynamoStore(connect(url), { table })
    const key = globalThis.crypto.randomUUID()
    server.commands.length = 0
    proxy.nextFault = 'lose-response'
    const claim = await store.claim(key, hour)
    expect(claim.state).toBe('claimed')
    expect(server.commands).toEqual(['PutItem', 'PutItem'])
    expect((await store.claim(key, hour)).state).toBe('in-progress')
    expect(await store.complete(key, (claim as { token: string }).token, hour)).toBe(true)
  })
})

test('reports a claim that was released before the read as in progress', async () => {
  const error = Object.assign(new Error(), { name: 'ConditionalCheckFailedException' })
  const client = { send() {}, put: () => Promise.reject(error), get: async () => ({}), delete: async () => {} }
  const claim = await dynamoStore(client, { table }).claim('a', hour)
  expect(claim).toEqual({ state: 'in-progress', retryAfterMs: 1 })
})

test('rejects when what was thrown is not an error', async () => {
  const client = { send() {}, put: () => Promise.reject(undefined), get: async () => ({}), delete: async () => {} }
  await expect(dynamoStore(client, { table }).claim('a', hour)).rejects.toBeUndefined()
})

const bareClient = new DynamoDBClient({ region: 'us-east-1' })

test.each([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['an empty object', {}, 'object'],
  ['a DynamoDBClient', bareClient, 'object'],
  ['a DynamoDBDocumentClient', DynamoDBDocumentClient.from(bareClient), 'object'],
  ['a class', DynamoDB, 'function'],
  ['a client of version 2 of the SDK', { putItem() {}, getItem() {}, deleteItem() {} }, 'object'],
  ['a document client of version 2 of the SDK', { put() {}, get() {}, delete() {} }, 'object'],
])('dynamoStore rejects %s', (_title, client, type) => {
  expect(() => dynamoStore(client as never, { table })).toThrow(
    new TypeError(
      'dynamoStore: must be a DynamoDB of @aws-sdk/client-dynamodb or a DynamoDBDocument of @aws-sdk/lib-dynamodb, ' +
        `got ${type}. Pass new DynamoDB(), or DynamoDBDocument.from(client).`,
    ),
  )
})

test.each([
  [undefined, 'dynamoStore: must be an object, got undefined. Pass the table.'],
  ['deliveries', 'dynamoStore: must be an object, got string. Pass the table.'],
  [{}, 'dynamoStore.table: must be a non-empty string. Pass the name of the table.'],
  [{ table: '' }, 'dynamoStore.table: must be a non-empty string. Pass the name of the table.'],
  [{ table: null }, 'dynamoStore.table: must be a string, got null.'],
  [{ tabel: 'a' }, 'dynamoStore: unknown option "tabel". Did you mean "table"?'],
])('dynamoStore rejects the options %j', (options, message) => {
  const client = new DynamoDB({ region: 'us-east-1' })
  expect(() => dynamoStore(client, options as never)).toThrow(new TypeError(message))
})
