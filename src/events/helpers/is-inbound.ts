import type { EventOf } from '../event.js'
import { isNote } from './is-note.js'

/**
 * Checks whether the customer sent a message. If `Message.Send` is selected in Gallabox, the account's own messages
 * arrive too. A private note between agents was not sent by a customer.
 *
 * It compares `sender` and `contactId` in the signed payload, so a changed event name does not change the result.
 *
 * @example
 * ```ts
 * import { createReceiver, isInbound } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.Received': (event) => console.log(event.type, isInbound(event) ? 'received' : 'sent') },
 * })
 * ```
 */
export function isInbound(event: EventOf<'Message.Received' | 'Message.Send' | 'Message.WA.Cart.Received'>): boolean {
  const { sender, contactId } = event.data
  return sender === contactId && contactId !== '' && !isNote(event.data)
}
