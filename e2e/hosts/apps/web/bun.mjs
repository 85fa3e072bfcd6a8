import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../options.mjs'

// Bun reads the port from PORT.
Bun.serve({ routes: { '/': { POST: webhookHandler(options) } } })
