// The same check without the library, as a careful user would write it: read the raw bytes up to a limit, compare the
// digest in constant time, parse the JSON, and respond with the framework's own functions.
import { createHmac, timingSafeEqual } from 'node:crypto'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { collect } from './collect.mjs'
import { handle, limitBytes, listen, listenFastify, listenFetch, listenNode, path, secret } from './listen.mjs'

function isVerified(body, signature) {
  if (typeof signature !== 'string') return false
  const expected = createHmac('sha256', secret).update(body).digest()
  const received = Buffer.from(signature, 'base64')
  return received.length === expected.length && timingSafeEqual(received, expected)
}

/** Verifies, parses and handles a delivery. Returns false if the signature does not match. */
function receive(body, headers) {
  if (!isVerified(body, headers['x-gallabox-signature'])) return false
  const data = JSON.parse(body.toString())
  if (headers['x-event-name'] === 'Message.Received') handle(data)
  return true
}

export const servers = {
  express() {
    const app = express()
    app.post(path, async (req, res) => {
      const body = await collect(req, limitBytes)
      if (receive(body, req.headers)) res.json({ ok: true })
      else res.status(401).json({ ok: false })
    })
    return listen(app)
  },

  koa() {
    const app = new Koa()
    app.use(async (ctx, next) => {
      if (ctx.path !== path) return next()
      const ok = receive(await collect(ctx.req, limitBytes), ctx.headers)
      ctx.status = ok ? 200 : 401
      ctx.body = { ok }
    })
    return listen(app.callback())
  },

  fastify() {
    const app = Fastify({ bodyLimit: limitBytes })
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post(path, async (request, reply) => {
      const ok = receive(request.body, request.headers)
      reply.code(ok ? 200 : 401)
      return { ok }
    })
    return listenFastify(app)
  },

  node() {
    return listenNode(async (req, res) => {
      const ok = receive(await collect(req, limitBytes), req.headers)
      res.writeHead(ok ? 200 : 401, { 'content-type': 'application/json' })
      res.end(JSON.stringify({ ok }))
    })
  },

  web() {
    const app = new Hono()
    app.post(path, async (c) => {
      if (!(Number(c.req.header('content-length')) <= limitBytes)) return c.json({ ok: false }, 413)
      const headers = {
        'x-gallabox-signature': c.req.header('x-gallabox-signature'),
        'x-event-name': c.req.header('x-event-name'),
      }
      const ok = receive(Buffer.from(await c.req.arrayBuffer()), headers)
      return c.json({ ok }, ok ? 200 : 401)
    })
    return listenFetch(app)
  },
}
