// Every adapter in every form, on a real server.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import express4 from 'express4'
import Fastify from 'fastify'
import Fastify4 from 'fastify4'
import type { MiddlewareOptions, ReceiverOptions } from 'gallabox-webhooks'
import * as expressAdapter from 'gallabox-webhooks/express'
import * as fastifyAdapter from 'gallabox-webhooks/fastify'
import * as koaAdapter from 'gallabox-webhooks/koa'
import * as lambdaAdapter from 'gallabox-webhooks/lambda'
import * as nodeAdapter from 'gallabox-webhooks/node'
import * as webAdapter from 'gallabox-webhooks/web'
import { Hono } from 'hono'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import Koa2 from 'koa2'
import { lambdaBridge } from './lambda-bridge.js'

export interface StartOptions extends ReceiverOptions {
  /** Mounts the framework's body parser before the webhook. */
  readonly parserFirst?: boolean
}

export interface Running {
  readonly url: string
  /** The errors that reached the framework's error handling. */
  readonly errors: unknown[]
  close(): Promise<void>
}

export interface Target {
  readonly name: string
  readonly form: 'handler' | 'middleware'
  /** The outcome if a body parser runs first. */
  readonly parsedBefore: 'body-already-parsed' | 'body-already-read' | 'harmless'
  /** The status if a handler throws. */
  readonly failureStatus: number
  /** False if a gateway buffers requests before the adapter. */
  readonly streams: boolean
  /** False if errors do not reach the framework's error handling. */
  readonly hasErrorHandling: boolean
  start(options: StartOptions): Promise<Running>
}

const defaults = { failureStatus: 500, streams: true, hasErrorHandling: true }

type Verified = { gallabox?: unknown }

async function listen(server: Server, errors: unknown[]): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/webhooks/gallabox`,
    errors,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Removes the options that middleware does not have. */
function verificationOptions(options: StartOptions): MiddlewareOptions {
  const { on: _on, onEvent: _onEvent, handlerTimeoutMs: _timeout, ack: _ack, ...rest } = options
  return rest
}

async function runHandler(options: StartOptions, verified: Verified): Promise<void> {
  const { event, context } = verified.gallabox as { event: never; context: never }
  await options.onEvent?.(event, context)
}

function expressTarget(name: string, create: typeof express, form: Target['form']): Target {
  return {
    name,
    form,
    parsedBefore: 'body-already-parsed',
    ...defaults,
    start({ parserFirst, ...options }) {
      const errors: unknown[] = []
      const app = create()
      app.set('env', 'test')
      if (parserFirst) app.use(create.json())
      if (form === 'handler') {
        app.all('/webhooks/gallabox', expressAdapter.webhookHandler(options))
      } else {
        app.all(
          '/webhooks/gallabox',
          expressAdapter.webhookMiddleware(verificationOptions(options)),
          (req, res, next) => {
            runHandler(options, req).then(() => res.status(200).json({ ok: true }), next)
          },
        )
      }
      app.use((error: unknown, _req: unknown, _res: unknown, next: (error: unknown) => void) => {
        errors.push(error)
        next(error)
      })
      return listen(createServer(app), errors)
    },
  }
}

function koaTarget(name: string, Create: typeof Koa, form: Target['form']): Target {
  return {
    name,
    form,
    parsedBefore: 'harmless',
    ...defaults,
    start({ parserFirst, ...options }) {
      const errors: unknown[] = []
      const app = new Create()
      app.on('error', (error) => errors.push(error))
      if (parserFirst) app.use(bodyParser())
      if (form === 'handler') {
        app.use(koaAdapter.webhookHandler(options))
      } else {
        app.use(koaAdapter.webhookMiddleware(verificationOptions(options)))
        app.use(async (ctx) => {
          await runHandler(options, ctx.state as Verified)
          ctx.status = 200
          ctx.body = { ok: true }
        })
      }
      return listen(createServer(app.callback()), errors)
    },
  }
}

function nodeTarget(form: Target['form']): Target {
  return {
    name: 'node',
    form,
    parsedBefore: 'body-already-read',
    ...defaults,
    hasErrorHandling: false,
    start({ parserFirst, ...options }) {
      const handle = nodeAdapter.webhookHandler({ onEvent: () => {}, ...options })
      const verify = nodeAdapter.webhookMiddleware(verificationOptions(options))
      const server = createServer(async (req, res) => {
        if (parserFirst) for await (const _chunk of req);
        if (form === 'handler') return handle(req, res)
        await verify(req, res, () => {
          runHandler(options, req as Verified).then(
            () => res.end('{"ok":true}'),
            () => {
              res.statusCode = 500
              res.end()
            },
          )
        })
      })
      return listen(server, [])
    },
  }
}

function fastifyTarget(name: string, create: typeof Fastify, form: Target['form']): Target {
  return {
    name,
    form,
    parsedBefore: 'harmless',
    ...defaults,
    async start({ parserFirst, ...options }) {
      const errors: unknown[] = []
      const app = create({ forceCloseConnections: true })
      app.addHook('onError', async (_request, _reply, error) => {
        errors.push(error)
      })
      if (form === 'handler') {
        await app.register(fastifyAdapter.webhookPlugin, { url: '/webhooks/gallabox', ...options })
      } else {
        await app.register(async (scope) => {
          await scope.register(fastifyAdapter.verificationPlugin, verificationOptions(options))
          scope.all('/webhooks/gallabox', async (request) => {
            await runHandler(options, request as Verified)
            return { ok: true }
          })
        })
      }
      await app.listen({ port: 0, host: '127.0.0.1' })
      const { port } = app.server.address() as AddressInfo
      return { url: `http://127.0.0.1:${port}/webhooks/gallabox`, errors, close: () => app.close() }
    },
  }
}

const web: Target = {
  name: 'web (hono)',
  form: 'handler',
  parsedBefore: 'body-already-read',
  ...defaults,
  hasErrorHandling: false,
  async start({ parserFirst, ...options }) {
    const errors: unknown[] = []
    const app = new Hono()
    const handle = webAdapter.webhookHandler(options)
    app.all('/webhooks/gallabox', async (c) => {
      if (parserFirst) await c.req.raw.text()
      return handle(c.req.raw)
    })
    app.onError((error, c) => {
      errors.push(error)
      return c.text('Internal Server Error', 500)
    })
    return new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
        resolve({
          url: `http://127.0.0.1:${info.port}/webhooks/gallabox`,
          errors,
          async close() {
            ;(server as Server).closeAllConnections()
            await new Promise((done) => server.close(done))
          },
        }),
      )
    })
  },
}

function lambdaTarget(version: '1.0' | '2.0'): Target {
  return {
    name: `lambda ${version}`,
    form: 'handler',
    parsedBefore: 'harmless',
    ...defaults,
    failureStatus: 502,
    streams: false,
    start({ parserFirst, ...options }) {
      const errors: unknown[] = []
      return listen(lambdaBridge(version, lambdaAdapter.webhookHandler(options), errors), errors)
    },
  }
}

export const targets: readonly Target[] = [
  ...(['handler', 'middleware'] as const).flatMap((form) => [
    expressTarget('express 5', express, form),
    expressTarget('express 4', express4 as never, form),
    koaTarget('koa 3', Koa, form),
    koaTarget('koa 2', Koa2 as never, form),
    nodeTarget(form),
    fastifyTarget('fastify 5', Fastify, form),
    fastifyTarget('fastify 4', Fastify4 as never, form),
  ]),
  web,
  lambdaTarget('1.0'),
  lambdaTarget('2.0'),
]
