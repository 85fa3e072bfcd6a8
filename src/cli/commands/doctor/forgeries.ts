// Forged signatures, each of which gets past one known mistake in comparing or hashing.
// It must not know how a request is sent, or how the result is printed.
import { messageBody } from './bodies.js'
import { type Check, noted, passed } from './check.js'
import { hmac, sha256, signatureOf } from './digests.js'
import { remnants } from './guesses.js'
import type { Patient } from './patient.js'
import { describeReply, fateOf, limited, refusal, type Trial } from './trials.js'

/** What it means that a forgery is taken. */
export const anybody = 'Anybody who knows the address can invent events.'

const compareAll = 'Compare the whole header with the whole base64 of the digest: in Node, with timingSafeEqual.'

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

const nearlyRight = refusal({
  id: 'nearly-right-signature',
  title: 'refuses signatures that are nearly right',
  after: ['wrong-secret', 'malformed-signature'],
  means: `${anybody} Its own comparison forgets what it found before, so some hundred attempts are enough.`,
  fix: `${compareAll} A loop of one's own must keep every difference: \`found |= a ^ b\`.`,
  trials: (patient) => [
    // It keeps the last difference alone.
    signed('the second half right', patient, (body) => {
      const digest = hmac(body, patient.key)
      return Buffer.from(digest.map((byte, i) => (i < 16 ? byte ^ 0xff : byte))).toString('base64')
    }),
    // It adds differences up in a way in which two make none, be it by bytes or by words of four.
    signed('two bytes exchanged', patient, (body) => {
      const digest = hmac(body, patient.key)
      const other = digest.findIndex((byte, i) => i % 4 === 0 && byte !== digest[0])
      const [first, second] = [digest[0] as number, digest[other] as number]
      digest.set([second], 0)
      digest.set([first], other)
      return digest.toString('base64')
    }),
  ],
})

const extended = refusal({
  id: 'extended-signature',
  title: 'refuses the right signature with something before it',
  after: ['wrong-secret', 'malformed-signature'],
  means:
    'It looks for the signature anywhere in the header. Nobody can forge with that alone, but it is no comparison.',
  fix: compareAll,
  trials: (patient) => [signed(undefined, patient, (body) => `AAAA${signatureOf(body, patient.key)}`)],
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
  trials: (patient) => [signed(undefined, patient, (body) => signatureOf(body, ''))],
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

const unreadBody = refusal({
  id: 'unread-body',
  title: 'refuses the signature of what is not the body',
  after: ['wrong-secret'],
  means: 'It hashes a body that was read or parsed before, of which nothing is left. One signature fits every body.',
  fix: 'Hash the bytes as they were received, before any parser.',
  trials: (patient) =>
    remnants.map((remnant) => signed(remnant || 'nothing', patient, () => signatureOf(remnant, patient.key))),
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

/** Makes a request with a signature of one's own. */
export function signed(label: string | undefined, { marker }: Patient, sign: (body: string) => string): Trial {
  const body = messageBody(marker)
  return { label, body, signature: sign(body) }
}

function forgedUnder(patient: Patient, secrets: readonly string[]): readonly Trial[] {
  return secrets.map((secret) => {
    // Not even a bad secret is printed.
    const label = secret === patient.key ? 'the secret that you gave' : JSON.stringify(secret)
    return signed(label, patient, (body) => signatureOf(body, secret))
  })
}

/** The checks by signatures that are nearly right, or are made without the secret. */
export const forgeries: readonly Check[] = [
  malformed,
  truncated,
  nearlyRight,
  emptySecret,
  guessedSecret,
  plainHash,
  unreadBody,
  weakHash,
  extended,
  appended,
]
