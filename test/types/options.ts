// Options, handlers and helpers: what compiles and what does not.
import {
  createReceiver,
  type MiddlewareOptions,
  type ReceiverOptions,
  verifyDelivery,
  verifySignature,
  verifySignatureAsync,
} from 'gallabox-webhooks'
import { webhookMiddleware } from 'gallabox-webhooks/express'
import { createSender, samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { assertType, type Equal } from './support.js'

const secret: string | undefined = process.env.GALLABOX_WEBHOOK_SECRET

// An environment variable can be undefined.
createReceiver({ secret, onEvent: () => {} })
verifySignature('{}', 'signature', secret)
verifyDelivery(
  { headers: new Headers(), rawBody: Buffer.from('{}') },
  { secret, requiredHeaders: { 'x-tenant': secret } },
)
createReceiver({
  secret: ['a', Buffer.from('b'), { id: 'c', secret, events: ['Contact.mapped', 'Message.Send'] }],
  onEvent() {},
})
createReceiver({ secret: () => secret, onEvent() {} })
createReceiver({ secret: async () => [{ secret }], onEvent() {} })
// @ts-expect-error The secret is required.
createReceiver({ onEvent: () => {} })
// @ts-expect-error A typo in an entry's events is an error.
createReceiver({ secret: { secret, events: ['Contact.maped'] }, onEvent() {} })

createReceiver({
  secret,
  on: {
    'Message.received': (event, context) => {
      assertType<Equal<typeof event.type, 'Message.Received'>>()
      assertType<Equal<typeof context.rawBody, Uint8Array>>()
      assertType<Equal<typeof context.signal, AbortSignal>>()
      context.waitUntil(Promise.resolve())
    },
    'Contact.Tag.Mapped': async (event) => void event.data.contact?.name,
  },
})
// @ts-expect-error A typo in a name is an error.
createReceiver({ secret, on: { 'Message.recieved': () => {} } })
// @ts-expect-error The result of verifySignatureAsync must be awaited.
if (verifySignatureAsync('{}', '', 'secret')) {
}

// Middleware has no handlers.
// @ts-expect-error
webhookMiddleware({ secret, onEvent: () => {} })
export const shared: MiddlewareOptions = { secret } satisfies Partial<ReceiverOptions>

// The sender checks the payload of an event.
signDelivery('Message.received', samplePayload('Message.Received'), { secret })
signDelivery('Ticket.Opened', { any: 'thing' }, { secret })
// @ts-expect-error The payload of another event.
signDelivery('Message.received', samplePayload('Template.Status'), { secret })
// @ts-expect-error There is no sample of an undocumented payload.
samplePayload('Broadcast.WA.Message.Status.Failed')
createSender({ url: 'http://localhost', secret, fetch })
