import { node } from '@elysiajs/node'
import { Elysia } from 'elysia'
import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../options.mjs'

new Elysia({ adapter: node() }).post('/', webhookHandler(options)).listen(Number(process.env.PORT))
