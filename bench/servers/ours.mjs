// The library's adapters, each mounted as its documentation shows.
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { expressHandler, fastifyPlugin, koaHandler, nodeHandler, webHandler } from '../support/library.mjs'
import { handle, listen, listenFastify, listenFetch, listenNode, path, secret } from './listen.mjs'

const options = { secret, on: { 'Message.received': (event) => handle(event.data) } }

export const servers = {
  express() {
    const app = express()
    app.post(path, expressHandler(options))
    return listen(app)
  },

  koa() {
    const receive = koaHandler(options)
    const app = new Koa()
    app.use((ctx, next) => (ctx.path === path ? receive(ctx, next) : next()))
    return listen(app.callback())
  },

  fastify() {
    return listenFastify(Fastify().register(fastifyPlugin, { url: path, ...options }))
  },

  node() {
    return listenNode(nodeHandler(options))
  },

  web() {
    const receive = webHandler(options)
    const app = new Hono()
    app.post(path, (c) => receive(c.req.raw))
    return listenFetch(app)
  },
}
