import { defineSecret } from 'firebase-functions/params'
import { onRequest } from 'firebase-functions/v2/https'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const secret = defineSecret('GALLABOX_WEBHOOK_SECRET')

const receive = webhookHandler({
  // A function, because Firebase loads this file at deploy time, when the secret has no value.
  secret: () => secret.value(),
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
  },
})

export const gallabox = onRequest({ secrets: [secret] }, receive)
