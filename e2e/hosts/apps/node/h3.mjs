import { createServer } from 'node:http'
import { webhookHandler } from 'gallabox-webhooks/node'
import { createApp, fromNodeMiddleware, toNodeListener } from 'h3'
import { options } from '../options.mjs'

const app = createApp()
app.use('/', fromNodeMiddleware(webhookHandler(options)))
createServer(toNodeListener(app)).listen(process.env.PORT)
