import { createServer } from 'node:http'
import type { OutcomeRecord } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/koa'
import { samplePayload } from 'gallabox-webhooks/testing'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { secret, send } from '../support/client.js'
import { listen } from '../support/listen.js'

const body = JSON.stringify(samplePayload('Message.Received'))

async function outcomeBehind(middleware: Koa.Middleware, sent: string | Uint8Array = body) {
  const records: OutcomeRecord[] = []
  const app = new Koa()
  app.use(middleware)
  app.use(webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) }))
  const response = await send(await listen(createServer(app.callback())), sent)
  return { response, record: records[0] }
}

async function readAll(ctx: Koa.Context): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('names bodyParser() when a parser keeps only the object', async () => {
  const { response, record } = await outcomeBehind(async (ctx, next) => {
    ;(ctx.request as { body?: unknown }).body = JSON.parse((await readAll(ctx)).toString())
    await next()
  })
  expect(response.status).toBe(500)
  expect(record).toMatchObject({ code: 'body-already-parsed', message: expect.stringContaining('bodyParser()') })
})

test('accepts a delivery when middleware keeps its bytes in req.rawBody', async () => {
  const { response } = await outcomeBehind(async (ctx, next) => {
    ;(ctx.req as { rawBody?: unknown }).rawBody = await readAll(ctx)
    await next()
  })
  expect(response.status).toBe(200)
})

test('rejects a delivery when its decoded string lost the BOM', async () => {
  const { record } = await outcomeBehind(async (ctx, next) => {
    ;(ctx.request as { rawBody?: unknown }).rawBody = (await readAll(ctx)).toString().replace('\uFEFF', '')
    await next()
  }, `\uFEFF${body}`)
  expect(record).toMatchObject({ code: 'signature-mismatch' })
})

test('lets earlier middleware read the status and set headers', async () => {
  const { response } = await outcomeBehind(async (ctx, next) => {
    await next()
    ctx.set('x-status', String(ctx.status))
  })
  expect(response.headers['x-status']).toBe('200')
})
