import type { ContentEvent } from './content-types.js'
import { messageContent } from './message-content.js'

/**
 * Returns the answers to a WhatsApp Flow, by the names that the Flow's author gave them.
 *
 * Gallabox delivers the answers twice: as `Message.Flow.Received` and as `Message.Received`, with the same
 * `localMessageId`. Both give the same result here. The `flow_token` is left out.
 *
 * @returns The answers, or undefined if the message does not answer a Flow.
 * @example
 * ```ts
 * import { createReceiver, flowAnswers } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.Flow.Received': (event) => console.log(event.type, flowAnswers(event)?.email) },
 * })
 * ```
 */
export function flowAnswers(event: ContentEvent): Readonly<Record<string, unknown>> | undefined {
  const content = messageContent(event)
  return content.kind === 'flow' ? content.answers : undefined
}
