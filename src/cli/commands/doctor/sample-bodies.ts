// Creates bodies with new ids, so that no receiver treats one as a duplicate.
import { type SampledEventType, samplePayload } from '../../../testing/samples/index.js'
import { refreshPayload } from '../../shared/refresh-payload.js'

/**
 * Creates the JSON of a message, in ASCII. JSON.parse and JSON.stringify do not change it. Only `text` and `members` can
 * reveal a receiver that changes bodies.
 */
export function messageBody(marker: string, text = '', members: Readonly<Record<string, unknown>> = {}): string {
  const { whatsapp, ...message } = samplePayload('Message.Received')
  const body = `Sent by gallabox-webhooks doctor / ${marker}${text}`
  return serializeFresh({ ...message, whatsapp: { ...whatsapp, text: { body }, ...members } })
}

/** Creates the JSON of a cart that contains a price exactly as written. */
export function cartBody(marker: string, price: string): string {
  const item = { product_retailer_id: 'TIN-250', item_price: 449, quantity: 1, currency: 'INR' }
  const order = { catalog_id: '731904562218347', product_items: [item], text: '' }
  return messageBody(marker, '', { type: 'order', order }).replace('"item_price":449', `"item_price":${price}`)
}

/** Creates the JSON of an event's sample, in ASCII. */
export function sampleBody(type: SampledEventType): string {
  return serializeFresh(samplePayload(type)).replace(/[^\0-\x7F]/g, '-')
}

/** Adds a serialized member at the start of a JSON object. */
export function withMember(json: string, member: string): string {
  return `{${member},${json.slice(1)}`
}

/** Creates the JSON of a message with at least the given number of bytes. */
export function largeBody(marker: string, bytes: number): string {
  return messageBody(marker, ` ${'tea '.repeat(bytes / 4)}`)
}

function serializeFresh(payload: unknown): string {
  return JSON.stringify(refreshPayload(payload))
}
