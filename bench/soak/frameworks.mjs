// One receiver in each framework, with a small body limit, a handler that throws on demand, and no log.
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { listen, listenFastify, listenFetch } from '../servers/listen.mjs'
import { expressHandler, fastifyPlugin, koaHandler, nodeHandler, webHandler } from '../support/library.mjs'
import { limitBytes, path, secret, toThrow } from './plan.mjs'

const options = {
  secret,
  maxBodyBytes: limitBytes,
  async onEvent(event, context) {
    if (context.header(toThrow) !== null) throw new Error('thrown on demand')
    await context.key()
    context.waitUntil(Promise.resolve(event))
  },
  onOutcome() {},
}

const servers = {
  express() {
    const app = express()
    app.all(path, expressHandler(options))
    app.use((_error, _req, res, _next) => res.status(500).end())
    return listen(app)
  },

  koa() {
    const app = new Koa()
    app.silent = true
    app.use(koaHandler(options))
    return listen(app.callback())
  },

  async fastify() {
    const app = Fastify()
    await app.register(fastifyPlugin, { url: path, ...options })
    return listenFastify(app)
  },

  node() {
    return listen(nodeHandler(options))
  },

  web() {
    const receive = webHandler(options)
    const app = new Hono()
    app.all(path, (c) => receive(c.req.raw))
    app.onError((_error, c) => c.body(null, 500))
    return listenFetch(app)
  },
}

export const frameworks = Object.keys(servers)

/** Starts a server and returns its port. */
export function startServer(framework) {
  return servers[framework]()
}
