// What a correct receiver refuses: what nobody signed, what was changed, and what was forged.
// It must not know how a request is sent, or how the result is printed.
import { messageBody } from './bodies.js'
import { type Check, noted, passed } from './check.js'
import { signatureOf } from './digests.js'
import { anybody, forgeries, signed } from './forgeries.js'
import type { Attempt, Patient } from './patient.js'
import { describeReply, fateOf, limited, refusal, type Trial } from './trials.js'

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
  after: ['unsigned', 'wrong-secret'],
  means: `${anybody} The verification runs for application/json alone.`,
  fix: 'Verify before you look at Content-Type, or refuse every other type.',
  trials: ({ marker }) =>
    ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'].flatMap((type) =>
      unverified(type, { body: messageBody(marker), headers: [['content-type', type]] }),
    ),
})

const otherMethod = refusal({
  id: 'unsigned-other-method',
  title: 'refuses it by another method',
  after: ['unsigned', 'wrong-secret'],
  means: `${anybody} The verification runs for POST alone.`,
  fix: 'Verify whatever the method is, or answer 405 to all but POST.',
  trials: ({ marker }) =>
    ['PUT', 'PATCH'].flatMap((method) => unverified(method, { method, body: messageBody(marker) })),
})

/** A receiver may see that there is a signature, and not look at it. */
function unverified(label: string, attempt: Attempt): readonly Trial[] {
  return [
    { ...attempt, label, signature: null },
    { ...attempt, label: `${label}, wrongly signed`, signature: signatureOf(attempt.body, 'another secret') },
  ]
}

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

const wrongSecret = refusal({
  id: 'wrong-secret',
  title: 'refuses a signature under another secret',
  means: `${anybody} The signature is not compared.`,
  fix: 'Compute the HMAC-SHA256 of the body under the secret, and answer 401 where the header is another.',
  trials: (patient) => [signed(undefined, patient, (body) => signatureOf(body, 'another secret'))],
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
  trials: (patient) => [signed(undefined, patient, () => signatureOf(deliveredBody(patient), patient.key))],
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

/** The body of the first delivery, which was taken: there is no check without one. */
function deliveredBody({ replies }: Patient): string {
  return Buffer.from(replies[0]?.sent ?? '').toString()
}

function changeDigit(body: string, at: number): string {
  return body.slice(0, at) + (body[at] === '1' ? '2' : '1') + body.slice(at + 1)
}

/** The checks of what must be refused. */
export const refuses: readonly Check[] = [
  unsigned,
  wrongSecret,
  otherType,
  otherMethod,
  inQuery,
  tampered,
  otherBody,
  ...forgeries,
  eventName,
]
