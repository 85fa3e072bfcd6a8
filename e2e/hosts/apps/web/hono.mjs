import { serve } from '@hono/node-server'
import { webhookHandler } from 'gallabox-webhooks/web'
import { Hono } from 'hono'
import { options } from '../options.mjs'

const app = new Hono().post('/', webhookHandler(options))
serve({ fetch: app.fetch, port: Number(process.env.PORT) })
