// The four servers, as a user would write them. The system chooses their ports.
import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import express from 'express'
import Fastify from 'fastify'
import { webhookHandler as forExpress } from 'gallabox-webhooks/express'
import { webhookPlugin } from 'gallabox-webhooks/fastify'
import { webhookHandler as forKoa } from 'gallabox-webhooks/koa'
import { webhookHandler as forWeb } from 'gallabox-webhooks/web'
import { Hono } from 'hono'
import Koa from 'koa'
import { summarize } from './summarize.mjs'

const path = '/webhooks/gallabox'
const host = '127.0.0.1'

/** @typedef {import('gallabox-webhooks').ReceiverOptions} Options */
/** @typedef {{ port: number, close(): unknown }} Running */

/** @param {Options} options */
function startExpress(options) {
  const app = express()
  app.all(path, forExpress(options))
  return listen(createServer(app))
}

/** @param {Options} options */
async function startFastify(options) {
  const app = Fastify({ forceCloseConnections: true })
  await app.register(webhookPlugin, { url: path, ...options })
  const address = await app.listen({ host, port: 0 })
  return { port: Number(new URL(address).port), close: () => app.close() }
}

/** @param {Options} options */
function startKoa(options) {
  const receive = forKoa(options)
  const app = new Koa()
  app.use((ctx, next) => (ctx.path === path ? receive(ctx, next) : next()))
  return listen(createServer(app.callback()))
}

/** @param {Options} options */
function startWeb(options) {
  const receive = forWeb(options)
  const app = new Hono()
  app.all(path, (c) => receive(c.req.raw))
  return /** @type {Promise<Running>} */ (
    new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, hostname: host, port: 0 }, ({ port }) =>
        resolve({ port, close: () => closeServer(/** @type {import('node:http').Server} */ (server)) }),
      )
    })
  )
}

/**
 * Starts the four servers.
 *
 * @param {string} secret
 */
export function startReceivers(secret) {
  const starts = { express: startExpress, fastify: startFastify, koa: startKoa, web: startWeb }
  return Promise.all(
    Object.entries(starts).map(async ([name, start]) => {
      /** @type {string[]} */
      const events = []
      const { port, close } = await start({ secret, onEvent: (event) => events.push(summarize(event)) })
      return { name, url: `http://${host}:${port}${path}`, takeEvents: () => events.splice(0), close }
    }),
  )
}

/**
 * @param {import('node:http').Server} server
 * @returns {Promise<Running>}
 */
function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, host, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      resolve({ port, close: () => closeServer(server) })
    })
  })
}

/** @param {import('node:http').Server} server */
function closeServer(server) {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}
