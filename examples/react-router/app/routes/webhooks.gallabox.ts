import { webhookHandler } from 'gallabox-webhooks/web'

const receive = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
})

// A route without a component is a resource route: it responds with what action returns.
export const action = ({ request }: { request: Request }) => receive(request)
