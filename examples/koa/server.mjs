import { customerPhone } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/koa'
import Koa from 'koa'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent(event) {
    if (event.type === 'unrecognized') console.warn(event.name, event.reason)
    else console.log(event.type, customerPhone(event))
  },
})

const app = new Koa()

// Before app.use(bodyParser()): what Gallabox signs are the bytes, and a parser would eat them.
app.use((ctx, next) => (ctx.path === '/webhooks/gallabox' ? receive(ctx, next) : next()))

// Your body parser and your other routes go here.

app.listen(process.env.PORT ?? 3000)
