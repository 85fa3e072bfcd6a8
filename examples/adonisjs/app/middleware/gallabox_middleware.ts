import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Contact.Created': ({ type, data }) => console.log(type, data.name),
  },
})

export default class GallaboxMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    if (request.url() !== '/webhooks/gallabox') return next()
    await receive(request.request, response.response)
  }
}
