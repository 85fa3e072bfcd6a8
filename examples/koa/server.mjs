import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/koa'
import Koa from 'koa'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    default: (event) => console.log(event.type),
  },
})

const app = new Koa()

// Mount it before bodyParser(). Gallabox signs the raw bytes, not the parsed JSON.
app.use((ctx, next) => (ctx.path === '/webhooks/gallabox' ? receive(ctx, next) : next()))

// Your body parser and your other routes go here.

app.listen(process.env.PORT ?? 3000)
