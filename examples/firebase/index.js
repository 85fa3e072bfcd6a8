import { defineSecret } from 'firebase-functions/params'
import { onRequest } from 'firebase-functions/v2/https'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const secret = defineSecret('GALLABOX_WEBHOOK_SECRET')

const receive = webhookHandler({
  // A function: Firebase loads this file to see what is in it, and the secret has a value at run time only.
  secret: () => secret.value(),
  onEvent: (event) => console.log(event.type, event.type === 'Message.Received' ? messageText(event) : ''),
  onOutcome({ code, error }) {
    if (error) console.error(code, error)
  },
})

export const gallabox = onRequest({ secrets: [secret] }, receive)
