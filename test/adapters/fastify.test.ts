import { createServer, type IncomingMessage } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import Fastify4 from 'fastify4'
import { createReceiver, type OutcomeRecord } from 'gallabox-webhooks'
import { verificationPlugin, webhookPlugin } from 'gallabox-webhooks/fastify'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { secret, signedHeaders } from '../support/client.js'
import { listen } from '../support/listen.js'

const body = JSON.stringify(samplePayload('Message.Received'))
const request = { method: 'POST' as const, url: '/hook', headers: signedHeaders(body), payload: body }

describe.each([
  ['fastify 5', Fastify],
  ['fastify 4', Fastify4 as never as typeof Fastify],
])('%s', (_name, create) => {
  test('leaves the JSON parser of other routes in place', async () => {
    const app = create()
    const echo = async ({ body }: { body: unknown }) => ({ type: typeof body, body })
    app.post('/before', echo)
    await app.register(webhookPlugin, { url: '/hook', secret, onEvent: () => {} })
    await app.register(async (scope) => {
      await scope.register(verificationPlugin, { secret })
      scope.post('/verified', echo)
    })
    app.post('/after', echo)
    for (const url of ['/before', '/after']) {
      const response = await app.inject({ method: 'POST', url, payload: { id: 1 } })
      expect(response.json()).toEqual({ type: 'object', body: { id: 1 } })
    }
    expect((await app.inject({ method: 'POST', url: '/verified', payload: { id: 1 } })).statusCode).toBe(401)
    expect((await app.inject(request)).statusCode).toBe(200)
  })

  test('verificationPlugin sets request.body to the payload, which a schema can validate', async () => {
    const app = create()
    await app.register(async (scope) => {
      await scope.register(verificationPlugin, { secret })
      const schema = { body: { type: 'object', required: ['conversationId'] } }
      scope.post('/hook', { schema }, async ({ body, gallabox }) => ({ body, type: gallabox?.event.type }))
      scope.post('/strict', { schema: { body: { type: 'object', required: ['nothing'] } } }, async () => ({}))
    })
    expect((await app.inject(request)).json()).toEqual({ body: JSON.parse(body), type: 'Message.Received' })
    expect((await app.inject({ ...request, url: '/strict' })).statusCode).toBe(400)
  })

  test('sends the response once when hooks delay it', async () => {
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const app = create({ logger: { level: 'warn', stream } })
    let sent = 0
    app.addHook('onSend', async (_request, _reply, payload) => {
      sent++
      await new Promise((resolve) => setTimeout(resolve, 20))
      return payload
    })
    await app.register(webhookPlugin, { url: '/hook', secret, onEvent: () => {} })
    await app.register(async (scope) => {
      await scope.register(verificationPlugin, { secret })
      scope.post('/verified', async () => ({}))
    })
    expect((await app.inject(request)).json()).toEqual({ ok: true })
    const forged = { ...request, headers: signedHeaders('another') }
    for (const url of ['/hook', '/verified'])
      expect((await app.inject({ ...forged, url })).json()).toEqual({ ok: false })
    expect({ sent, lines }).toEqual({ sent: 3, lines: [] })
  })

  test('webhookPlugin ignores a receiver that is undefined', async () => {
    const app = create()
    await app.register(webhookPlugin, { url: '/hook', secret, onEvent: () => {}, receiver: undefined } as never)
    expect((await app.inject(request)).statusCode).toBe(200)
  })

  test('webhookPlugin accepts a receiver', async () => {
    const seen: string[] = []
    const receiver = createReceiver({ secret, onEvent: (event) => seen.push(event.type) })
    const app = create()
    await app.register(webhookPlugin, { url: '/hook', receiver })
    expect((await app.inject(request)).statusCode).toBe(200)
    expect(seen).toEqual(['Message.Received'])
  })

  test.each([
    [
      'webhookPlugin',
      (app: FastifyInstance) => app.register(webhookPlugin, { url: '/hook', secret: '', onEvent: () => {} }),
    ],
    ['verificationPlugin', (app: FastifyInstance) => app.register(verificationPlugin, { secret: '' })],
  ])('%s fails the start when the secret is invalid', async (_title, register) => {
    const app = create()
    await expect(
      (async () => {
        await register(app)
        await app.ready()
      })(),
    ).rejects.toThrow(TypeError)
  })

  test('accepts two webhooks and two scopes in one app', async () => {
    const app = create()
    await app.register(webhookPlugin, { url: '/a', secret, onEvent: () => {} })
    await app.register(webhookPlugin, { url: '/b', secret: 'another', onEvent: () => {} })
    for (const path of ['/c', '/d']) {
      await app.register(async (scope) => {
        await scope.register(verificationPlugin, { secret })
        scope.post(path, async () => 'ok')
      })
    }
    const statuses = await Promise.all(
      ['/a', '/b', '/c', '/d'].map(async (url) => (await app.inject({ ...request, url })).statusCode),
    )
    expect(statuses).toEqual([200, 401, 200, 200])
  })

  test('verificationPlugin decorates nested scopes once', async () => {
    const app = create()
    await app.register(async (outer) => {
      await outer.register(verificationPlugin, { secret })
      await outer.register(async (inner) => {
        await inner.register(verificationPlugin, { secret })
      })
    })
    await app.ready()
  })

  test('names what to change when a preParsing hook has read the body', async () => {
    const records: OutcomeRecord[] = []
    const app = create()
    app.addHook('preParsing', async (_request, _reply, payload) => {
      for await (const _chunk of payload);
      return payload
    })
    await app.register(webhookPlugin, {
      url: '/hook',
      secret,
      onEvent: () => {},
      onOutcome: (record) => records.push(record),
    })
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const response = await fetch(`${address}/hook`, { ...request, body })
    await app.close()
    expect(response.status).toBe(500)
    expect(records).toMatchObject([{ code: 'body-already-read', message: expect.stringContaining('req.rawBody') }])
  })

  test('reads the bytes that a host kept on the raw request', async () => {
    const app = create()
    await app.register(webhookPlugin, { url: '/hook', secret, onEvent: () => {} })
    await app.ready()
    // As Cloud Functions and Firebase do.
    const host = createServer(async (req: IncomingMessage & { rawBody?: Buffer; body?: unknown }, res) => {
      req.rawBody = Buffer.concat(await req.toArray())
      req.body = JSON.parse(String(req.rawBody))
      app.server.emit('request', req, res)
    })
    const response = await fetch(`${await listen(host)}hook`, { ...request, body })
    await app.close()
    expect(response.status).toBe(200)
  })

  test('keeps the verified event when a body schema changes request.body', async () => {
    const app = create()
    const properties = { id: { type: 'number' }, added: { type: 'string', default: 'by the schema' } }
    await app.register(async (scope) => {
      await scope.register(verificationPlugin, { secret })
      scope.post('/hook', { schema: { body: { type: 'object', properties } } }, async ({ body, gallabox }) => ({
        body,
        data: gallabox?.event.data,
      }))
    })
    const sent = JSON.stringify({ ...samplePayload('Message.Received'), id: '12' })
    const response = await app.inject({ ...request, headers: signedHeaders(sent), payload: sent })
    await app.close()
    expect(response.json().body).toMatchObject({ id: 12, added: 'by the schema' })
    expect(response.json().data).toEqual(JSON.parse(sent))
  })

  test('reads the stream that a preParsing hook returns', async () => {
    const { Readable } = await import('node:stream')
    const app = create()
    app.addHook('preParsing', async (_request, _reply, payload) => {
      const chunks: Buffer[] = []
      for await (const chunk of payload) chunks.push(chunk as Buffer)
      return Readable.from([Buffer.concat(chunks)]) as never
    })
    await app.register(webhookPlugin, { url: '/hook', secret, onEvent: () => {} })
    expect((await app.inject(request)).statusCode).toBe(200)
  })

  test.each([
    ['fails', new Error('disk is full')],
    ['ends early', undefined],
  ])('reports body-aborted when the stream %s', async (_title, error) => {
    const { Readable } = await import('node:stream')
    const records: OutcomeRecord[] = []
    const app = create()
    app.addHook('preParsing', async (_request, _reply, payload) => {
      payload.resume()
      return new Readable({
        read() {
          this.destroy(error)
        },
      }) as never
    })
    await app.register(webhookPlugin, {
      url: '/hook',
      secret,
      onEvent: () => {},
      onOutcome: (record) => records.push(record),
    })
    expect((await app.inject(request)).statusCode).toBe(400)
    expect(records).toMatchObject([{ code: 'body-aborted', error }])
  })

  test('names the content-type parser when the scope adds one after the plugin', async () => {
    const records: OutcomeRecord[] = []
    const app = create()
    await app.register(async (scope) => {
      await scope.register(verificationPlugin, { secret, onOutcome: (record) => records.push(record) })
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) =>
        done(null, JSON.parse(text as string)),
      )
      scope.post('/hook', async () => ({}))
    })
    expect((await app.inject(request)).statusCode).toBe(500)
    expect(records).toMatchObject([{ code: 'body-already-parsed', message: expect.stringContaining('content-type') }])
  })

  test('leaves the response alone when a timeout has sent it', async () => {
    const app = create()
    const failed: unknown[] = []
    app.addHook('onError', async (_request, _reply, error) => {
      failed.push(error)
    })
    app.addHook('preHandler', async (_request, reply) => {
      setTimeout(() => reply.code(504).send('too late'), 10)
    })
    await app.register(webhookPlugin, {
      url: '/hook',
      secret,
      onEvent: () => new Promise((resolve) => setTimeout(resolve, 40)),
    })
    expect((await app.inject(request)).statusCode).toBe(504)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(failed).toEqual([])
  })
})
