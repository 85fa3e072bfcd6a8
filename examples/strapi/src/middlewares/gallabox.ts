import { entityIds } from 'gallabox-webhooks'
import { type KoaContext, webhookHandler } from 'gallabox-webhooks/koa'

export default () => {
  const receive = webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    onEvent: (event) => console.log(event.type, entityIds(event).contactId),
  })

  return async (ctx: KoaContext & { path: string }, next: () => Promise<unknown>) => {
    if (ctx.path === '/webhooks/gallabox') await receive(ctx, next)
    else await next()
  }
}
