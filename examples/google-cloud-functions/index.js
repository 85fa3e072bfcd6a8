import { http } from '@google-cloud/functions-framework'
import { webhookHandler } from 'gallabox-webhooks/node'

http(
  'gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.received': ({ type, data }) => console.log(type, data.contact?.name),
      'Contact.created': ({ type, data }) => console.log(type, data.name),
    },
    // The framework does not hear of a handler that fails: this is the one place where its error arrives.
    onOutcome: ({ code, error }) => error && console.error(code, error),
  }),
)
