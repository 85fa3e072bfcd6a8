import { webhookHandler } from 'gallabox-webhooks/node'
import { options } from '../../../options.mjs'

export const config = { api: { bodyParser: false } }

export default webhookHandler(options)
