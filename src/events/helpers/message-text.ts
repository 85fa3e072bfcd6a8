// The words of a message, whichever way they were sent.
// It must not know how content is found.
import { type ContentEvent, type MessageContent, messageContent } from './message-content.js'

/**
 * Reads the text that a person sent: what was typed, the button or list row that was chosen, a file's caption, the note
 * with a cart.
 *
 * @returns The text, or undefined where there is none, as with a location or a Flow's answers.
 * @example
 * ```ts
 * import { createReceiver, messageText } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.received': (event) => console.log(messageText(event)) },
 * })
 * ```
 */
export function messageText(event: ContentEvent): string | undefined {
  const text = textIn(messageContent(event))
  return typeof text === 'string' ? text : undefined
}

function textIn(content: MessageContent): unknown {
  switch (content.kind) {
    case 'text':
    case 'button':
    case 'list':
      return content.text
    case 'order':
      return content.order.text
    default:
      return 'media' in content ? content.media.caption : undefined
  }
}
