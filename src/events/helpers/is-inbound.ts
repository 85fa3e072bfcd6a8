// Whether the customer sent a message, or the account itself.
// It must not know names of events: the signature does not cover them.
import type { EventOf } from '../event.js'

/**
 * Tells whether a message is the customer's: its sender is then the contact. The account's own messages come too where
 * `Message.Send` is chosen in Gallabox.
 *
 * The answer is read from the signed body, so it holds even where somebody sent the body again under another name.
 *
 * @example
 * ```ts
 * import { createReceiver, isInbound } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.received': (event) => isInbound(event) && console.log('a customer wrote') },
 * })
 * ```
 */
export function isInbound(event: EventOf<'Message.Received' | 'Message.Send' | 'Message.WA.Cart.Received'>): boolean {
  return event.data.sender === event.data.contactId
}
