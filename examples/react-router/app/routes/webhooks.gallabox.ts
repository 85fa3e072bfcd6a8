import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  // A function: a build loads this module, and has no secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
})

// A route without a component is a resource route: what action returns is the answer.
export const action = ({ request }: { request: Request }) => receive(request)
