import { webhookHandler } from 'gallabox-webhooks/web'
import { H3, serve } from 'h3-2'
import { options } from '../options.mjs'

const app = new H3().post('/', webhookHandler(options))
serve(app, { port: process.env.PORT })
