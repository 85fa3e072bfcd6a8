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

test('called without next, as Cloud Functions do, it answers for a handler that throws', async () => {
  const onEvent = () => Promise.reject(new Error('it broke'))
  const errors: unknown[] = []
  const handler = webhookHandler({ secret, onEvent, onOutcome: ({ error }) => errors.push(error) })
  const url = await listen(createServer((req, res) => void handler(req, res)))
  expect((await send(url, body)).status).toBe(500)
  expect(errors).toMatchObject([{ message: 'it broke' }])
})

describe('where the bytes are, if a parser ran first', () => {
  async function outcomeBehind(...before: express.RequestHandler[]) {
    const records: OutcomeRecord[] = []
    const app = express()
    app.use(...before)
    app.post('/', webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) }))
    const url = await listen(createServer(app))
    const answer = await send(url, body)
    return { status: answer.status, code: records[0]?.code }
  }

  test.each<[string, express.RequestHandler[], { status: number; code: string }]>([
    ['express.raw() for all types', [express.raw({ type: '*/*' })], { status: 200, code: 'handled' }],
    ['express.raw() for another type', [express.raw({ type: 'text/csv' })], { status: 200, code: 'handled' }],
    ['express.json() for another type', [express.json({ type: 'text/csv' })], { status: 200, code: 'handled' }],
    [
      'express.json() that keeps the bytes, as the advice says',
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
      'express.json() that keeps a string',
      [
        express.json({
          verify: (req, _res, buf) => {
            ;(req as { rawBody?: string }).rawBody = buf.toString()
          },
        }),
      ],
      { status: 200, code: 'handled' },
    ],
    ['express.json()', [express.json()], { status: 500, code: 'body-already-parsed' }],
    ['express.text()', [express.text({ type: '*/*' })], { status: 500, code: 'body-already-parsed' }],
    [
      'a middleware that drops what it reads',
      [(req, _res, next) => void req.resume().on('end', () => next())],
      { status: 500, code: 'body-already-read' },
    ],
    [
      'a middleware that sets an encoding',
      [
        (req, _res, next) => {
          req.setEncoding('utf8')
          next()
        },
      ],
      { status: 500, code: 'body-already-read' },
    ],
  ])('%s', async (_title, before, expected) => {
    expect(await outcomeBehind(...before)).toEqual(expected)
  })

  test('text that was decoded with loss fails closed', async () => {
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

test('a receiver made before can be drained', async () => {
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

test('a response that something else has sent is left alone', async () => {
  const records: OutcomeRecord[] = []
  const app = express()
  app.use((_req, res, next) => {
    res.status(503).end('busy')
    next()
  })
  app.post('/', webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) }))
  expect(await send(await listen(createServer(app)), body)).toMatchObject({ status: 503, body: 'busy' })
})

test('what the middleware refuses never reaches the route', async () => {
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

test("a client that goes away while the handler runs ends nobody's process", async () => {
  const records: OutcomeRecord[] = []
  const gone = new AbortController()
  const app = express()
  app.post(
    '/',
    webhookHandler({
      secret,
      onOutcome: (record) => records.push(record),
      onEvent: async () => {
        gone.abort()
        await new Promise((resolve) => setTimeout(resolve, 50))
      },
    }),
  )
  const url = await listen(createServer(app))
  const request = { method: 'POST', headers: signedHeaders(body), body, signal: gone.signal }
  await expect(fetch(url, request)).rejects.toThrow()
  await expect.poll(() => records).toMatchObject([{ code: 'handled' }])
})

test('what nobody foresaw reaches the error handling, on Express 4 too', async () => {
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
