// orval ignores webhooks, so this reads the schemas of the payload and of a response.
import type { MessageReceived, N401Response } from 'generated/orval'
import { assertType, type Equal } from '../../../test/types/support.js'

type Text = NonNullable<NonNullable<MessageReceived['whatsapp']>['text']>

assertType<Equal<Text['body'], string | null | undefined>>()
assertType<Equal<MessageReceived['conversationId'], string>>()
assertType<Equal<N401Response, { ok: false }>>()

export function read({ conversationId, whatsapp }: MessageReceived): string {
  return whatsapp?.text?.body ?? conversationId
}

// @ts-expect-error An id is a string.
export const wrong: MessageReceived['conversationId'] = 1
