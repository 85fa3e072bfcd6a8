import { diagnose } from '../../../diagnose/index.js'
import type { GallaboxEvent } from '../../../events/event.js'
import { parseEvent } from '../../../events/parse-event.js'
import { findHeaderText } from '../../../platform/headers.js'
import { createReceiver } from '../../../receiver/receiver.js'
import { responseFor, type WebhookResponse } from '../../../receiver/response.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import { readEventName } from '../../shared/event-name.js'
import type { HeaderList } from '../../shared/http-client.js'
import type { EntryDiagnosis } from './page-server/protocol.js'

interface ListenVerification {
  readonly diagnosis: EntryDiagnosis
  /** What this library responds. */
  readonly response: WebhookResponse
  readonly event: GallaboxEvent | undefined
}

/** A complete delivery. */
export interface CompleteDelivery {
  readonly method: string
  readonly headers: HeaderList
  readonly body: Uint8Array
}

type ListenVerifier = (delivery: CompleteDelivery) => Promise<ListenVerification>

/** The code of every delivery where listen has no secret. */
export const noSecretCode = 'secret-missing'

/** Creates the function that verifies each delivery. Without a secret, it accepts all of them as unverified. */
export function createVerifier(secret: readonly string[]): ListenVerifier {
  if (secret.length === 0) return acceptUnverified
  const receiver = createReceiver({ secret, onEvent: () => {}, onOutcome: () => {} })
  return async ({ method, headers, body }) => {
    const delivery = { method, headers: groupHeaders(headers), rawBody: body }
    const outcome = await receiver.receive(delivery)
    const { verified, code, message, hint, docs } = await diagnose(delivery, { secret })
    const result = { response: outcome, event: outcome.event }
    if (outcome.code === 'handled' || !verified) {
      return { ...result, diagnosis: { verified, code, message, hint, docs } }
    }
    // The signature is valid, but something else is wrong, such as the method.
    const diagnosis = { verified: false, code: outcome.code, message: toSentence(outcome.code), hint: outcome.hint }
    return { ...result, diagnosis: { ...diagnosis, docs: '' } }
  }
}

async function acceptUnverified({ headers, body }: CompleteDelivery): Promise<ListenVerification> {
  const isSigned = findHeaderText(groupHeaders(headers), signatureHeader) !== undefined
  return {
    diagnosis: {
      verified: false,
      code: noSecretCode,
      message: 'Not verified: listen has no secret.',
      hint: isSigned
        ? 'Set GALLABOX_WEBHOOK_SECRET or pass --secret, and start listen again.'
        : 'This delivery has no signature either. Set a secret for the webhook in Gallabox, and start listen with it.',
      docs: '',
    },
    response: responseFor('handled'),
    event: tryParse(headers, body),
  }
}

function tryParse(headers: HeaderList, body: Uint8Array): GallaboxEvent | undefined {
  try {
    return parseEvent(readEventName(headers), body)
  } catch {
    // It is not JSON.
    return undefined
  }
}

function toSentence(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}.`
}

/** Groups headers by their lower-case name. Repeated headers become a list. */
function groupHeaders(list: HeaderList): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of list) {
    const key = name.toLowerCase()
    const previous = headers[key]
    headers[key] = previous === undefined ? value : [previous, value].flat()
  }
  return headers
}
