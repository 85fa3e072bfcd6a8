import { app } from '@azure/functions'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

app.http('gallabox', {
  methods: ['POST'],
  route: 'webhooks/gallabox',
  // Gallabox sends no function key. The handler verifies that Gallabox signed the request.
  authLevel: 'anonymous',
  async handler(request) {
    const response = await receive(request)
    return { status: response.status, headers: response.headers, body: await response.text() }
  },
})
