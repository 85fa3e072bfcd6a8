// A correct receiver accepts everything that Gallabox sends, or may send in the future.
import { sampledEventTypes } from '../../../../testing/samples/index.js'
import { hashRawBody } from '../causes.js'
import type { ReceiverCheck } from '../check.js'
import { acceptanceCheck } from '../check-builders.js'
import { explainBodyRefusal } from '../explain-refusal.js'
import { cartBody, messageBody, sampleBody, withMember } from '../sample-bodies.js'

const lostDelivery = 'Gallabox retries such a delivery, up to 5 attempts. Then it is lost.'

const everyEvent = acceptanceCheck({
  id: 'every-event',
  title: 'accepts every event with a known body',
  cause: `Deliveries of these events fail. ${lostDelivery}`,
  fix: 'Respond with 200 to every verified delivery, also for events that you do not need.',
  requests: () => sampledEventTypes.map((event) => ({ label: event, event, body: sampleBody(event) })),
})

const nonAscii = acceptanceCheck({
  id: 'non-ascii',
  title: 'accepts emoji, ₹ and Indian scripts',
  requires: ['wrong-secret'],
  cause: `Messages with characters outside ASCII are rejected. ${lostDelivery}`,
  fix: hashRawBody,
  explain: explainBodyRefusal,
  requests: ({ marker }) => [
    { label: '₹', body: messageBody(marker, ' ₹80.00') },
    { label: 'é', body: messageBody(marker, ' café') },
    { label: 'emoji and Devanagari', body: messageBody(marker, ' 🪔 नमस्ते') },
  ],
})

const jsonBytes = acceptanceCheck({
  id: 'json-bytes',
  title: 'verifies the raw body, not reserialized JSON',
  requires: ['wrong-secret'],
  cause: `The body is changed before it is hashed, so some deliveries are rejected. ${lostDelivery}`,
  fix: hashRawBody,
  explain: explainBodyRefusal,
  requests: ({ marker }) => [
    { label: 'whitespace', body: JSON.stringify(JSON.parse(messageBody(marker)), null, 2) },
    { label: 'the number 449.0', body: cartBody(marker, '449.0') },
    { label: 'a number of 20 digits', body: cartBody(marker, '12345678901234567890') },
    { label: 'escaped characters', body: messageBody(marker).replace('doctor', '\\u0064octor') },
    { label: 'an escaped slash', body: messageBody(marker).replace('/', '\\/') },
    { label: 'characters that HTML escapes', body: messageBody(marker, ' <b>&</b>') },
  ],
})

const bodyEnds = acceptanceCheck({
  id: 'body-ends',
  title: 'keeps leading and trailing whitespace of the body',
  requires: ['wrong-secret', 'json-bytes'],
  cause: 'The body is trimmed before it is hashed. Deliveries fail as soon as the JSON ends with a line break.',
  fix: hashRawBody,
  requests: ({ marker }) => [
    { label: 'a line break at the end', body: `${messageBody(marker)}\n` },
    { label: 'a space at the start', body: ` ${messageBody(marker)}` },
  ],
})

const headerCase = acceptanceCheck({
  id: 'header-case',
  title: 'ignores the letter case of header names',
  requires: ['wrong-secret'],
  cause: 'Header names are case-insensitive. Proxies and HTTP/2 change their case.',
  fix: 'Look up headers case-insensitively.',
  requests: ({ marker, scheme }) =>
    [capitalizeWords, upperCase].map((formatHeaderName) => ({
      label: formatHeaderName(scheme.header),
      body: messageBody(marker),
      formatHeaderName,
    })),
})

function capitalizeWords(name: string): string {
  return name.replace(/\b[a-z]/g, upperCase)
}

function upperCase(name: string): string {
  return name.toUpperCase()
}

const chunked = acceptanceCheck({
  id: 'chunked',
  title: 'accepts a body without Content-Length',
  cause: 'Proxies and HTTP/2 send bodies in chunks, without a total length.',
  fix: 'Read the body to its end, also without Content-Length.',
  requests({ marker }) {
    const body = messageBody(marker)
    return [{ body, chunks: () => splitInTwo(Buffer.from(body)) }]
  },
})

async function* splitInTwo(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body.subarray(0, 100)
  yield body.subarray(100)
}

const unknownEvent = acceptanceCheck({
  id: 'unknown-event',
  title: 'accepts an unknown event',
  cause: 'Gallabox adds events. If one is selected in the settings, each of its deliveries fails until it is lost.',
  fix: 'Respond with 200 to every verified delivery, and ignore the events that you do not need.',
  requests: ({ marker }) => [
    { label: 'a new name', event: 'Message.WA.Tomorrow.Received', body: messageBody(marker) },
    { label: 'a new body', event: 'Account.Renamed', body: JSON.stringify({ id: '1', note: marker }) },
  ],
})

const unknownMessage = acceptanceCheck({
  id: 'unknown-message',
  title: 'accepts a message of an unknown type',
  cause: `WhatsApp adds message types. ${lostDelivery}`,
  fix: 'Read only the members that you need, and respond with 200 whatever the type is.',
  requests: ({ marker }) => [
    {
      label: 'a new type',
      body: messageBody(marker, '', { type: 'hologram', hologram: { id: '1' }, text: undefined }),
    },
    { label: 'no text', body: messageBody(marker, '', { type: 'image', image: { id: '1' }, text: undefined }) },
  ],
})

const unknownFields = acceptanceCheck({
  id: 'unknown-fields',
  title: 'accepts members that are unknown, empty or null',
  cause: `Gallabox adds members to its payloads and leaves others empty. ${lostDelivery}`,
  fix: 'Ignore unknown members, and allow null for known ones.',
  requests: ({ marker }) => [
    { label: 'a new member', body: withMember(messageBody(marker), '"addedTomorrow":{"list":[1]}') },
    { label: 'empty lists', body: withMember(messageBody(marker), '"errors":[],"tags":[]') },
    { label: 'null', body: messageBody(marker, '', { context: null, referral: null }) },
  ],
})

const duplicate = acceptanceCheck({
  id: 'duplicate',
  title: 'accepts a duplicate delivery',
  cause: 'Gallabox sends a delivery again if it did not get the response 200.',
  fix: 'Respond with 200 to a duplicate, and do not process it again.',
  requests({ marker }) {
    const body = messageBody(marker)
    return [
      { label: 'the first', body },
      { label: 'the duplicate', body },
    ]
  },
})

export const acceptanceChecks: readonly ReceiverCheck[] = [
  everyEvent,
  nonAscii,
  jsonBytes,
  bodyEnds,
  headerCase,
  chunked,
  unknownEvent,
  unknownMessage,
  unknownFields,
  duplicate,
]
