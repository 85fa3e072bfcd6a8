import { defineSecret } from 'firebase-functions/params'
import { onRequest } from 'firebase-functions/v2/https'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const secret = defineSecret('GALLABOX_WEBHOOK_SECRET')

const receive = webhookHandler({
  // A function, because Firebase loads this file at deploy time, when the secret has no value.
  secret: () => secret.value(),
  onEvent: (event) => console.log(event.type, event.type === 'Message.Received' ? messageText(event) : ''),
  onOutcome({ code, error }) {
    if (error) console.error(code, error)
  },
})

export const gallabox = onRequest({ secrets: [secret] }, receive)
