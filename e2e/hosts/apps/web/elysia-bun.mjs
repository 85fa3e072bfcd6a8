import { Elysia } from 'elysia'
import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../options.mjs'

new Elysia().post('/', webhookHandler(options)).listen(Number(process.env.PORT))
