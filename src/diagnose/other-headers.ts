// Where other services and hand-written tests put the signature and the event name.
import { canonicalEventName } from '../events/names.js'
import { decodeUtf8, parseJson } from '../platform/bytes.js'
import { type DeliveryHeaders, findHeader, findHeaderText } from '../platform/headers.js'
import { type SignatureVariant, signatureVariants } from './signature-variants.js'

const signatureHeaders = [
  'x-signature',
  'x-hub-signature-256',
  'x-hub-signature',
  'x-webhook-signature',
  'signature',
  'gallabox-signature',
]

const eventNameHeaders = [
  'x-gallabox-event',
  'x-event',
  'x-event-type',
  'x-webhook-event',
  'event-name',
  'x-gallabox-event-name',
]

/** Lists the signatures in headers other than Gallabox's. */
export function signaturesInOtherHeaders(headers: DeliveryHeaders): readonly SignatureVariant[] {
  return signatureHeaders.flatMap((name) =>
    signatureVariants(findHeader(headers, name) ?? []).map(({ digest }) => ({
      digest,
      code: 'signature-elsewhere' as const,
    })),
  )
}

/** Checks whether an event name is in another header or in the body. */
export function hasEventNameElsewhere(headers: DeliveryHeaders, rawBody: Uint8Array): boolean {
  const { event, type, eventName, event_name, name } = parseObject(rawBody)
  const candidates = [
    ...eventNameHeaders.map((header) => findHeaderText(headers, header)),
    event,
    type,
    eventName,
    event_name,
    name,
  ]
  return candidates.some((value) => typeof value === 'string' && canonicalEventName(value) !== undefined)
}

function parseObject(rawBody: Uint8Array): Record<string, unknown> {
  try {
    return Object(parseJson(decodeUtf8(rawBody) ?? ''))
  } catch {
    return {}
  }
}
