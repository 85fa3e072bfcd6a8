import { isInbound } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

// Without this, Next has parsed the body before the handler runs.
export const config = { api: { bodyParser: false } }

export default webhookHandler({
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': (event) => console.log(event.type, isInbound(event) ? 'from' : 'to', event.data.contact?.name),
  },
  // Next does not hear of a handler that fails: this is the one place where its error arrives.
  onOutcome: ({ code, error }) => error && console.error(code, error),
})
