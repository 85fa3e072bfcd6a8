// What a correct receiver accepts: whatever Gallabox sends, or may send tomorrow.
// It must not know how a request is sent, or how the result is printed.
import { sampledEventTypes } from '../../../testing/samples/index.js'
import { cartBody, messageBody, sampleBody, withMember } from './bodies.js'
import { type Check, noted, passed } from './check.js'
import { explainBody } from './tell-tales.js'
import { acceptance, describeReply, fateOf, limited } from './trials.js'

const lost = 'Gallabox tries such a delivery up to five times, then it is gone.'
const hashBytes = 'Hash the bytes as they were received, before any parser or decoder.'

const everyEvent = acceptance({
  id: 'every-event',
  title: 'takes each event whose body is known',
  means: `Deliveries of these events fail. ${lost}`,
  fix: 'Answer 200 to every genuine delivery, those of events too that you do not need.',
  trials: () => sampledEventTypes.map((event) => ({ label: event, event, body: sampleBody(event) })),
})

const nonAscii = acceptance({
  id: 'non-ascii',
  title: 'takes emoji, ₹ and Indian scripts',
  means: `What customers write is refused as soon as it is not plain English. ${lost}`,
  fix: hashBytes,
  explain: explainBody,
  trials: ({ marker }) => [
    { label: '₹', body: messageBody(marker, ' ₹80.00') },
    { label: 'é', body: messageBody(marker, ' café') },
    { label: 'emoji and Devanagari', body: messageBody(marker, ' 🪔 नमस्ते') },
  ],
})

const jsonBytes = acceptance({
  id: 'json-bytes',
  title: 'verifies the bytes, not the JSON written again',
  means: `The body is changed before it is hashed, so that deliveries are refused now and then. ${lost}`,
  fix: hashBytes,
  explain: explainBody,
  trials: ({ marker }) => [
    { label: 'white space', body: JSON.stringify(JSON.parse(messageBody(marker)), null, 2) },
    { label: 'the number 449.0', body: cartBody(marker, '449.0') },
    { label: 'a number of 20 digits', body: cartBody(marker, '12345678901234567890') },
    { label: 'escaped characters', body: messageBody(marker).replace('doctor', '\\u0064octor') },
    { label: 'an escaped slash', body: messageBody(marker).replace('/', '\\/') },
    { label: 'what HTML escapes', body: messageBody(marker, ' <b>&</b>') },
  ],
})

const bodyEnds = acceptance({
  id: 'body-ends',
  title: 'keeps white space at the ends of the body',
  after: ['json-bytes'],
  means: 'The body is trimmed before it is hashed. It works until a sender ends its JSON with a line break.',
  fix: hashBytes,
  trials: ({ marker }) => [
    { label: 'a line break at the end', body: `${messageBody(marker)}\n` },
    { label: 'a space at the start', body: ` ${messageBody(marker)}` },
  ],
})

const headerCase = acceptance({
  id: 'header-case',
  title: 'finds its headers in any case',
  means: 'The names of headers have no case. Proxies and HTTP/2 change it.',
  fix: 'Look headers up without regard to case.',
  trials: ({ marker }) =>
    [capitalize, upperCase].map((spellName) => ({
      label: spellName('x-gallabox-signature'),
      body: messageBody(marker),
      spellName,
    })),
})

function capitalize(name: string): string {
  return name.replace(/\b[a-z]/g, upperCase)
}

function upperCase(name: string): string {
  return name.toUpperCase()
}

const chunked = acceptance({
  id: 'chunked',
  title: 'takes a body without Content-Length',
  means: 'Proxies and HTTP/2 send a body in pieces of which nobody told the sum.',
  fix: 'Read the body to its end, whatever Content-Length says.',
  trials({ marker }) {
    const body = messageBody(marker)
    return [{ body, pieces: inTwo(Buffer.from(body)) }]
  },
})

async function* inTwo(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body.subarray(0, 100)
  yield body.subarray(100)
}

const unknownEvent = acceptance({
  id: 'unknown-event',
  title: 'takes an event that it does not know',
  means: 'Gallabox adds events. One that somebody ticks in the settings would fail, and be sent five times each.',
  fix: 'Answer 200 to every genuine delivery, and ignore the events that you do not need.',
  trials: ({ marker }) => [
    { label: 'a new name', event: 'Message.WA.Tomorrow.Received', body: messageBody(marker) },
    { label: 'a new body', event: 'Account.Renamed', body: JSON.stringify({ id: '1', note: marker }) },
  ],
})

const unknownMessage = acceptance({
  id: 'unknown-message',
  title: 'takes a message of a type that it never saw',
  means: `WhatsApp adds types of messages. ${lost}`,
  fix: 'Read only the members that you need, and answer 200 whatever the type is.',
  trials: ({ marker }) => [
    {
      label: 'a new type',
      body: messageBody(marker, '', { type: 'hologram', hologram: { id: '1' }, text: undefined }),
    },
    { label: 'no text', body: messageBody(marker, '', { type: 'image', image: { id: '1' }, text: undefined }) },
  ],
})

const unknownFields = acceptance({
  id: 'unknown-fields',
  title: 'takes members that are new, empty or null',
  means: `Gallabox adds members to its bodies, and leaves others empty. ${lost}`,
  fix: 'Ignore members that you do not know, and expect null for those that you do.',
  trials: ({ marker }) => [
    { label: 'a new member', body: withMember(messageBody(marker), '"addedTomorrow":{"list":[1]}') },
    { label: 'empty lists', body: withMember(messageBody(marker), '"errors":[],"tags":[]') },
    { label: 'null', body: messageBody(marker, '', { context: null, referral: null }) },
  ],
})

const duplicate = acceptance({
  id: 'duplicate',
  title: 'takes the same delivery again',
  means: 'Gallabox sends a delivery again when the answer to the first was lost, and takes any but 200 for a failure.',
  fix: 'Answer 200 to what you have seen already, and do nothing.',
  trials({ marker }) {
    const body = messageBody(marker)
    return [
      { label: 'the first', body },
      { label: 'the same bytes again', body },
    ]
  },
})

const otherMethods: Check = {
  id: 'other-methods',
  title: 'takes PUT and PATCH, if the settings say so',
  async run(patient) {
    const replies: string[] = []
    for (const method of ['PUT', 'PATCH']) {
      const reply = await patient.send({ method, body: messageBody(patient.marker) })
      if (fateOf(reply) === 'limited') return limited
      if (fateOf(reply) !== 'taken') replies.push(`${method}: ${describeReply(reply)}`)
    }
    if (replies.length === 0) return passed('answered 200')
    return noted(replies.join('; '), 'That is well, as long as the method in the settings of the webhook is POST.')
  },
}

/** The checks of what must be taken, but for the first, which is the probe. */
export const accepts: readonly Check[] = [
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
  otherMethods,
]
