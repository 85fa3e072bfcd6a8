import { Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { webhookPlugin } from 'gallabox-webhooks/fastify'
import { AppModule } from './app.module.js'
import { MessagesService } from './messages.service.js'

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter())
const messages = app.get(MessagesService)
const logger = new Logger('Gallabox')

// The plugin is encapsulated: Nest's body parser and exception filters do not apply to it.
await app.register(webhookPlugin, {
  url: '/webhooks/gallabox',
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': (event) => messages.received(event),
    default: (event) => messages.other(event),
  },
  onOutcome: ({ code, error }) => error && logger.error(code, error),
})

await app.listen(process.env.PORT ?? 3000)
