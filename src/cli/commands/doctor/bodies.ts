// The bodies that are sent: samples that tell one mistake from another.
// It must not know signatures. Each is a delivery of its own, with ids that no receiver has seen.
import { type SampledEventType, samplePayload } from '../../../testing/samples/index.js'
import { withFreshIds } from '../send/fresh-ids.js'

/** Makes the JSON of a message. It survives JSON.parse and JSON.stringify, and is ASCII: only what is added does not. */
export function messageBody(marker: string, text = '', members: Readonly<Record<string, unknown>> = {}): string {
  const { whatsapp, ...message } = samplePayload('Message.Received')
  const body = `Sent by gallabox-webhooks doctor / ${marker}${text}`
  return writeFresh({ ...message, whatsapp: { ...whatsapp, text: { body }, ...members } })
}

/** Makes the JSON of a cart with one number in it, written as it is given. */
export function cartBody(marker: string, price: string): string {
  const item = { product_retailer_id: 'TIN-250', item_price: 449, quantity: 1, currency: 'INR' }
  const order = { catalog_id: '731904562218347', product_items: [item], text: '' }
  return messageBody(marker, '', { type: 'order', order }).replace('"item_price":449', `"item_price":${price}`)
}

/** Makes the JSON of an event's sample, in ASCII. */
export function sampleBody(type: SampledEventType): string {
  return writeFresh(samplePayload(type)).replace(/[^\0-\x7F]/g, '-')
}

/** Adds a member, as it is written, at the start of a JSON object. */
export function withMember(json: string, member: string): string {
  return `{${member},${json.slice(1)}`
}

/** Makes the JSON of a message with as many bytes at the least. */
export function largeBody(marker: string, bytes: number): string {
  return messageBody(marker, ` ${'tea '.repeat(bytes / 4)}`)
}

function writeFresh(payload: unknown): string {
  return JSON.stringify(withFreshIds(payload))
}
