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

describe('webhookHandler', () => {
  test.each<[string, LambdaEvent, number, string]>([
    [
      'accepts a v1 event',
      { httpMethod: 'POST', headers, multiValueHeaders: lists, body, isBase64Encoded: false },
      200,
      'handled',
    ],
    [
      'accepts a v1 event with empty multi-value headers',
      { httpMethod: 'POST', headers, multiValueHeaders: {}, body },
      200,
      'handled',
    ],
    [
      'accepts a v1 event without multi-value headers',
      { httpMethod: 'POST', headers, multiValueHeaders: null, body },
      200,
      'handled',
    ],
    [
      'accepts a v1 event in base64',
      { httpMethod: 'POST', multiValueHeaders: lists, body: base64, isBase64Encoded: true },
      200,
      'handled',
    ],
    ['accepts a v2 event', { ...v2, headers, body, isBase64Encoded: false }, 200, 'handled'],
    ['accepts a v2 event in base64', { ...v2, headers, body: base64, isBase64Encoded: true }, 200, 'handled'],
    ['rejects a GET event', { httpMethod: 'GET', headers, body }, 405, 'method-not-allowed'],
    ['accepts an event without a method', { headers, body }, 200, 'handled'],
    ['rejects an event without headers', { ...v2, body }, 401, 'signature-missing'],
    ['rejects an event without a body', { ...v2, headers, body: null }, 401, 'signature-mismatch'],
    ['rejects an event without a body in base64', { ...v2, headers, isBase64Encoded: true }, 401, 'signature-mismatch'],
    ['rejects invalid base64', { ...v2, headers, body: '###', isBase64Encoded: true }, 400, 'body-aborted'],
    [
      'rejects a signature that is sent twice',
      {
        httpMethod: 'POST',
        multiValueHeaders: { ...lists, 'x-gallabox-signature': Array(2).fill(headers['x-gallabox-signature']) },
        body,
      },
      401,
      'signature-malformed',
    ],
    [
      'rejects a signature in two headers of different letter case',
      { ...v2, headers: { ...headers, 'X-Gallabox-Signature': headers['x-gallabox-signature'] }, body },
      401,
      'signature-malformed',
    ],
    [
      'accepts a multi-value header that is undefined',
      { httpMethod: 'POST', multiValueHeaders: { ...lists, 'x-none': undefined }, body },
      200,
      'handled',
    ],
  ])('%s', async (_title, event, status, code) => {
    expect(await invoke(event)).toMatchObject({ status, code })
  })

  test.each([false, true])(
    'names the mistake when middleware has parsed the body (isBase64Encoded: %s)',
    async (isBase64Encoded) => {
      const records: OutcomeRecord[] = []
      const handler = webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) })
      const parsed = { ...v2, headers, body: JSON.parse(body), isBase64Encoded }
      expect((await handler(parsed)).statusCode).toBe(500)
      expect(records).toMatchObject([
        { code: 'body-already-parsed', message: 'body already parsed. Let no middleware parse event.body.' },
      ])
    },
  )

  test('rejects a body over the limit before it is decoded', async () => {
    const event = { ...v2, headers, body: base64, isBase64Encoded: true }
    expect(await invoke(event, { maxBodyBytes: 10 })).toMatchObject({ status: 413, code: 'body-too-large' })
    expect(await invoke(event, { maxBodyBytes: Buffer.byteLength(body) })).toMatchObject({ status: 200 })
    expect(await invoke(event, { maxBodyBytes: Buffer.byteLength(body) - 1 })).toMatchObject({ status: 413 })
  })
})

test('returns the result that a gateway expects', async () => {
  const { result } = await invoke({ ...v2, headers, body })
  expect(result).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: '{"ok":true}',
  })
})

test("throws when ack is 'before-handler'", () => {
  expect(() => webhookHandler({ secret, onEvent: () => {}, ack: 'before-handler' })).toThrow(/loses events on Lambda/)
})

test('rejects with a HandlerError when the handler throws', async () => {
  const cause = new Error('it broke')
  const invocation = invoke({ ...v2, headers, body }, { onEvent: () => Promise.reject(cause) })
  await expect(invocation).rejects.toBeInstanceOf(HandlerError)
  await expect(invocation).rejects.toMatchObject({ cause })
})

test('finishes work given to waitUntil before it responds', async () => {
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

test('finishes nested work given to waitUntil before it responds', async () => {
  const done: number[] = []
  const afterDelay = (step: number) =>
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
          afterDelay(1).then(() => {
            context.waitUntil(afterDelay(2).then(() => context.waitUntil(afterDelay(3))))
          }),
        ),
    },
  )
  expect(done).toEqual([1, 2, 3])
})

test('responds with 500 when work given to waitUntil exceeds the timeout', async () => {
  const result = await invoke(
    { ...v2, headers, body },
    { handlerTimeoutMs: 30, onEvent: (_event, context) => context.waitUntil(new Promise(() => {})) },
  )
  expect(result).toMatchObject({ status: 500, code: 'handler-timeout' })
})

test('finishes work given to waitUntil before it rejects when the handler throws', async () => {
  let done = false
  const invocation = invoke(
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
  await expect(invocation).rejects.toBeInstanceOf(HandlerError)
  expect(done).toBe(true)
})
