// The bodies that are signed and sent: the sample of a message, unchanged and extended.
import { samplePayload } from './library.mjs'

export const event = 'Message.Received'

function addFields(message, count) {
  const fields = Array.from({ length: count }, (_, i) => ({
    id: `66a3d91e4f2b8c0013cd${5000 + i}`,
    value: 'Darjeeling',
  }))
  return { ...message, contact: { ...message.contact, fields } }
}

/** Returns a message of the given number of bytes of JSON: objects as far as they fit, then a string for the rest. */
function messageOf(bytes) {
  const message = samplePayload(event)
  const sizeOf = (data) => Buffer.byteLength(JSON.stringify(data))
  const perField = sizeOf(addFields(message, 2)) - sizeOf(addFields(message, 1))
  const data = addFields(message, Math.floor((bytes - sizeOf(message) - 50) / perField))
  data.contact.note = ''
  data.contact.note = 'x'.repeat(bytes - sizeOf(data))
  return Buffer.from(JSON.stringify(data))
}

/** The bytes of each body, by the size in the tables. */
export const bodies = {
  '0.7 kB': Buffer.from(JSON.stringify(samplePayload(event))),
  '4 kB': messageOf(4096),
  '100 kB': messageOf(102_400),
}
