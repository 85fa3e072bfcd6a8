import { inspect } from 'node:util'
import { createReceiver, type DiagnoseOptions, type DiagnosisCode, diagnose } from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findings } from '../../src/diagnose/findings.js'
import { badSecrets } from '../support/bad-secrets.js'
import {
  body,
  diagnoseCase,
  headersOf,
  hexSignature,
  nameHeader,
  otherSecret,
  secret,
  sign,
  validSignature,
} from './cases/fixtures.js'
import { mistakes } from './cases/mistakes.js'
import { nearMisses } from './cases/near-misses.js'

describe.each(['node:crypto', 'WebCrypto only'])('with %s', (platform) => {
  let library = { diagnose }

  beforeAll(async () => {
    if (platform === 'node:crypto') return
    vi.resetModules()
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
    library = await import('gallabox-webhooks')
  })
  afterAll(() => {
    vi.restoreAllMocks()
  })

  test.each(mistakes)('reports $title as $code', async (mistake) => {
    const { code } = mistake
    const diagnosis = await diagnoseCase(mistake, library.diagnose)
    expect(diagnosis).toMatchObject({ code, ...findings[code], docs: `docs/troubleshooting/why-401.md#${code}` })
  })

  test.each(nearMisses)('reports the near miss $title as $code', async (nearMiss) => {
    expect((await diagnoseCase(nearMiss, library.diagnose)).code).toBe(nearMiss.code)
  })
})

test('covers every finding with a mistake', () => {
  const covered = new Set(mistakes.map(({ code }) => code))
  expect(Object.keys(findings).filter((code) => !covered.has(code as DiagnosisCode))).toEqual([])
})

test.each(badSecrets)('returns a finding when the secret is %s', async (title, badSecret) => {
  const { verified, code } = await diagnoseCase({ options: { secret: badSecret as never } })
  expect({ verified, code }).toEqual({
    verified: false,
    code: /encrypted/.test(title) ? 'secret-encrypted' : 'secret-missing',
  })
})

test('is verified exactly when a receiver accepts the delivery', async () => {
  for (const mistake of [...mistakes, ...nearMisses]) {
    if (['secret-missing', 'secret-encrypted', 'body-parsed'].includes(mistake.code)) continue
    const { title, rawBody = body, options } = mistake
    // An unknown name needs no payload of its shape. A scoped secret needs a known one.
    const isScoped = mistake.code === 'secret-out-of-scope' || title.includes('scoped')
    const name = isScoped || mistake.headers ? {} : { 'x-event-name': 'Ticket.Opened' }
    const headers = { ...(headersOf(mistake) as Record<string, string>), ...name }
    const receiver = createReceiver({ secret: options?.secret ?? secret, onEvent: () => {} })
    const { code } = await receiver.receive({ headers, rawBody })
    const { verified } = await diagnoseCase({ ...mistake, headers })
    // A verified body may still be invalid UTF-8 or JSON.
    expect([title, verified]).toEqual([title, /^(handled|body-not-json|body-not-utf8)$/.test(code)])
  }
})

test('returns the id of the secret that the finding concerns', async () => {
  const secretIdOf = async (options: Partial<DiagnoseOptions>, signature = validSignature) =>
    (await diagnoseCase({ signature, options })).secretId
  expect(await secretIdOf({})).toBe('1')
  expect(await secretIdOf({ secret: [otherSecret, secret] })).toBe('2')
  const entries = [
    { id: 'new', secret: otherSecret },
    { id: 'old', secret: `${secret} ` },
  ]
  expect(await secretIdOf({ secret: entries })).toBe('old')
  const otherSecrets = [{ id: 'shop', secret: otherSecret }]
  expect(await secretIdOf({ otherSecrets }, sign(body, otherSecret))).toBe('shop')
  expect(await secretIdOf({}, sign(body, 'a third'))).toBeUndefined()
})

test('contains no secret, signature or body', async () => {
  for (const mistake of [...mistakes, ...nearMisses]) {
    const text = inspect(await diagnoseCase(mistake), { depth: 9, showHidden: true })
    const hidden = [secret, otherSecret, validSignature, validSignature.slice(0, 20), hexSignature.slice(0, 20), '₹80']
    for (const value of hidden) expect(text).not.toContain(value)
  }
})

test('explains rejected deliveries when a receiver reports them', async () => {
  const codes: string[] = []
  const receiver = createReceiver({
    secret,
    onEvent: () => {},
    onOutcome: async (_outcome, delivery) => codes.push((await diagnose(delivery, { secret })).code),
  })
  const data = JSON.stringify(samplePayload('Message.Received'))
  const headers = { ...nameHeader, 'x-gallabox-signature': sign(data) }
  await receiver.receive({ headers, rawBody: () => `${data}\n` })
  await receiver.receive({ headers: nameHeader, rawBody: () => data })
  await expect.poll(() => [...codes].sort()).toEqual(['body-whitespace', 'signature-missing'])
})

describe('arguments', () => {
  const fix = 'Pass the second argument of onOutcome, or { headers, rawBody }.'
  const headers = { 'x-gallabox-signature': validSignature }

  test.each<[title: string, delivery: unknown, message: string]>([
    ['undefined', undefined, `delivery: must be an object, got undefined. ${fix}`],
    ['null', null, `delivery: must be an object, got null. ${fix}`],
    ['a string', body, `delivery: must be an object, got string. ${fix}`],
    ['an outcome', { code: 'handled' }, `delivery.headers: must be an object, got undefined. ${fix}`],
    ['raw headers', { headers: ['a', 'b'] }, `delivery.headers: must be an object, got array. ${fix}`],
    [
      'a Request',
      new Request('http://localhost', { method: 'POST', body }),
      `delivery: must be a delivery, got a request. ${fix}`,
    ],
    ['a Node.js request', { headers, pipe() {} }, `delivery: must be a delivery, got a request. ${fix}`],
    ['a Lambda event', { headers, body }, `delivery: must be a delivery, got a request. ${fix}`],
  ])('rejects with a TypeError when the delivery is %s', async (_title, delivery, message) => {
    await expect(diagnose(delivery as never, { secret })).rejects.toThrow(new TypeError(message))
  })

  test('accepts a request of a framework that keeps the raw body', async () => {
    const request = { headers: { ...headers, ...nameHeader }, body: JSON.parse(body), rawBody: Buffer.from(body) }
    expect((await diagnose(request, { secret })).verified).toBe(true)
  })

  test.each<[title: string, options: unknown, message: RegExp]>([
    ['are missing', undefined, /^options: must be an object, got undefined\.$/],
    ['have an unknown name', { secert: secret }, /^options: unknown option "secert"\. Did you mean .*secret/],
    [
      'have other secrets outside a list',
      { secret, otherSecrets: 'x' },
      /^otherSecrets: must be an array, got string\./,
    ],
  ])('rejects with a TypeError when the options %s', async (_title, options, message) => {
    const error: unknown = await diagnose({ headers, rawBody: body }, options as never).catch((reason) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect((error as Error).message).toMatch(message)
  })
})
