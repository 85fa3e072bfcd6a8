// What a correct receiver refuses: forgeries, each of which gets past one known mistake.
// It must not know how a request is sent, or how the result is printed.
import { messageBody } from './bodies.js'
import { type Check, noted, passed } from './check.js'
import { hmac, sha256, signatureOf } from './digests.js'
import { remnants } from './guesses.js'
import type { Patient } from './patient.js'
import { describeReply, fateOf, limited, refusal, type Trial } from './trials.js'

const anybody = 'Anybody who knows the address can invent events.'
const compareAll = 'Compare the whole header with the whole base64 of the digest: in Node, with timingSafeEqual.'

const unsigned = refusal({
  id: 'unsigned',
  title: 'refuses a delivery without a signature',
  means: anybody,
  fix: 'Answer 401 when x-gallabox-signature is missing or empty, whatever else the request says.',
  trials: ({ marker }) => [
    { label: 'JSON', body: messageBody(marker), signature: null },
    { label: 'an empty signature', body: messageBody(marker), signature: '' },
    { label: 'a blank signature', body: messageBody(marker), signature: ' ' },
  ],
})

const otherType = refusal({
  id: 'unsigned-other-type',
  title: 'refuses it under another content type',
  after: ['unsigned'],
  means: `${anybody} The verification runs for application/json alone.`,
  fix: 'Verify before you look at Content-Type, or refuse every other type.',
  trials: ({ marker }) =>
    ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'].map((type) => ({
      label: type,
      body: messageBody(marker),
      signature: null,
      headers: [['content-type', type]],
    })),
})

const otherMethod = refusal({
  id: 'unsigned-other-method',
  title: 'refuses it by another method',
  after: ['unsigned'],
  means: `${anybody} The verification runs for POST alone.`,
  fix: 'Verify whatever the method is, or answer 405 to all but POST.',
  trials: ({ marker }) =>
    ['PUT', 'PATCH'].map((method) => ({ label: method, method, body: messageBody(marker), signature: null })),
})

const tampered = refusal({
  id: 'tampered-body',
  title: 'refuses a body that was changed',
  after: ['wrong-secret'],
  means: 'Whoever has seen one delivery can change it at will.',
  fix: 'Hash the whole body, every byte as it was received, and compare.',
  trials(patient) {
    const body = deliveredBody(patient)
    const signature = signatureOf(body, patient.key)
    return [
      { label: 'at the start', body: changeDigit(body, body.search(/[0-9]/)), signature },
      { label: 'in the middle', body: body.replace('Sent by', 'Bent by'), signature },
      { label: 'at the end', body: changeDigit(body, body.search(/[0-9][^0-9]*$/)), signature },
    ]
  },
})

const otherBody = refusal({
  id: 'signature-of-another-body',
  title: 'refuses the signature of another body',
  after: ['wrong-secret'],
  means: 'Whoever has seen one delivery can invent others.',
  fix: 'Hash the body that came with this very request, and compare.',
  trials: (patient) => [
    signed('one that was taken before', patient, () => signatureOf(deliveredBody(patient), patient.key)),
  ],
})

const wrongSecret = refusal({
  id: 'wrong-secret',
  title: 'refuses a signature under another secret',
  means: `${anybody} The signature is not compared.`,
  fix: 'Compute the HMAC-SHA256 of the body under the secret, and answer 401 where the header is another.',
  trials: (patient) => [signed('another secret', patient, (body) => signatureOf(body, 'another secret'))],
})

const malformed = refusal({
  id: 'malformed-signature',
  title: 'refuses signatures that are none',
  after: ['wrong-secret'],
  means: 'Anybody who knows the address can invent events.',
  fix: 'Answer 401 to every header that is not the base64 of the digest.',
  crash: [
    'A stranger can make it throw. Most likely the comparison throws where the lengths differ, as timingSafeEqual does.',
    'Compare the lengths first, and answer 401 where they differ.',
  ],
  trials: ({ marker }) =>
    (
      [
        ['bytes beyond ASCII', 'é'.repeat(44)],
        ['of another length', 'QUJD'],
        ['no base64', '!'.repeat(44)],
        ['15 kB', 'A'.repeat(15_000)],
        ['sha256= and nothing', 'sha256='],
      ] as const
    ).map(([label, signature]) => ({ label, body: messageBody(marker), signature })),
})

const truncated = refusal({
  id: 'truncated-signature',
  title: 'refuses the first characters of the right signature',
  after: ['wrong-secret', 'malformed-signature'],
  means: `${anybody} They need one character, which is guessed in 64 attempts: it compares only as much as it is given.`,
  fix: compareAll,
  trials: (patient) =>
    [1, 8, 22, 40].map((length) =>
      signed(`the first ${length}`, patient, (body) => signatureOf(body, patient.key).slice(0, length)),
    ),
})

const extended = refusal({
  id: 'extended-signature',
  title: 'refuses the right signature with something before it',
  after: ['wrong-secret', 'malformed-signature'],
  means:
    'It looks for the signature anywhere in the header. Nobody can forge with that alone, but it is no comparison.',
  fix: compareAll,
  trials: (patient) => [signed('AAAA before it', patient, (body) => `AAAA${signatureOf(body, patient.key)}`)],
})

const appended: Check = {
  id: 'appended-signature',
  title: 'refuses the right signature with something after it',
  after: ['wrong-secret', 'malformed-signature'],
  async run(patient) {
    const body = messageBody(patient.marker)
    const reply = await patient.send({ body, signature: `${signatureOf(body, patient.key)}AAAA` })
    const fate = fateOf(reply)
    if (fate === 'limited') return limited
    if (fate !== 'taken') return passed(describeReply(reply))
    const means = 'Nobody can forge with that. It decodes the header leniently, or compares the start of it alone.'
    return noted(describeReply(reply), means, compareAll)
  },
}

const emptySecret = refusal({
  id: 'empty-secret',
  title: 'refuses a signature under an empty secret',
  after: ['wrong-secret'],
  means: `${anybody} Where the secret is missing, it falls back to an empty one.`,
  fix: 'Let the server refuse to start without a secret: no default, no "".',
  trials: (patient) => forgedUnder(patient, ['']),
})

const guessedSecret = refusal({
  id: 'guessable-secret',
  title: 'refuses signatures under words that anybody tries first',
  after: ['wrong-secret'],
  means: `${anybody} The secret is, or falls back to, the name of nothing, or a word out of an example.`,
  fix: 'Let the server refuse to start without a secret, and choose a long random one.',
  trials: (patient) =>
    forgedUnder(patient, ['undefined', 'null', 'None', 'secret', 'test', 'changeme', 'your-secret', 'whsec_test']),
})

const unreadBody = refusal({
  id: 'unread-body',
  title: 'refuses the signature of what is not the body',
  after: ['wrong-secret'],
  means: 'It hashes a body that was read or parsed before, of which nothing is left. One signature fits every body.',
  fix: 'Hash the bytes as they were received, before any parser.',
  trials: (patient) =>
    remnants.map((remnant) => signed(remnant || 'nothing', patient, () => signatureOf(remnant, patient.key))),
})

const plainHash = refusal({
  id: 'plain-hash',
  title: 'refuses a hash that needs no secret',
  after: ['wrong-secret', 'malformed-signature'],
  means: `${anybody} A plain hash can be computed by anyone.`,
  fix: 'Use HMAC-SHA256 with the secret as its key.',
  trials: (patient) => [
    signed('base64', patient, (body) => sha256(body).toString('base64')),
    signed('hex', patient, (body) => sha256(body).toString('hex')),
  ],
})

const weakHash = refusal({
  id: 'sha1',
  title: 'refuses HMAC-SHA1',
  after: ['wrong-secret', 'malformed-signature'],
  means: 'It takes signatures of a weaker kind than Gallabox makes.',
  fix: 'Use HMAC-SHA256 alone: let the sender not choose the algorithm.',
  trials: (patient) => [
    signed('base64', patient, (body) => hmac(body, patient.key, 'sha1').toString('base64')),
    signed('hex', patient, (body) => hmac(body, patient.key, 'sha1').toString('hex')),
  ],
})

const inQuery = refusal({
  id: 'signature-in-query',
  title: 'refuses a signature in the address',
  after: ['unsigned'],
  means: 'Addresses are written to logs, and with them signatures that open the door again.',
  fix: 'Read the signature from the header x-gallabox-signature, and from nowhere else.',
  trials: ({ marker, key }) =>
    ['signature', 'x-gallabox-signature'].map((name) => {
      const body = messageBody(marker)
      return { label: `?${name}=`, body, signature: null, query: { [name]: signatureOf(body, key) } }
    }),
})

const eventName: Check = {
  id: 'event-name',
  title: 'is not deceived by the event name, which is not signed',
  async run(patient) {
    const reply = await patient.send({ event: 'Contact.Created', body: messageBody(patient.marker) })
    if (fateOf(reply) === 'limited') return limited
    if (fateOf(reply) !== 'taken') return passed(`a message named Contact.Created: ${describeReply(reply)}`)
    const means =
      'Gallabox does not sign the name: whoever has a delivery can send it under another, and no signature shows it.'
    const fix = 'It may be ignored already. If not: see that the body has the members of the event that it is named.'
    return noted(`a message named Contact.Created: ${describeReply(reply)}`, means, fix)
  },
}

function signed(label: string, { marker }: Patient, sign: (body: string) => string): Trial {
  const body = messageBody(marker)
  return { label, body, signature: sign(body) }
}

/** The body of the first delivery, which was taken: there is no check without one. */
function deliveredBody({ replies }: Patient): string {
  return Buffer.from(replies[0]?.sent ?? '').toString()
}

function changeDigit(body: string, at: number): string {
  return body.slice(0, at) + (body[at] === '1' ? '2' : '1') + body.slice(at + 1)
}

function forgedUnder(patient: Patient, secrets: readonly string[]): readonly Trial[] {
  return secrets.map((secret) => {
    // Not even a bad secret is printed.
    const label = secret === patient.key ? 'the secret that you gave' : JSON.stringify(secret)
    return signed(label, patient, (body) => signatureOf(body, secret))
  })
}

/** The checks of what must be refused. */
export const refuses: readonly Check[] = [
  unsigned,
  otherType,
  otherMethod,
  inQuery,
  wrongSecret,
  malformed,
  tampered,
  otherBody,
  truncated,
  emptySecret,
  guessedSecret,
  plainHash,
  unreadBody,
  weakHash,
  extended,
  appended,
  eventName,
]
