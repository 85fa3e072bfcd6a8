import { createServer } from 'node:http'
import express from 'express'
import { createReceiver, memoryStore, type ReceiverOptions } from 'gallabox-webhooks'
import { webhookHandler, webhookMiddleware } from 'gallabox-webhooks/express'
import { webhookHandler as nodeHandler } from 'gallabox-webhooks/node'
import { samplePayload, signBody, signDelivery, toRequest } from 'gallabox-webhooks/testing'
import { webhookHandler as webHandler } from 'gallabox-webhooks/web'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { listen } from '../support/listen.js'
import { delivery, secret } from '../support/test-receiver.js'

const url = 'http://localhost/webhooks/gallabox'
const signed = signDelivery('Message.Received', samplePayload('Message.Received'), { secret })

const printed: unknown[][] = []
beforeEach(() => {
  printed.length = 0
  vi.spyOn(console, 'error').mockImplementation((...line) => {
    printed.push(line)
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

function post(address: string, { headers, body } = signed) {
  return fetch(address, { method: 'POST', headers, body })
}

/** Creates a receiver that reports to the console. */
function consoleReceiver(options: Partial<ReceiverOptions> = {}) {
  return createReceiver({ secret, onEvent: () => {}, ...options })
}

describe('without onOutcome', () => {
  test('prints one line with the fix when express.json() runs before the webhook', async () => {
    const app = express()
    app.use(express.json())
    app.post(
      '/webhooks/gallabox',
      webhookHandler({ secret, on: { 'Message.Received': (event) => console.log(event.data.id) } }),
    )
    const address = new URL('/webhooks/gallabox', await listen(createServer(app))).href
    expect((await post(address)).status).toBe(500)
    expect((await post(address)).status).toBe(500)
    expect(printed).toEqual([
      [
        'gallabox-webhooks: 500 body-already-parsed: Mount the webhook before app.use(express.json()), or keep the bytes: express.json({ verify(req, res, buf) { req.rawBody = buf } }). Run: npx gallabox-webhooks explain body-already-parsed',
      ],
    ])
  })

  test('prints the problem of webhookMiddleware', async () => {
    const app = express()
    app.use(express.json(), webhookMiddleware({ secret }))
    expect((await post(await listen(createServer(app)))).status).toBe(500)
    expect(printed).toHaveLength(1)
  })

  test('prints nothing for a duplicate of a delivery that is being handled', async () => {
    let finish = () => {}
    const handling = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { receive } = consoleReceiver({ onEvent: () => handling, idempotency: { store: memoryStore() } })
    const first = receive(delivery())
    expect((await receive(delivery())).code).toBe('in-progress')
    finish()
    await first
    expect(printed).toEqual([])
  })

  const neverSettle = () => new Promise<never>(() => {})
  const failToConnect = () => Promise.reject(new Error('postgres://user:hunter2@db refused'))
  const failingStore = {
    claim: failToConnect,
    extend: failToConnect,
    complete: failToConnect,
    release: failToConnect,
  }
  const { id: _id, ...withoutId } = samplePayload('Message.Received')
  test.each<[string, Partial<ReceiverOptions>, Parameters<typeof delivery>[0]]>([
    ['secret-unavailable', { secret: () => undefined }, {}],
    ['unhandled', { onEvent: undefined, on: { 'Message.Received': () => {} } }, { data: withoutId }],
    ['store-failed', { idempotency: { store: failingStore } }, {}],
    ['handler-timeout', { onEvent: neverSettle, handlerTimeoutMs: 10 }, {}],
    ['signature-missing', {}, { headers: {} }],
    ['signature-mismatch', {}, { secret: 'another secret' }],
    ['body-not-json', {}, signedBody('not JSON')],
  ])('prints %s once per receiver, without secrets', async (code, options, changes) => {
    const { receive } = consoleReceiver(options)
    expect((await receive(delivery(changes))).code).toBe(code)
    await receive(delivery(changes))
    expect(printed).toHaveLength(1)
    expect(printed[0]).toHaveLength(1)
    expect(printed[0]?.[0]).toMatch(
      new RegExp(`^gallabox-webhooks: \\d{3} ${code}: .+\\. Run: npx gallabox-webhooks explain ${code}$`),
    )
    expect(String(printed[0])).not.toMatch(/hunter2|whsec|another secret|not JSON/)
    await consoleReceiver(options).receive(delivery(changes))
    expect(printed).toHaveLength(2)
  })

  test.each<[string, Parameters<typeof delivery>[0]]>([
    ['method-not-allowed', { method: 'GET' }],
    ['ignored', { name: 'Contact.Created', data: samplePayload('Contact.Created') }],
    ['handled', {}],
  ])('prints nothing for %s', async (code, changes) => {
    const { receive } = consoleReceiver({ onEvent: undefined, on: { 'Message.Received': () => {} } })
    expect((await receive(delivery(changes))).code).toBe(code)
    expect(printed).toEqual([])
  })

  test('prints store-failed when the store fails after the handler', async () => {
    const store = { ...failingStore, claim: async () => ({ state: 'claimed', token: 't' }) as const }
    const { receive } = consoleReceiver({ idempotency: { store } })
    expect((await receive(delivery())).code).toBe('handled')
    expect(printed[0]?.[0]).toContain('503 store-failed')
  })

  test('prints a lost claim once with its cause, and a store that failed before in its own line', async () => {
    const store = { ...memoryStore(), complete: async () => false }
    const broken = { ...store, claim: vi.fn(store.claim).mockImplementationOnce(failToConnect) }
    const { receive } = consoleReceiver({ idempotency: { store: broken } })
    expect((await receive(delivery())).code).toBe('store-failed')
    for (const text of ['a', 'b']) expect((await receive(delivery({ data: { id: text } }))).code).toBe('handled')
    expect(printed).toHaveLength(2)
    expect(printed[1]?.[0]).toBe(
      'gallabox-webhooks: 503 store-failed: The claim was lost while the handler ran. Check the connection to the store, or raise leaseMs. Run: npx gallabox-webhooks explain store-failed',
    )
  })

  test.each([
    ['/node', async () => post(await listen(createServer(nodeHandler({ secret, onEvent: fail }))))],
    ['/web', async () => webHandler({ secret, onEvent: fail })(toRequest(signed, url))],
  ])('prints the error each time and responds with 500 when a handler of %s fails', async (_title, send) => {
    expect((await send()).status).toBe(500)
    expect((await send()).status).toBe(500)
    expect(printed).toEqual([
      ['gallabox-webhooks: 500 handler-failed:', error],
      ['gallabox-webhooks: 500 handler-failed:', error],
    ])
  })

  test('prints nothing when Express reports the error of a handler', async () => {
    const app = express()
    const reported: unknown[] = []
    app.post('/', webhookHandler({ secret, onEvent: fail }))
    app.use((thrown: Error, _req: unknown, res: express.Response, _next: unknown) => {
      reported.push(thrown.cause)
      res.sendStatus(500)
    })
    expect((await post(await listen(createServer(app)))).status).toBe(500)
    expect(reported).toEqual([error])
    expect(printed).toEqual([])
  })

  test('prints the error when work given to waitUntil fails after the response', async () => {
    const { receive } = consoleReceiver({ onEvent: (_event, { waitUntil }) => waitUntil(Promise.reject(error)) })
    expect((await receive(delivery(), { reportsErrors: true })).code).toBe('handled')
    await expect.poll(() => printed).toEqual([['gallabox-webhooks: 500 handler-failed:', error]])
  })
})

describe('with onOutcome', () => {
  test('prints nothing', async () => {
    const { receive } = consoleReceiver({ onOutcome: () => {}, onEvent: fail })
    await receive(delivery())
    await receive(delivery({ secret: 'another secret' }))
    expect(printed).toEqual([])
  })
})

const error = new Error('it broke')
function fail(): never {
  throw error
}

function signedBody(rawBody: string) {
  return { rawBody, headers: { 'x-gallabox-signature': signBody(rawBody, secret) } }
}
