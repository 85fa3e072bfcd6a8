import { webhookHandler } from 'gallabox-webhooks/node'
import { options } from '../../options.mjs'

export default webhookHandler(options)
