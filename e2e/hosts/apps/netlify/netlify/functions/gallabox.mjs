import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../../../options.mjs'

export default webhookHandler(options)
export const config = { path: '/' }
