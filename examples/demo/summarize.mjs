import { messageContent, messageText } from 'gallabox-webhooks'

/**
 * Summarizes an event in one line, from its typed payload.
 *
 * @param {import('gallabox-webhooks').GallaboxEvent} event
 * @returns {string}
 */
export function summarize(event) {
  switch (event.type) {
    case 'Contact.Created':
    case 'Contact.Updated':
      return `${event.data.name}, ${event.data.phone?.[0]}`
    case 'Contact.Tag.Mapped':
    case 'Contact.Tag.Unmapped':
      return `tag "${event.data.name}" of contact …${event.data.contactId.slice(-4)}`
    case 'Conversation.Tag.Mapped':
    case 'Conversation.Tag.Unmapped':
      return `tag "${event.data.name}" of conversation …${event.data.conversationId.slice(-4)}`
    case 'Conversation.Create':
    case 'Conversation.Update':
    case 'Conversation.Resolve':
    case 'Conversation.Followup':
    case 'Conversation.UnAttended':
      return `${event.data.status} with ${event.data.contact?.name}`
    case 'Message.Received':
    case 'Message.Send':
      return messageText(event) ?? messageContent(event).kind
    case 'Message.WA.Cart.Received':
      return `a cart of ${event.data.whatsapp.order.product_items?.length} items`
    case 'Message.Flow.Received':
      return `form fields: ${Object.keys(event.data.flowResponse.flowData).join(', ')}`
    case 'Message.WA.Status.Received':
    case 'Message.WA.Status.Failed':
      return [event.data.status, event.data.errors?.[0]?.title].filter(Boolean).join(': ')
    case 'Message.WA.Payment.Status.Received':
      return `${event.data.status}: ${event.data.payment.reference_id}`
    case 'Message.WA.Interaction.Received':
      return `${event.data.interaction} ${event.data.reaction?.emoji}`
    case 'Template.Status':
      return `${event.data.name}: ${event.data.new_status}`
    case 'unrecognized':
      return `unrecognized "${event.name}": ${event.reason}`
    default:
      return event.type
  }
}
