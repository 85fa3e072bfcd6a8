import { app } from '@azure/functions'
import { webhookHandler } from 'gallabox-webhooks/web'
import { options } from '../options.mjs'

const receive = webhookHandler(options)
app.http('gallabox', {
  methods: ['POST'],
  route: 'webhook',
  authLevel: 'anonymous',
  async handler(request) {
    const response = await receive(request)
    return { status: response.status, headers: response.headers, body: await response.text() }
  },
})
