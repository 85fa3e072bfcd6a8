// The receiver of another webhook library, with the same bodies.
import { createNodeMiddleware, Webhooks } from '@octokit/webhooks'
import express from 'express'
import { handle, listen, path, secret } from './listen.mjs'

function createMiddleware() {
  const webhooks = new Webhooks({ secret })
  webhooks.on('push', ({ payload }) => handle(payload))
  return createNodeMiddleware(webhooks, { path })
}

export const servers = {
  express() {
    const app = express()
    app.use(createMiddleware())
    return listen(app)
  },

  node() {
    return listen(createMiddleware())
  },
}
