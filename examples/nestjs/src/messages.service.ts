import { Injectable } from '@nestjs/common'
import { type EventOf, type GallaboxEvent, messageText } from 'gallabox-webhooks'

@Injectable()
export class MessagesService {
  received(event: EventOf<'Message.received'>): void {
    console.log(event.type, event.data.contact?.name, messageText(event))
  }

  other(event: GallaboxEvent): void {
    console.log(event.type)
  }
}
