// The same frameworks with the same bodies and their own parsers, without verification.
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { collect } from './collect.mjs'
import { handle, limitBytes, listen, listenFastify, listenFetch, listenNode, path } from './listen.mjs'

export const servers = {
  express() {
    const app = express()
    app.post(path, express.json({ limit: limitBytes }), (req, res) => {
      handle(req.body)
      res.json({ ok: true })
    })
    return listen(app)
  },

  koa() {
    const app = new Koa()
    app.use(bodyParser({ jsonLimit: limitBytes }))
    app.use((ctx, next) => {
      if (ctx.path !== path) return next()
      handle(ctx.request.body)
      ctx.body = { ok: true }
    })
    return listen(app.callback())
  },

  fastify() {
    const app = Fastify({ bodyLimit: limitBytes })
    app.post(path, async (request) => {
      handle(request.body)
      return { ok: true }
    })
    return listenFastify(app)
  },

  node() {
    return listenNode(async (req, res) => {
      const body = await collect(req, limitBytes)
      handle(JSON.parse(body.toString()))
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end(JSON.stringify({ ok: true }))
    })
  },

  web() {
    const app = new Hono()
    app.post(path, async (c) => {
      handle(await c.req.json())
      return c.json({ ok: true })
    })
    return listenFetch(app)
  },
}
