import type { ContentEvent, MessageContent } from './content-types.js'
import { messageContent } from './message-content.js'

/**
 * Returns the text of a message: typed text, the title of a selected button or list row, a file's caption, or the text
 * sent with a cart.
 *
 * @returns The text, or undefined if the message has none, such as a location or the answers to a Flow. Undefined for a
 * private note between agents too, so that it cannot be taken for the customer's text. `messageContent()` returns it.
 * @example
 * ```ts
 * import { createReceiver, messageText } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.Received': (event) => console.log(event.type, messageText(event)) },
 * })
 * ```
 */
export function messageText(event: ContentEvent): string | undefined {
  const text = findText(messageContent(event))
  return typeof text === 'string' ? text : undefined
}

function findText(content: MessageContent): unknown {
  switch (content.kind) {
    case 'text':
    case 'button':
    case 'list':
      return content.text
    case 'order':
      return content.order.text
    default:
      return 'caption' in content ? content.caption : undefined
  }
}
