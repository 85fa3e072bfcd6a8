// Reads a delivery by the name of its webhook.
import type { webhooks } from 'generated/openapi-typescript'
import type document from '../../../openapi.json'
import { assertType, type Equal } from '../../../test/types/support.js'

type Operation = webhooks['Message.Received']['post']
type Payload = Operation['requestBody']['content']['application/json']

assertType<Equal<keyof webhooks, keyof typeof document.webhooks>>()
assertType<Equal<Operation['parameters']['header'], { 'x-event-name': 'Message.Received' }>>()
assertType<Equal<Operation['responses'][401]['content']['application/json'], { ok: false }>>()

export function read(payload: Payload): string {
  const text = payload.whatsapp?.text?.body
  assertType<Equal<typeof text, string | null | undefined>>()
  assertType<Equal<typeof payload.conversationId, string>>()
  // @ts-expect-error The text may be missing.
  text.trim()
  return text ?? payload.conversationId
}

export function misread(payload: Payload): number {
  // @ts-expect-error An id is a string.
  return payload.conversationId
}
