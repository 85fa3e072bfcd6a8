import { webhookHandler } from 'gallabox-webhooks/koa'
import Koa from 'koa'
import { koaBody } from 'koa-body'
import { options } from '../options.mjs'

const app = new Koa()
app.use(koaBody({ includeUnparsed: true, jsonLimit: '8mb', jsonStrict: false }))
app.use(webhookHandler(options))
app.listen(process.env.PORT)
