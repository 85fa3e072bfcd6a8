// A comparison covers all of the digest, whatever it differs in, and every secret of a list, whichever matches. Times are
// not measured: the runtime's own comparison is called, with the whole digest.
import nodeCrypto from 'node:crypto'
import { createReceiver, verifySignature, verifySignatureAsync } from 'gallabox-webhooks'
import { signBody } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'

const body = '{"id":"1"}'
const secrets = ['the first secret', 'the second secret', 'the third secret']

afterEach(() => void vi.restoreAllMocks())

type Verify = (signature: string) => unknown

const implementations: readonly (readonly [name: string, verify: Verify])[] = [
  ['verifySignature', (signature) => verifySignature(body, signature, secrets)],
  ['verifySignatureAsync', (signature) => verifySignatureAsync(body, signature, secrets)],
  [
    'a receiver',
    (signature) => {
      const receiver = createReceiver({ secret: secrets, onEvent: () => {}, onOutcome: () => {} })
      return receiver.receive({ headers: { 'x-gallabox-signature': signature }, rawBody: body })
    },
  ],
]

function replaceAt(text: string, index: number): string {
  return `${text.slice(0, index)}${text[index] === '0' ? '1' : '0'}${text.slice(index + 1)}`
}

const signatures = (['base64', 'hex'] as const).flatMap((encoding) => {
  const valid = secrets.map((secret) => signBody(body, secret, encoding))
  const [first = ''] = valid
  return [
    ...valid.map((signature, i) => [`of secret ${i + 1} in ${encoding}`, signature] as const),
    [`that differs in its first character in ${encoding}`, replaceAt(first, 0)] as const,
    [`that differs in its 42nd character in ${encoding}`, replaceAt(first, 41)] as const,
  ]
})

describe.each(implementations)('%s', (_name, verify) => {
  test.each(signatures)(
    'compares the whole digest under each secret, for a signature %s',
    async (_title, signature) => {
      const compare = vi.spyOn(nodeCrypto, 'timingSafeEqual')
      await verify(signature)
      const lengths = compare.mock.calls.map((digests) => digests.map(({ byteLength }) => byteLength))
      expect(lengths).toEqual(secrets.map(() => [signature.length, signature.length]))
    },
  )
})

test.each(signatures)('WebCrypto verifies each secret, for a signature %s', async (_title, signature) => {
  vi.resetModules()
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  const verify = vi.spyOn(crypto.subtle, 'verify')
  const { verifySignatureAsync } = await import('gallabox-webhooks')
  await verifySignatureAsync(body, signature, secrets)
  expect(verify.mock.calls.map(([, , digest]) => digest.byteLength)).toEqual([32, 32, 32])
})

test.each([
  ['a token', 'handled'],
  ['b token', 'required-header-mismatch'],
  ['a', 'required-header-mismatch'],
])('compares a hash of the required header when it is %j', async (value, code) => {
  const receiver = createReceiver({
    secret: secrets,
    requiredHeaders: { 'x-token': 'a token' },
    onEvent: () => {},
    onOutcome: () => {},
  })
  const [secret = ''] = secrets
  const headers = { 'x-gallabox-signature': signBody(body, secret), 'x-token': value }
  const compare = vi.spyOn(nodeCrypto, 'timingSafeEqual')
  expect(await receiver.receive({ headers, rawBody: body })).toMatchObject({ code })
  const [hashes = []] = compare.mock.calls
  expect(hashes.map(({ byteLength }) => byteLength)).toEqual([32, 32])
})
