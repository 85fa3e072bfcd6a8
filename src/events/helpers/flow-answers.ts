// The answers to a WhatsApp Flow, whichever of its two events brought them.
// It must not know how content is found.
import { type ContentEvent, messageContent } from './message-content.js'

/**
 * Reads the answers to a WhatsApp Flow by the names that its author gave them.
 *
 * Gallabox delivers them twice, as `Message.Flow.Received` and as a `Message.Received`; the two share their
 * `localMessageId`, and give the same answers here. The `flow_token` is none of them.
 *
 * @returns The answers, or undefined where the message is none.
 * @example
 * ```ts
 * import { createReceiver, flowAnswers } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.flow.received': (event) => console.log(flowAnswers(event)?.email) },
 * })
 * ```
 */
export function flowAnswers(event: ContentEvent): Readonly<Record<string, unknown>> | undefined {
  const content = messageContent(event)
  return content.kind === 'flow' ? content.answers : undefined
}
