import {
  type BodyErrorCode,
  createReceiver,
  type DiagnoseOptions,
  type DiagnosisCode,
  diagnose,
  type OutcomeCode,
  type ReceiverOptions,
} from 'gallabox-webhooks'
import { describe, expect, test, vi } from 'vitest'
import {
  body,
  diagnoseCase,
  hexSignature,
  nameHeader,
  otherSecret,
  secret,
  sign,
  unreadable,
  validSignature,
} from './cases/fixtures.js'
import { mistakes } from './cases/mistakes.js'

const never = () => new Promise<never>(() => {})

describe('without a body', () => {
  test.each<[title: string, code: DiagnosisCode, headers: object, options?: Partial<DiagnoseOptions>]>([
    ['a valid signature', 'body-unread', { 'x-gallabox-signature': validSignature }],
    ['a valid signature in hex', 'body-unread', { 'x-gallabox-signature': hexSignature }],
    ['an encoded body', 'body-unread', { 'x-gallabox-signature': validSignature, 'content-encoding': 'gzip' }],
    ['a large body', 'body-unread', { 'x-gallabox-signature': validSignature, 'content-length': '2000000' }],
    ['another secret', 'body-unread', { 'x-gallabox-signature': validSignature }, { secret: otherSecret }],
    ['no signature', 'signature-missing', {}],
    ['a signature in another header', 'signature-elsewhere', { 'x-signature': validSignature }],
    ['two signatures', 'signature-repeated', { 'x-gallabox-signature': [validSignature, validSignature] }],
    ['a prefixed signature', 'signature-prefixed', { 'x-gallabox-signature': `sha256=${validSignature}` }],
    ['an unpadded signature', 'signature-unpadded', { 'x-gallabox-signature': validSignature.slice(0, -1) }],
    ['a short signature', 'signature-malformed', { 'x-gallabox-signature': 'deadbeef' }],
    ['no secret', 'secret-missing', { 'x-gallabox-signature': validSignature }, { secret: undefined }],
    ['an encrypted secret', 'secret-encrypted', {}, { secret: 'U2FsdGVkX1+abcdefghijklmnop' }],
  ])('reports %s as %s', async (_title, code, headers, options) => {
    const delivery = { method: 'POST', url: '/webhook', headers: { ...nameHeader, ...headers } }
    expect(await diagnose(delivery, { secret, ...options })).toMatchObject({ verified: false, code })
  })

  test('reports the form of the signature when the body cannot be read either', async () => {
    const prefixed = { signature: `sha256=${validSignature}`, rawBody: unreadable }
    expect((await diagnoseCase(prefixed)).code).toBe('signature-prefixed')
  })

  test('is never verified', async () => {
    for (const { title, headers, signature = validSignature, options } of mistakes) {
      const received = { headers: headers ?? { ...nameHeader, 'x-gallabox-signature': signature } }
      expect([title, (await diagnose(received, { secret, ...options })).verified]).toEqual([title, false])
    }
  })
})

describe('a reader that fails', () => {
  test.each<[code: BodyErrorCode, diagnosis: DiagnosisCode]>([
    ['body-too-large', 'body-unread'],
    ['body-timeout', 'body-unread'],
    ['body-aborted', 'body-unread'],
    ['body-already-parsed', 'body-parsed'],
    ['body-already-read', 'body-parsed'],
  ])('with %s is reported as %s, and called once', async (code, diagnosis) => {
    const rawBody = vi.fn(() => Promise.reject(Object.assign(new Error(), { code })))
    expect(await diagnoseCase({ rawBody })).toMatchObject({ verified: false, code: diagnosis })
    expect(rawBody).toHaveBeenCalledTimes(1)
  })

  test.each<[code: OutcomeCode, headers: object, options: object]>([
    ['body-too-large', {}, { maxBodyBytes: 10 }],
    ['body-encoded', { 'content-encoding': 'gzip' }, {}],
  ])('with %s in a receiver is reported as body-unread', async (code, headers, options) => {
    const onOutcome = vi.fn<NonNullable<ReceiverOptions['onOutcome']>>()
    const receiver = createReceiver({ secret, onEvent: () => {}, onOutcome, ...options })
    await receiver.receive({
      headers: { ...nameHeader, 'x-gallabox-signature': validSignature, ...headers },
      rawBody: ({ maxBytes }) => {
        if (body.length <= maxBytes) return body
        throw Object.assign(new Error(), { code: 'body-too-large' })
      },
    })
    const [outcome, delivery] = onOutcome.mock.calls[0] as Parameters<NonNullable<ReceiverOptions['onOutcome']>>
    expect(outcome.code).toBe(code)
    expect(await diagnose(delivery, { secret })).toMatchObject({ verified: false, code: 'body-unread' })
  })
})

test('checks only the signature as it is when the body is larger than 64 kB', async () => {
  const large = JSON.stringify({ text: 'x'.repeat(65_536) })
  expect((await diagnoseCase({ signature: sign(large), rawBody: large })).code).toBe('verified')
  expect((await diagnoseCase({ signature: sign(`${large}\n`), rawBody: large })).code).toBe('unexplained')
})

test('limits a reader to 64 kB', async () => {
  const limits: unknown[] = []
  await diagnoseCase({
    rawBody({ maxBytes }) {
      limits.push(maxBytes)
      return body
    },
  })
  expect(limits).toEqual([65_536])
})

test('stops waiting for a secret or a body after ten seconds', async () => {
  vi.useFakeTimers()
  try {
    const diagnoses = [diagnoseCase({ rawBody: never }), diagnoseCase({ options: { secret: never } })]
    await vi.advanceTimersByTimeAsync(10_001)
    expect((await Promise.all(diagnoses)).map(({ code }) => code)).toEqual(['body-unread', 'secret-unavailable'])
  } finally {
    vi.useRealTimers()
  }
})
