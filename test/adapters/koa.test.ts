import { createServer } from 'node:http'
import type { OutcomeRecord } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/koa'
import { samplePayload } from 'gallabox-webhooks/testing'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { secret, send } from '../support/client.js'
import { listen } from '../support/listen.js'

const body = JSON.stringify(samplePayload('Message.Received'))

async function outcomeBehind(before: Koa.Middleware, sent: string | Uint8Array = body) {
  const records: OutcomeRecord[] = []
  const app = new Koa()
  app.use(before)
  app.use(webhookHandler({ secret, onEvent: () => {}, onOutcome: (record) => records.push(record) }))
  const answer = await send(await listen(createServer(app.callback())), sent)
  return { answer, record: records[0] }
}

async function readAll(ctx: Koa.Context): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('a parser that keeps only the object is named, with the line to change', async () => {
  const { answer, record } = await outcomeBehind(async (ctx, next) => {
    ;(ctx.request as { body?: unknown }).body = JSON.parse((await readAll(ctx)).toString())
    await next()
  })
  expect(answer.status).toBe(500)
  expect(record).toMatchObject({ code: 'body-already-parsed', message: expect.stringContaining('bodyParser()') })
})

test('bytes that something kept on the request count', async () => {
  const { answer } = await outcomeBehind(async (ctx, next) => {
    ;(ctx.req as { rawBody?: unknown }).rawBody = await readAll(ctx)
    await next()
  })
  expect(answer.status).toBe(200)
})

test('a decoded string that lost the BOM fails closed', async () => {
  const { record } = await outcomeBehind(async (ctx, next) => {
    ;(ctx.request as { rawBody?: unknown }).rawBody = (await readAll(ctx)).toString().replace('\uFEFF', '')
    await next()
  }, `\uFEFF${body}`)
  expect(record).toMatchObject({ code: 'signature-mismatch' })
})

test('middleware before it sees the status, and may still set headers', async () => {
  const { answer } = await outcomeBehind(async (ctx, next) => {
    await next()
    ctx.set('x-status', String(ctx.status))
  })
  expect(answer.headers['x-status']).toBe('200')
})
