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

// Mount it before bodyParser(). Gallabox signs the raw bytes, not the parsed JSON.
app.use((ctx, next) => (ctx.path === '/webhooks/gallabox' ? receive(ctx, next) : next()))

// Your body parser and your other routes go here.

app.listen(process.env.PORT ?? 3000)
