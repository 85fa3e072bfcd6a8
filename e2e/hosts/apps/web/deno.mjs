import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../options.mjs'

Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT')) }, webhookHandler(options))
