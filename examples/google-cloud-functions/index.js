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
    // A handler's error does not reach the framework. Log it here.
    onOutcome: ({ code, error }) => error && console.error(code, error),
  }),
)
