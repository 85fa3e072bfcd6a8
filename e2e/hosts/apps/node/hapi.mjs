import Hapi from '@hapi/hapi'
import { webhookHandler } from 'gallabox-webhooks/node'
import { options } from '../options.mjs'

const receive = webhookHandler(options)
const server = Hapi.server({ port: process.env.PORT })
server.route({
  method: 'POST',
  path: '/',
  options: { payload: { parse: false, output: 'stream', maxBytes: Number.MAX_SAFE_INTEGER } },
  async handler({ raw }, h) {
    await receive(raw.req, raw.res)
    return h.abandon
  },
})
await server.start()
