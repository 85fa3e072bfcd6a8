/**
 * A store in Amazon DynamoDB, for receivers that run in several processes.
 *
 * @module gallabox-webhooks/dynamodb
 */
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import { typeName } from '../platform/type-name.js'
import type { DeliveryStore } from './store.js'
import { storedKey } from './stored-key.js'

/** The parameters of a command that the store sends. */
export interface DynamoInput {
  readonly TableName?: string | undefined
  readonly Key?: Record<string, unknown> | undefined
  readonly Item?: Record<string, unknown> | undefined
  readonly ConsistentRead?: boolean | undefined
  readonly ConditionExpression?: string | undefined
  readonly ExpressionAttributeNames?: Record<string, string> | undefined
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE' | undefined
}

/** The part of a response that the store reads. */
export interface DynamoOutput {
  readonly Item?: Record<string, unknown> | undefined
}

/** The part of `DynamoDB` of `@aws-sdk/client-dynamodb` that the store uses. */
export interface DynamoClient {
  /** Sends a command object. The store checks only that it exists: version 2 of the SDK lacks it. */
  send(...command: never[]): unknown
  /** Writes an item, unless its condition fails. */
  putItem(input: DynamoInput): Promise<unknown>
  /** Reads an item, if the server returned none with the error of a condition. */
  getItem(input: DynamoInput): Promise<DynamoOutput>
  /** Deletes an item, unless its condition fails. */
  deleteItem(input: DynamoInput): Promise<unknown>
}

/** The part of `DynamoDBDocument` of `@aws-sdk/lib-dynamodb` that the store uses. */
export interface DynamoDocumentClient {
  /** Sends a command object. The store checks only that it exists: version 2 of the SDK lacks it. */
  send(...command: never[]): unknown
  /** Writes an item, unless its condition fails. */
  put(input: DynamoInput): Promise<unknown>
  /** Reads an item, if the server returned none with the error of a condition. */
  get(input: DynamoInput): Promise<DynamoOutput>
  /** Deletes an item, unless its condition fails. */
  delete(input: DynamoInput): Promise<unknown>
}

/** Options of `dynamoStore`. */
export interface DynamoStoreOptions {
  /** The table's name or ARN. Required. */
  readonly table: string
}

const optionKinds: OptionKinds<DynamoStoreOptions> = { table: 'a string' }

/** The commands of both clients, and how a value is passed to them. */
interface DynamoCommands extends Omit<DynamoDocumentClient, 'send'> {
  toAttribute(value: string | number): unknown
}

// DynamoDB deletes by its own clock. A client whose clock is slow must not lose a claim it has just written.
const deletionDelaySeconds = 3600

// Both are reserved words of DynamoDB's expressions.
const names = { '#key': 'key', '#token': 'token' }
// A client that sends a claim again after a lost response finds its own token. The claim then succeeds again.
const isFreeOrOwn = 'attribute_not_exists(#key) OR expiresAtMs <= :now OR #token = :token'
const isOwn = '#token = :token AND expiresAtMs > :now'

/**
 * Creates a store in DynamoDB. Every operation is one conditional write on one item, in one round trip.
 *
 * The table's partition key is the string `key`, without a sort key. Turn on DynamoDB's Time to Live for the attribute
 * `expiresAt`, so that DynamoDB deletes expired entries. It is an hour after `expiresAtMs`, which decides.
 *
 * Times come from the client's clock, because DynamoDB's conditions have none. A process whose clock is fast takes over
 * an ended claim that much early. A live process extends its claim at each third of `leaseMs`, so clocks may differ by
 * half of `leaseMs`: 15 seconds by default. Beyond that, a delivery can run twice at once. Synchronize the clocks, or
 * raise `leaseMs`.
 *
 * All processes must use the table in one region. Replicas of a global table can both grant one claim.
 *
 * @param client - A `DynamoDB` of `@aws-sdk/client-dynamodb`, or a `DynamoDBDocument` of `@aws-sdk/lib-dynamodb`.
 * @param options - The table's name. Required.
 * @throws TypeError for another client, and for a missing, invalid or unknown option.
 * @example
 * ```ts
 * import { createReceiver } from 'gallabox-webhooks'
 * import { type DynamoClient, dynamoStore } from 'gallabox-webhooks/dynamodb'
 *
 * export function receiverOn(client: DynamoClient) {
 *   return createReceiver({
 *     secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *     idempotency: { store: dynamoStore(client, { table: 'gallabox-deliveries' }) },
 *     onEvent: (event) => console.log(event.type),
 *   })
 * }
 * ```
 */
export function dynamoStore(client: DynamoClient | DynamoDocumentClient, options: DynamoStoreOptions): DeliveryStore {
  const commands = findCommands(client)
  const { toAttribute } = commands
  checkOptions('dynamoStore', options, optionKinds, 'Pass the table.')
  const { table } = options
  if (!table) throw new TypeError('dynamoStore.table: must be a non-empty string. Pass the name of the table.')

  async function keyOf(key: string) {
    return { key: toAttribute(await storedKey(key)) }
  }
  /** Writes an entry if the key is free or the token holds it. Returns the error of a condition that failed. */
  async function write(key: string, token: string, now: number, durationMs: number, isDone = false) {
    const expiresAtMs = now + durationMs
    return conditionError(
      commands.put({
        TableName: table,
        Item: {
          ...(await keyOf(key)),
          // Only a delivery in progress has a token.
          ...(isDone ? {} : { token: toAttribute(token) }),
          expiresAtMs: toAttribute(expiresAtMs),
          expiresAt: toAttribute(Math.ceil(expiresAtMs / 1000) + deletionDelaySeconds),
        },
        ConditionExpression: isFreeOrOwn,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':now': toAttribute(now), ':token': toAttribute(token) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    )
  }

  return {
    async claim(key, { leaseMs }) {
      const token = globalThis.crypto.randomUUID()
      const now = Date.now()
      const error = await write(key, token, now, leaseMs)
      if (!error) return { state: 'claimed', token }
      // DynamoDB returns the item with the error. Emulators may not.
      const { Item } = error.Item
        ? error
        : await commands.get({ TableName: table, Key: await keyOf(key), ConsistentRead: true })
      if (Item && !Item.token) return { state: 'done' }
      // No item: the claim was released between the two commands.
      return { state: 'in-progress', retryAfterMs: Math.max(1, Item ? toNumber(Item.expiresAtMs) - now : 1) }
    },
    async extend(key, token, { leaseMs }) {
      return !(await write(key, token, Date.now(), leaseMs))
    },
    async complete(key, token, { ttlMs }) {
      return !(await write(key, token, Date.now(), ttlMs, true))
    },
    async release(key, token) {
      const error = await conditionError(
        commands.delete({
          TableName: table,
          Key: await keyOf(key),
          ConditionExpression: isOwn,
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':now': toAttribute(Date.now()), ':token': toAttribute(token) },
        }),
      )
      return !error
    },
  }
}

function findCommands(value: unknown): DynamoCommands {
  const client = Object(value) as Partial<DynamoClient & DynamoDocumentClient>
  const hasMethods = (...methods: (keyof typeof client)[]) =>
    methods.every((method) => typeof client[method] === 'function')
  if (hasMethods('send', 'putItem', 'getItem', 'deleteItem')) {
    const plain = value as DynamoClient
    return {
      put: (input) => plain.putItem(input),
      get: (input) => plain.getItem(input),
      delete: (input) => plain.deleteItem(input),
      toAttribute: (attribute) => (typeof attribute === 'string' ? { S: attribute } : { N: String(attribute) }),
    }
  }
  if (hasMethods('send', 'put', 'get', 'delete')) {
    const document = value as DynamoDocumentClient
    return {
      put: (input) => document.put(input),
      get: (input) => document.get(input),
      delete: (input) => document.delete(input),
      toAttribute: (attribute) => attribute,
    }
  }
  throw new TypeError(
    'dynamoStore: must be a DynamoDB of @aws-sdk/client-dynamodb or a DynamoDBDocument of @aws-sdk/lib-dynamodb, ' +
      `got ${typeName(value)}. Pass new DynamoDB(), or DynamoDBDocument.from(client).`,
  )
}

/** Waits for a command. Returns the error of a condition that failed, with the item if the server sent it. */
async function conditionError(command: Promise<unknown>): Promise<DynamoOutput | undefined> {
  try {
    await command
    return undefined
  } catch (error) {
    if ((error as { name?: unknown } | undefined)?.name === 'ConditionalCheckFailedException')
      return error as DynamoOutput
    throw error
  }
}

/** Reads a number as either client returns it. The document client does not convert the item of an error. */
function toNumber(attribute: unknown): number {
  return Number((attribute as { N?: string } | undefined)?.N ?? String(attribute))
}
