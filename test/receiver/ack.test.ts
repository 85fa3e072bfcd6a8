// `ack: 'before-handler'` is honored, reported, or refused at start. It is never ignored in silence.

import Fastify from 'fastify'
import type { OutcomeRecord, ReceiverOptions } from 'gallabox-webhooks'
import { webhookHandler as expressHandler } from 'gallabox-webhooks/express'
import { webhookPlugin } from 'gallabox-webhooks/fastify'
import { webhookHandler as koaHandler } from 'gallabox-webhooks/koa'
import { webhookHandler as lambdaHandler } from 'gallabox-webhooks/lambda'
import { webhookHandler as nodeHandler } from 'gallabox-webhooks/node'
import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
import { webhookHandler } from 'gallabox-webhooks/web'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { secret } from '../support/test-receiver.js'

const signed = signDelivery('Message.Received', samplePayload('Message.Received'), { secret })
const newRequest = () => toRequest(signed, 'http://localhost/')
const respondFirst: ReceiverOptions = { secret, ack: 'before-handler', onEvent: () => {} }

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('on AWS Lambda', () => {
  beforeEach(() => void vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'webhooks'))

  test.each([
    ['express', () => expressHandler(respondFirst)],
    ['koa', () => koaHandler(respondFirst)],
    ['node', () => nodeHandler(respondFirst)],
    ['lambda', () => lambdaHandler(respondFirst)],
    ['express with the option waitUntil', () => expressHandler({ ...respondFirst, waitUntil: () => {} })],
  ])('is a TypeError at start with %s', (_title, create) => {
    expect(create).toThrow(TypeError)
    expect(create).toThrow(/^ack: 'before-handler' loses events on Lambda/)
  })

  test('is a TypeError at start with fastify', async () => {
    const app = Fastify()
    app.register(webhookPlugin, { url: '/', ...respondFirst })
    await expect(app.ready()).rejects.toThrow(/^ack: 'before-handler' loses events on Lambda/)
  })

  test('is a TypeError with lambda even where the environment does not say so', () => {
    vi.unstubAllEnvs()
    expect(() => lambdaHandler(respondFirst)).toThrow(/^ack: 'before-handler' loses events on Lambda/)
  })

  test('leaves the default alone', () => {
    expect(() => expressHandler({ secret, onEvent: () => {} })).not.toThrow()
  })
})

test('survives an environment that must not be read', () => {
  const { env } = process
  Object.defineProperty(process, 'env', {
    configurable: true,
    get() {
      throw new Error('Requires env access')
    },
  })
  try {
    expect(() => expressHandler(respondFirst)).not.toThrow()
  } finally {
    Object.defineProperty(process, 'env', { configurable: true, value: env, writable: true })
  }
})

describe('in a Web handler', () => {
  /** Runs a delivery and returns what happened, in order. */
  async function order(options: Partial<ReceiverOptions>, ...platform: readonly unknown[]) {
    const steps: string[] = []
    const kept: unknown[] = []
    const handler = webhookHandler({
      ...respondFirst,
      onEvent: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        steps.push('handled')
      },
      ...options,
    })
    const host = { waitUntil: (promise: unknown) => kept.push(promise) }
    const { status } = await handler(newRequest(), ...platform.map((each) => (each === 'host' ? host : each)))
    steps.push(`responded ${status}`)
    await Promise.all(kept)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return steps
  }

  test.each<[string, Partial<ReceiverOptions>, readonly unknown[]]>([
    ['the platform passes waitUntil', {}, [{}, 'host']],
    ['waitUntil is an option', { waitUntil: () => {} }, []],
  ])('responds first when %s', async (_title, options, platform) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(await order(options, ...platform)).toEqual(['responded 200', 'handled'])
    expect(printed).not.toHaveBeenCalled()
  })

  test('runs the handler first when there is no waitUntil, and prints that once', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const handler = webhookHandler(respondFirst)
    await handler(newRequest())
    await handler(newRequest())
    expect(await order({})).toEqual(['handled', 'responded 200'])
    expect(printed.mock.calls.map(([line]) => line)).toEqual(
      Array(2).fill(
        "gallabox-webhooks: ack: 'before-handler' has no effect: no waitUntil was found. Pass the option waitUntil.",
      ),
    )
  })

  test('tells onOutcome when the handler ran first', async () => {
    const records: OutcomeRecord[] = []
    await order({ onOutcome: (record) => records.push(record) })
    await order({ onOutcome: (record) => records.push(record) }, { waitUntil() {} })
    expect(records.map(({ code, handlerFirst }) => [code, handlerFirst])).toEqual([
      ['handled', true],
      ['accepted', undefined],
    ])
  })
})

describe('the option waitUntil', () => {
  test('gets the work of a handler, before what the platform passes', async () => {
    const kept: string[] = []
    const handler = webhookHandler({
      secret,
      onEvent: (_event, context) => context.waitUntil(Promise.resolve()),
      waitUntil: () => kept.push('option'),
    })
    await handler(newRequest(), { waitUntil: () => kept.push('platform') })
    expect(kept).toEqual(['option'])
  })

  test('changes nothing when it throws', async () => {
    const handler = webhookHandler({
      ...respondFirst,
      waitUntil() {
        throw new Error('too late')
      },
    })
    expect((await handler(newRequest())).status).toBe(200)
  })

  test('must be a function', () => {
    expect(() => webhookHandler({ ...respondFirst, waitUntil: true as never })).toThrow(
      'waitUntil: must be a function, got boolean.',
    )
  })
})
