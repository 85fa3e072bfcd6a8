import { Injectable, type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common'
import { type EventOf, type GallaboxEvent, messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/express'

@Injectable()
export class MessagesService {
  received(event: EventOf<'Message.Received'>): void {
    console.log(event.type, messageText(event))
  }

  other(event: GallaboxEvent): void {
    console.log(event.type)
  }
}

@Module({ providers: [MessagesService] })
export class GallaboxModule implements NestModule {
  constructor(private readonly messages: MessagesService) {}

  configure(consumer: MiddlewareConsumer): void {
    const receive = webhookHandler({
      secret: process.env.GALLABOX_WEBHOOK_SECRET,
      on: {
        'Message.Received': (event) => this.messages.received(event),
        default: (event) => this.messages.other(event),
      },
    })
    consumer.apply(receive).forRoutes({ path: 'webhooks/gallabox', method: RequestMethod.POST })
  }
}
