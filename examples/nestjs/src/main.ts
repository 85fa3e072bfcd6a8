import { NestFactory } from '@nestjs/core'
import { webhookHandler } from 'gallabox-webhooks/express'
import { AppModule } from './app.module.js'
import { MessagesService } from './messages.service.js'

const app = await NestFactory.create(AppModule)
const messages = app.get(MessagesService)

// Mount it before app.listen(), which adds Nest's body parser. Gallabox signs the raw bytes, not the parsed JSON.
app.use(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: {
      'Message.received': (event) => messages.received(event),
      default: (event) => messages.other(event),
    },
  }),
)

await app.listen(process.env.PORT ?? 3000)
