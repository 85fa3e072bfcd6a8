import { messageText } from 'gallabox-webhooks'
import { type KoaContext, webhookHandler } from 'gallabox-webhooks/koa'

export default () => {
  const receive = webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.Received': (event) => console.log(event.type, messageText(event)),
      default: (event) => console.log(event.type),
    },
  })

  return async (ctx: KoaContext & { path: string }, next: () => Promise<unknown>) => {
    if (ctx.path === '/webhooks/gallabox') await receive(ctx, next)
    else await next()
  }
}
