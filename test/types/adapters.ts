// Each framework accepts the handlers of its adapter, in both supported versions.
import { createServer } from 'node:http'
import { createServer as createHttp2Server, createSecureServer } from 'node:http2'
import express from 'express'
import express4 from 'express4'
import Fastify from 'fastify'
import Fastify4 from 'fastify4'
import { type GallaboxEvent, HandlerError, type ReceiverOptions, type VerifiedDelivery } from 'gallabox-webhooks'
import * as forExpress from 'gallabox-webhooks/express'
import * as forFastify from 'gallabox-webhooks/fastify'
import * as forKoa from 'gallabox-webhooks/koa'
import * as forLambda from 'gallabox-webhooks/lambda'
import * as forNode from 'gallabox-webhooks/node'
import * as forWeb from 'gallabox-webhooks/web'
import { Hono } from 'hono'
import Koa from 'koa'
import Koa2 from 'koa2'
import { assertType, type Equal } from './support.js'

declare const options: ReceiverOptions
const { onEvent: _onEvent, on: _on, ack: _ack, handlerTimeoutMs: _timeout, ...verification } = options

for (const app of [express(), express.Router()]) {
  app.post('/', forExpress.webhookHandler(options))
  app.use(forExpress.webhookHandler(options))
  app.post('/', forExpress.webhookMiddleware(verification), (req, res) => {
    assertType<Equal<typeof req.gallabox, VerifiedDelivery | undefined>>()
    res.json(req.gallabox?.event.type)
  })
}
const app4 = express4()
app4.post('/', forExpress.webhookHandler(options))
app4.post('/', forExpress.webhookMiddleware(verification), (req) => {
  assertType<Equal<typeof req.gallabox, VerifiedDelivery | undefined>>()
})

new Koa().use(forKoa.webhookHandler(options)).use(forKoa.webhookMiddleware(verification))
new Koa2().use(forKoa.webhookHandler(options)).use(forKoa.webhookMiddleware(verification))

const fastify = Fastify()
fastify.register(forFastify.webhookPlugin, { url: '/', ...options })
fastify.register(forFastify.verificationPlugin, verification)
fastify.post('/', async (request) => {
  assertType<Equal<typeof request.gallabox, VerifiedDelivery | null | undefined>>()
})
Fastify({ http2: true }).register(forFastify.webhookPlugin, { url: '/', ...options })
// @ts-expect-error The url is required.
fastify.register(forFastify.webhookPlugin, options)
const fastify4 = Fastify4()
fastify4.register(forFastify.webhookPlugin, { url: '/', ...options })
fastify4.register(forFastify.verificationPlugin, verification)

createServer(forNode.webhookHandler(options))
createHttp2Server(forNode.webhookHandler(options))
createSecureServer({}, forNode.webhookHandler(options))
createServer((req, res) => forNode.webhookMiddleware(verification)(req, res, () => {}))

const handler = forWeb.webhookHandler(options)
new Hono().post('/', (c) => handler(c.req.raw, c.executionCtx))
assertType<Equal<Awaited<ReturnType<typeof handler>>, Response>>()
export const route: (request: Request, context: { params: Promise<object> }) => Promise<Response> = handler
export const worker: (
  request: Request,
  env: unknown,
  ctx: { waitUntil(p: Promise<unknown>): void },
) => Promise<Response> = handler

// The types of @types/aws-lambda, which is not a dependency.
declare const v1: {
  body: string | null
  headers: Record<string, string | undefined>
  multiValueHeaders: Record<string, string[] | undefined>
  httpMethod: string
  isBase64Encoded: boolean
  requestContext: { accountId: string }
}
declare const v2: {
  body?: string
  headers: Record<string, string | undefined>
  isBase64Encoded: boolean
  requestContext: { http: { method: string } }
}
export const results = [forLambda.webhookHandler(options)(v1, {}), forLambda.webhookHandler(options)(v2)]

export const wrapped: { status: 500; expose: false; cause?: unknown } = new HandlerError(new Error())
export type Event = GallaboxEvent
