// Without ahead-of-time compilation, Elysia parses the body before it calls the handler of a route, but not for mount.
import { Elysia } from 'elysia'
import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../options.mjs'

new Elysia({ aot: false }).mount('/webhook', webhookHandler(options)).listen(Number(process.env.PORT))
