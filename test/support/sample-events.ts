import type { EventMap, MessageReceived, WhatsApp } from 'gallabox-webhooks'
import { type SampledEventType, samplePayload } from 'gallabox-webhooks/testing'

/** An event with its sample. */
export function sample<T extends SampledEventType>(type: T): { type: T; data: EventMap[T] } {
  return { type, data: samplePayload(type) as unknown as EventMap[T] }
}

/** A message with any `whatsapp` object, as it can arrive at run time. */
export function message(whatsapp: unknown, more: object = {}): { type: 'Message.Received'; data: MessageReceived } {
  return {
    type: 'Message.Received',
    data: { ...samplePayload('Message.Received'), whatsapp: whatsapp as WhatsApp, ...more },
  }
}

/** A `whatsapp` object with the button or row that the customer selected. */
export function interactive(reply: object) {
  return { type: 'interactive', interactive: reply }
}
