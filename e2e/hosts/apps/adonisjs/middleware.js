import { webhookHandler } from 'gallabox-webhooks/node'
import { options } from '../options.mjs'

const receive = webhookHandler(options)

export default class Middleware {
  async handle({ request, response }) {
    await receive(request.request, response.response)
  }
}
