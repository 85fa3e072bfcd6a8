import { HandlerError, type OutcomeRecord, type ReceiverOptions } from 'gallabox-webhooks'
import { type LambdaEvent, webhookHandler } from 'gallabox-webhooks/lambda'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'

const secret = 'whsec_Jg8mZ2vQ'
const { headers, body } = signDelivery('Message.received', samplePayload('Message.received'), { secret })
const base64 = Buffer.from(body).toString('base64')
const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
const v2 = { version: '2.0', requestContext: { http: { method: 'POST' } } }

async function invoke(event: LambdaEvent, options: Partial<ReceiverOptions> = {}) {
  const records: OutcomeRecord[] = []
  const handler = webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record), ...options })
  const result = await handler(event)
  return { status: result.statusCode, code: records[0]?.code, result }
}

describe('events', () => {
  test.each<[string, LambdaEvent, number, string]>([
    ['v1', { httpMethod: 'POST', headers, multiValueHeaders: lists, body, isBase64Encoded: false }, 200, 'handled'],
    ['v1 with none in the lists', { httpMethod: 'POST', headers, multiValueHeaders: {}, body }, 200, 'handled'],
    ['v1 without multi-value headers', { httpMethod: 'POST', headers, multiValueHeaders: null, body }, 200, 'handled'],
    [
      'v1 in base64',
      { httpMethod: 'POST', multiValueHeaders: lists, body: base64, isBase64Encoded: true },
      200,
      'handled',
    ],
    ['v2', { ...v2, headers, body, isBase64Encoded: false }, 200, 'handled'],
    ['v2 in base64', { ...v2, headers, body: base64, isBase64Encoded: true }, 200, 'handled'],
    ['a method that no webhook uses', { httpMethod: 'GET', headers, body }, 405, 'method-not-allowed'],
    ['no method', { headers, body }, 200, 'handled'],
    ['no headers', { ...v2, body }, 401, 'signature-missing'],
    ['no body', { ...v2, headers, body: null }, 401, 'signature-mismatch'],
    ['no body in base64', { ...v2, headers, isBase64Encoded: true }, 401, 'signature-mismatch'],
    ['base64 that is none', { ...v2, headers, body: '###', isBase64Encoded: true }, 400, 'body-aborted'],
    [
      'a header that came twice',
      {
        httpMethod: 'POST',
        multiValueHeaders: { ...lists, 'x-gallabox-signature': Array(2).fill(headers['x-gallabox-signature']) },
        body,
      },
      401,
      'signature-malformed',
    ],
    [
      'a header under two spellings',
      { ...v2, headers: { ...headers, 'X-Gallabox-Signature': headers['x-gallabox-signature'] }, body },
      401,
      'signature-malformed',
    ],
    [
      'a list that is missing',
      { httpMethod: 'POST', multiValueHeaders: { ...lists, 'x-none': undefined }, body },
      200,
      'handled',
    ],
  ])('%s', async (_title, event, status, code) => {
    expect(await invoke(event)).toMatchObject({ status, code })
  })

  test.each([false, true])(
    'a body that a middleware parsed is said so, with the cure (in base64: %s)',
    async (isBase64Encoded) => {
      const records: OutcomeRecord[] = []
      const handler = webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) })
      const parsed = { ...v2, headers, body: JSON.parse(body), isBase64Encoded }
      expect((await handler(parsed)).statusCode).toBe(500)
      expect(records).toMatchObject([
        { code: 'body-already-parsed', message: 'body already parsed: Let no middleware parse event.body.' },
      ])
    },
  )

  test('a body over the limit is refused before it is decoded', async () => {
    const event = { ...v2, headers, body: base64, isBase64Encoded: true }
    expect(await invoke(event, { limitBytes: 10 })).toMatchObject({ status: 413, code: 'body-too-large' })
    expect(await invoke(event, { limitBytes: Buffer.byteLength(body) })).toMatchObject({ status: 200 })
    expect(await invoke(event, { limitBytes: Buffer.byteLength(body) - 1 })).toMatchObject({ status: 413 })
  })
})

test('the result is what a gateway takes', async () => {
  const { result } = await invoke({ ...v2, headers, body })
  expect(result).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: '{"ok":true}',
  })
})

test("ack: 'before-handler' is a TypeError at start", () => {
  expect(() => webhookHandler({ secret, onEvent: () => {}, ack: 'before-handler' })).toThrow(/loses events on Lambda/)
})

test('a handler that throws rejects, wrapped', async () => {
  const cause = new Error('it broke')
  const attempt = invoke({ ...v2, headers, body }, { onEvent: () => Promise.reject(cause) })
  await expect(attempt).rejects.toBeInstanceOf(HandlerError)
  await expect(attempt).rejects.toMatchObject({ cause })
})

test('work given to waitUntil is done before the reply', async () => {
  let done = false
  await invoke(
    { ...v2, headers, body },
    {
      onEvent: (_event, context) =>
        context.waitUntil(
          new Promise((resolve) => setTimeout(resolve, 20)).then(() => {
            done = true
          }),
        ),
    },
  )
  expect(done).toBe(true)
})

test('so is work that this work gives to waitUntil in turn', async () => {
  const done: number[] = []
  const later = (step: number) =>
    new Promise<void>((resolve) =>
      setTimeout(() => {
        done.push(step)
        resolve()
      }, 5),
    )
  await invoke(
    { ...v2, headers, body },
    {
      onEvent: (_event, context) =>
        context.waitUntil(
          later(1).then(() => {
            context.waitUntil(later(2).then(() => context.waitUntil(later(3))))
          }),
        ),
    },
  )
  expect(done).toEqual([1, 2, 3])
})

test('work that never ends is given up in time, so that Gallabox tries again', async () => {
  const result = await invoke(
    { ...v2, headers, body },
    { handlerTimeoutMs: 30, onEvent: (_event, context) => context.waitUntil(new Promise(() => {})) },
  )
  expect(result).toMatchObject({ status: 500, code: 'handler-timeout' })
})

test('a handler that throws has its work done before the rejection', async () => {
  let done = false
  const attempt = invoke(
    { ...v2, headers, body },
    {
      onEvent: (_event, context) => {
        context.waitUntil(
          new Promise((resolve) => setTimeout(resolve, 5)).then(() => {
            done = true
          }),
        )
        throw new Error('it broke')
      },
    },
  )
  await expect(attempt).rejects.toBeInstanceOf(HandlerError)
  expect(done).toBe(true)
})
