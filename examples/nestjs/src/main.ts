import { NestFactory } from '@nestjs/core'
import { webhookHandler } from 'gallabox-webhooks/express'
import { AppModule } from './app.module.js'
import { MessagesService } from './messages.service.js'

const app = await NestFactory.create(AppModule)
const messages = app.get(MessagesService)

// Before app.listen(), which mounts Nest's body parser: what Gallabox signs are the bytes, and a parser would eat them.
app.use(
  '/webhooks/gallabox',
  webhookHandler({
    secret: process.env.GALLABOX_WEBHOOK_SECRET,
    on: { 'Message.received': (event) => messages.received(event) },
    onEvent: (event) => messages.other(event),
  }),
)

await app.listen(process.env.PORT ?? 3000)
