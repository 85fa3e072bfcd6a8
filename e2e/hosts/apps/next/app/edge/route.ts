import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../../../options.mjs'

export const runtime = 'edge'

export const POST = webhookHandler(options)
