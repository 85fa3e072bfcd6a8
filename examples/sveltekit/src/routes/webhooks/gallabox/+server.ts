import { webhookHandler } from 'gallabox-webhooks/web'
import { env } from '$env/dynamic/private'

const receive = webhookHandler({
  // A function, because the build loads this module without secrets.
  secret: () => env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
})

export const POST = ({ request }: { request: Request }) => receive(request)
