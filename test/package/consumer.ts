// A receiver as a user of the installed package writes it. It must compile in every mode with every compiler.
import { createReceiver, type GallaboxEvent, verifySignature } from 'gallabox-webhooks'
import { webhookHandler as express } from 'gallabox-webhooks/express'
import { webhookHandler as koa } from 'gallabox-webhooks/koa'
import { webhookHandler as lambda } from 'gallabox-webhooks/lambda'
import { webhookHandler as node } from 'gallabox-webhooks/node'
import { createSender, samplePayload } from 'gallabox-webhooks/testing'
import { webhookHandler as web } from 'gallabox-webhooks/web'

export function textOf(event: GallaboxEvent): string | null | undefined {
  return event.type === 'Message.Received' ? event.data.whatsapp?.text?.body : undefined
}
export const verified: boolean = verifySignature('{}', null, 'secret')
export const receiver = createReceiver({
  secret: 'secret',
  on: { 'Contact.mapped': (event) => event.data.contact?.name },
})
export const handlers = [express(receiver), koa(receiver), lambda(receiver), node(receiver), web(receiver)]
export const sent = createSender({ url: 'http://localhost', secret: 'secret' }).send(
  'Message.received',
  samplePayload('Message.received'),
)
// @ts-expect-error The types are resolved, not any.
export const wrong: number = verified
