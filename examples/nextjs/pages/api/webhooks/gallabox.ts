import { isInbound } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

// Without this, Next parses the body before the handler runs.
export const config = { api: { bodyParser: false } }

export default webhookHandler({
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': (event) => console.log(event.type, isInbound(event) ? 'from' : 'to', event.data.contact?.name),
  },
  // A handler's error does not reach Next. Log it here.
  onOutcome: ({ code, error }) => error && console.error(code, error),
})
