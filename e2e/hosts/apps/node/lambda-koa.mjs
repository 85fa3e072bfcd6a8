import { webhookHandler } from 'gallabox-webhooks/koa'
import Koa from 'koa'
import serverless from 'serverless-http'
import { options } from '../options.mjs'

const app = new Koa()
app.use(webhookHandler(options))
export const handler = serverless(app)
