// A correct receiver survives large, invalid and unusual bodies.
import type { ReceiverCheck } from '../check.js'
import { acceptanceCheck, rejectionCheck, robustnessCheck } from '../check-builders.js'
import { largeBody, messageBody, withMember } from '../sample-bodies.js'
import { anyoneCanForge } from './forged-signatures.js'

const failedRetries = 'Gallabox counts 5xx as a failure and retries, up to 5 attempts, without success.'

const largeDelivery = acceptanceCheck({
  id: 'large-body',
  title: 'accepts a verified body of 256 kB',
  cause: 'Large bodies are rejected, so long conversations and full carts are lost.',
  fix: 'Raise the body limit, for example to 1 MiB. The default of express.json() is 100 kB.',
  requests: ({ marker }) => [{ body: largeBody(marker, 256 * 1024) }],
})

const invalidJson = robustnessCheck({
  id: 'invalid-json',
  title: 'survives a signed body that is not JSON',
  cause: `A parser throws, and the exception is not caught. ${failedRetries}`,
  fix: 'Catch the exception of the parser, and respond with 400.',
  requests: ({ marker }) => [
    { label: 'half a body', body: messageBody(marker).slice(0, 100) },
    { label: 'plain text', body: `Sent by gallabox-webhooks doctor / ${marker}` },
    { label: 'an empty body', body: '' },
  ],
})

const unsignedInvalidJson = rejectionCheck({
  id: 'unsigned-invalid-json',
  title: 'rejects an unsigned body that is not JSON',
  requires: ['unsigned', 'wrong-secret'],
  cause: anyoneCanForge,
  fix: 'Verify first, then parse.',
  requests: (target) => {
    const body = messageBody(target.marker).slice(0, 100)
    return [
      { label: 'half a body', body, signature: null },
      { label: 'forged', body, signature: target.sign('another', 'another') },
    ]
  },
})

const invalidUtf8 = robustnessCheck({
  id: 'invalid-utf8',
  title: 'survives a signed body that is not UTF-8',
  cause: `A decoder throws, and the exception is not caught. ${failedRetries}`,
  fix: 'Catch the exception of the decoder, and respond with 400.',
  requests: ({ marker }) => [{ body: Buffer.from(messageBody(marker, ' \u00ff'), 'latin1') }],
})

const nonObjectJson = robustnessCheck({
  id: 'non-object-json',
  title: 'survives signed JSON that is not an object',
  cause: `It reads a member of null or of another value that is not an object, and fails. ${failedRetries}`,
  fix: 'Check that the payload is an object before you read it. Respond with 400 or 200 to anything else.',
  // With an unknown event name: 500 would be a correct response if the payload does not match a handled event.
  requests: () => ['null', '[]', '"text"', '0'].map((body) => ({ label: body, event: 'Account.Renamed', body })),
})

const deepJson = robustnessCheck({
  id: 'deep-json',
  title: 'survives JSON of 10 000 levels',
  cause: 'A recursive function overflows the stack.',
  fix: 'Catch the exception and respond with 400, or limit the depth.',
  requests: ({ marker }) => {
    const deep = `"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}`
    return [{ body: withMember(messageBody(marker), deep) }]
  },
})

const protoKeys = robustnessCheck({
  id: 'proto-keys',
  title: 'survives keys such as __proto__',
  cause: 'Keys of the payload change unrelated objects.',
  fix: 'Copy known members only, never all members of a payload into another object.',
  requests({ marker }) {
    const keys = '"__proto__":{"status":500},"constructor":{"prototype":{"status":500}},"toString":1,"hasOwnProperty":1'
    return [{ body: withMember(messageBody(marker), keys) }]
  },
})

export const robustnessChecks: readonly ReceiverCheck[] = [
  largeDelivery,
  invalidJson,
  unsignedInvalidJson,
  invalidUtf8,
  nonObjectJson,
  deepJson,
  protoKeys,
]
