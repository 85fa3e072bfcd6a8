import { createServer } from 'node:http'
import express from 'express'
import express4 from 'express4'
import { createReceiver, type OutcomeRecord } from 'gallabox-webhooks'
import { webhookHandler, webhookMiddleware } from 'gallabox-webhooks/express'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { secret, send, signedHeaders } from '../support/client.js'
import { listen } from '../support/listen.js'

const body = JSON.stringify(samplePayload('Message.Received'))

test('responds with 500 when the handler throws and no next is given, as in Cloud Functions', async () => {
  const onEvent = () => Promise.reject(new Error('it broke'))
  const errors: unknown[] = []
  const handler = webhookHandler({ secret, onEvent, onOutcome: ({ error }) => errors.push(error) })
  const url = await listen(createServer((req, res) => void handler(req, res)))
  expect((await send(url, body)).status).toBe(500)
  expect(errors).toMatchObject([{ message: 'it broke' }])
})

test('rejects without next when an unexpected error is thrown', async () => {
  const now = () => {
    throw new Error('no time')
  }
  const handler = webhookHandler({ secret, onEvent: () => {}, now })
  const failed = new Promise((resolve) => {
    const server = createServer((req, res) => {
      void handler(req, res).catch((error: Error) => {
        resolve(error.message)
        res.writeHead(500).end()
      })
    })
    void listen(server).then((url) => send(url, body))
  })
  expect(await failed).toBe('no time')
})

describe('when other middleware runs first', () => {
  async function outcomeBehind(...middleware: express.RequestHandler[]) {
    const records: OutcomeRecord[] = []
    const app = express()
    app.use(...middleware)
    app.post('/', webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) }))
    const url = await listen(createServer(app))
    const response = await send(url, body)
    return { status: response.status, code: records[0]?.code }
  }

  test.each<[string, express.RequestHandler[], { status: number; code: string }]>([
    [
      'accepts a delivery behind express.raw() for all types',
      [express.raw({ type: '*/*' })],
      { status: 200, code: 'handled' },
    ],
    [
      'accepts a delivery behind express.raw() for another type',
      [express.raw({ type: 'text/csv' })],
      { status: 200, code: 'handled' },
    ],
    [
      'accepts a delivery behind express.json() for another type',
      [express.json({ type: 'text/csv' })],
      { status: 200, code: 'handled' },
    ],
    [
      'accepts a delivery behind express.json() that keeps the bytes, as the hint says',
      [
        express.json({
          verify: (req, _res, buf) => {
            ;(req as { rawBody?: Buffer }).rawBody = buf
          },
        }),
      ],
      { status: 200, code: 'handled' },
    ],
    [
      'accepts a delivery behind express.json() that keeps a string',
      [
        express.json({
          verify: (req, _res, buf) => {
            ;(req as { rawBody?: string }).rawBody = buf.toString()
          },
        }),
      ],
      { status: 200, code: 'handled' },
    ],
    [
      'reports body-already-parsed behind express.json()',
      [express.json()],
      { status: 500, code: 'body-already-parsed' },
    ],
    ['handles the delivery behind express.text()', [express.text({ type: '*/*' })], { status: 200, code: 'handled' }],
    [
      'reports body-already-read behind middleware that reads the body and drops it',
      [(req, _res, next) => void req.resume().on('end', () => next())],
      { status: 500, code: 'body-already-read' },
    ],
    [
      'handles the delivery behind middleware that sets an encoding',
      [
        (req, _res, next) => {
          req.setEncoding('utf8')
          next()
        },
      ],
      { status: 200, code: 'handled' },
    ],
  ])('%s', async (_title, middleware, expected) => {
    expect(await outcomeBehind(...middleware)).toEqual(expected)
  })

  test('rejects a body when it was decoded with loss', async () => {
    const lossy = Buffer.concat([Buffer.from('"'), Buffer.from([0xff]), Buffer.from('"')])
    const app = express()
    app.use(express.text({ type: '*/*' }), (req, _res, next) => {
      ;(req as { rawBody?: string }).rawBody = req.body as string
      next()
    })
    app.post('/', webhookHandler({ secret, onEvent: () => {} }))
    expect((await send(await listen(createServer(app)), lossy)).status).toBe(401)
  })
})

test('drain() waits for the handler when webhookHandler is given a receiver', async () => {
  let ended = false
  const receiver = createReceiver({
    secret,
    ack: 'before-handler',
    onEvent: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      ended = true
    },
  })
  const app = express().post('/', webhookHandler(receiver))
  expect((await send(await listen(createServer(app)), body)).status).toBe(200)
  expect(ended).toBe(false)
  await receiver.drain()
  expect(ended).toBe(true)
})

test('leaves the response alone when other middleware has sent it', async () => {
  const records: OutcomeRecord[] = []
  const app = express()
  app.use((_req, res, next) => {
    res.status(503).end('busy')
    next()
  })
  app.post('/', webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) }))
  expect(await send(await listen(createServer(app)), body)).toMatchObject({ status: 503, body: 'busy' })
})

test('webhookMiddleware calls the route only when the delivery is verified', async () => {
  let reached = 0
  const app = express()
  app.post('/', webhookMiddleware({ secret }), (req, res) => {
    reached++
    res.json(req.gallabox?.event.type)
  })
  const url = await listen(createServer(app))
  expect((await send(url, body, { headers: signedHeaders(body, 'Message.Received', 'forged') })).status).toBe(401)
  expect(reached).toBe(0)
  expect((await send(url, body)).body).toBe('"Message.Received"')
})

test('reports handled when the client disconnects while the handler runs', async () => {
  const records: OutcomeRecord[] = []
  const client = new AbortController()
  const app = express()
  app.post(
    '/',
    webhookHandler({
      secret,
      onOutcome: (record) => records.push(record),
      onEvent: async () => {
        client.abort()
        await new Promise((resolve) => setTimeout(resolve, 50))
      },
    }),
  )
  const url = await listen(createServer(app))
  const request = { method: 'POST', headers: signedHeaders(body), body, signal: client.signal }
  await expect(fetch(url, request)).rejects.toThrow()
  await expect.poll(() => records).toMatchObject([{ code: 'handled' }])
})

test('passes an unexpected error to the error handler in Express 5 and 4', async () => {
  const handler = webhookHandler({
    secret,
    onEvent: () => {},
    now: () => {
      throw new Error('no time')
    },
  })
  for (const framework of [express, express4 as unknown as typeof express]) {
    const errors: unknown[] = []
    const app = framework()
    app.post('/', handler)
    app.use(((error, _req, res, _next) => {
      errors.push(error)
      res.sendStatus(500)
    }) as express.ErrorRequestHandler)
    expect((await send(await listen(createServer(app)), body)).status).toBe(500)
    expect(errors).toMatchObject([{ message: 'no time' }])
  }
})

test('adds at most 5 stack frames of the library below a handler', async () => {
  const limit = Error.stackTraceLimit
  let stack = ''
  const app = express()
  app.post(
    '/',
    webhookHandler({
      secret,
      onEvent() {
        Error.stackTraceLimit = 100
        stack = new Error('where am I?').stack ?? ''
        Error.stackTraceLimit = limit
      },
    }),
  )
  const body = JSON.stringify(samplePayload('Message.Received'))
  expect((await send(await listen(createServer(app)), body)).status).toBe(200)
  const frames = stack.split('\n').filter((line) => /[\\/]src[\\/]/.test(line))
  expect(frames.length).toBeGreaterThan(0)
  expect(frames.length).toBeLessThanOrEqual(5)
  for (const frame of frames) expect(frame).not.toMatch(/at (async )?(file:|\/)|<anonymous>/)
})
