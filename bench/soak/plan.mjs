// The deliveries of the soak: the bytes of a hundred requests, each with the expected status.
import { bodies } from '../support/bodies.mjs'
import { signBody } from '../support/library.mjs'

export const path = '/webhooks/gallabox'
export const secret = 'whsec_Jg8mZ2vQkP4yT7sB1nXc'
export const limitBytes = 16 * 1024
export const toThrow = 'x-handler-throws'

const { '0.7 kB': message, '4 kB': larger } = bodies
const tooLarge = Buffer.alloc(limitBytes + 4096, 32)
const notJson = Buffer.from('{"id":')

function headOf(method, headers) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`)
}

function headersFor(body, more) {
  const headers = { 'x-event-name': 'Message.Received', 'x-gallabox-signature': signBody(body, secret), ...more }
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
}

function whole(body, more, method = 'POST') {
  const type = { 'content-type': 'application/json', 'content-length': body.byteLength }
  return [headOf(method, { ...type, ...headersFor(body, more) }), body]
}

function chunked(body, chunkBytes, more) {
  const type = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const parts = [headOf('POST', { ...type, ...headersFor(body, more) })]
  for (let at = 0; at < body.byteLength; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes)
    parts.push(Buffer.from(`${chunk.byteLength.toString(16)}\r\n`), chunk, Buffer.from('\r\n'))
  }
  return [...parts, Buffer.from('0\r\n\r\n')]
}

/** Returns the first part of a request, whose client disconnects before it sends the rest. */
function half(parts) {
  const bytes = Buffer.concat(parts)
  return [bytes.subarray(0, bytes.byteLength - 300)]
}

const sorts = [
  { times: 34, status: 200, parts: whole(message) },
  { times: 10, status: 200, parts: whole(larger) },
  { times: 8, status: 200, parts: chunked(message, 200) },
  { times: 2, status: 200, parts: chunked(message, 1) },
  { times: 6, status: 200, parts: whole(message, { 'x-event-name': 'Ticket.Opened' }) },
  { times: 2, status: 200, parts: whole(message, { 'x-event-name': 'Contact.Created' }) },
  { times: 2, status: 200, parts: whole(message, { 'x-event-name': undefined }) },
  { times: 8, status: 500, parts: whole(message, { [toThrow]: 'yes' }) },
  { times: 8, status: 401, parts: whole(message, { 'x-gallabox-signature': signBody(larger, secret) }) },
  { times: 4, status: 401, parts: whole(message, { 'x-gallabox-signature': undefined }) },
  { times: 3, status: 401, parts: whole(message, { 'x-gallabox-signature': 'sha256=of-nothing' }) },
  { times: 3, status: 400, parts: whole(notJson) },
  { times: 1, status: 405, parts: whole(Buffer.alloc(0), {}, 'GET') },
  { times: 1, status: 415, parts: whole(message, { 'content-encoding': 'gzip' }) },
  { times: 2, status: 413, parts: whole(tooLarge) },
  { times: 2, status: 413, parts: chunked(tooLarge, 4096), mayBeReset: true },
  { times: 2, status: undefined, parts: half(whole(larger)) },
  { times: 2, status: undefined, parts: half(chunked(larger, 500)) },
]

/** A hundred deliveries, mixed so that adjacent ones differ. */
export const plan = sorts
  .flatMap(({ times, status, parts, mayBeReset = false }) =>
    Array.from({ length: times }, () => ({ status, mayBeReset, bytes: Buffer.concat(parts) })),
  )
  .map((delivery, place) => ({ delivery, key: (place * 37) % 100 }))
  .sort((a, b) => a.key - b.key)
  .map(({ delivery }) => delivery)
