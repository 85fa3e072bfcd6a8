import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../../options.mjs'

export default { fetch: webhookHandler(options) }
