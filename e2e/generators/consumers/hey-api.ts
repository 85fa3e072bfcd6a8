// Narrows any delivery by the key of its webhook.
import type { MessageReceivedWebhookPayload, Webhooks } from 'generated/@hey-api/openapi-ts'
import type document from '../../../openapi.json'
import { assertType, type Equal } from '../../../test/types/support.js'

assertType<Equal<Webhooks['key'], keyof typeof document.webhooks>>()

export function read({ key, body }: Webhooks): string {
  if (key !== 'Message.Received') return key
  const id = body.conversationId
  assertType<Equal<typeof id, string>>()
  const text = body.whatsapp?.text?.body
  assertType<Equal<typeof text, string | null | undefined>>()
  return text ?? id
}

export function misread(payload: MessageReceivedWebhookPayload): number {
  // @ts-expect-error An id is a string.
  return payload.conversationId
}
