// A small receiver, for the cost of the types: options with handlers, a switch over all events, a helper.
import { createReceiver, type GallaboxEvent, messageText } from '../../dist/index.js'
import { webhookHandler } from '../../dist/web.js'

export const receiver = createReceiver({
  secret: 'secret',
  on: {
    'Message.received': (event) => messageText(event),
    'Contact.mapped': (event) => event.data.contact?.name,
    'Message.WA.Payment.status.received': (event) => event.data.payment.reference_id,
  },
  onEvent: summarize,
})
export const handler = webhookHandler(receiver)

function summarize(event: GallaboxEvent): string {
  switch (event.type) {
    case 'Conversation.Resolve':
      return event.data.contact?.name ?? ''
    case 'Message.Flow.Received':
      return event.data.flowResponse.contactId
    case 'unrecognized':
      return event.reason
    default:
      return event.type
  }
}
