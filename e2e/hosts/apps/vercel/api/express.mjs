import { webhookHandler } from 'gallabox-webhooks/express'
import { options } from '../../options.mjs'

export default webhookHandler(options)
