import { createReceiver, diagnose, type ReceiverOptions, type SecretSource, verifySignature } from 'gallabox-webhooks'
import { signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { badSecrets } from '../support/bad-secrets.js'
import { delivery, secret } from '../support/test-receiver.js'

function receiverWith(source: unknown, options: Partial<ReceiverOptions> = {}) {
  return createReceiver({ secret: source as SecretSource, onEvent: () => {}, ...options })
}

async function codeWith(source: unknown, changes: Parameters<typeof delivery>[0] = {}) {
  return (await receiverWith(source).receive(delivery(changes))).code
}

describe('a list of secrets', () => {
  test('throws a TypeError when an entry is missing', () => {
    expect(() => receiverWith(new Array(1))).toThrow(TypeError)
    // biome-ignore lint/suspicious/noSparseArray: the test needs a sparse array.
    expect(() => receiverWith([secret, , secret])).toThrow(/undefined/)
    expect(() => verifySignature('{}', undefined, new Array(1))).toThrow(TypeError)
  })

  test('accepts every secret and reports the id of the one that matched', async () => {
    const ids: string[] = []
    const receiver = receiverWith(['new', { secret: Buffer.from('middle') }, { id: 'old', secret }], {
      onOutcome: (record) => ids.push(record.secretId as string),
    })
    for (const signingSecret of ['new', 'middle', secret])
      expect((await receiver.receive(delivery({ secret: signingSecret }))).code).toBe('handled')
    expect(ids).toEqual(['1', '2', 'old'])
  })

  test('rejects a secret that was removed', async () => {
    expect(await codeWith(['new'], { secret: 'old' })).toBe('signature-mismatch')
  })
})

test('accepts every delivery and reports the secret used when secrets rotate from old to both to new', async () => {
  const ids: (string | undefined)[] = []
  const onOutcome: ReceiverOptions['onOutcome'] = ({ code, secretId }) => ids.push(code === 'handled' ? secretId : code)
  const oldEntry = { id: 'old', secret: 'the old one' }
  const newEntry = { id: 'new', secret: 'the new one' }
  // The secrets of the receiver and of Gallabox, in the order in which an operator changes them.
  const steps: [receiver: unknown, sender: string][] = [
    [oldEntry, oldEntry.secret],
    [[newEntry, oldEntry], oldEntry.secret],
    [[newEntry, oldEntry], newEntry.secret],
    [newEntry, newEntry.secret],
  ]
  for (const [source, signingSecret] of steps)
    await receiverWith(source, { onOutcome }).receive(delivery({ secret: signingSecret }))
  expect(ids).toEqual(['old', 'old', 'new', 'new'])
})

describe('a secret with events', () => {
  const scoped = [{ id: 'contacts', secret, events: ['Contact.mapped' as const, 'Contact.Created' as const] }]

  test.each([
    ['Contact.Tag.Mapped', 'handled'],
    ['contact.mapped', 'handled'],
    ['Message.Received', 'secret-out-of-scope'],
    ['Ticket.Opened', 'secret-out-of-scope'],
    ['', 'secret-out-of-scope'],
  ])('reports for the event name "%s" the code %s', async (name, code) => {
    expect(await codeWith(scoped, { name })).toBe(code)
  })

  test('is accepted when another entry of the same secret includes the event', async () => {
    expect(await codeWith([...scoped, { secret, events: ['Message.Received'] }])).toBe('handled')
  })

  test('reports signature-mismatch when the signature does not match', async () => {
    expect(await codeWith(scoped, { secret: 'forged' })).toBe('signature-mismatch')
  })

  test.each([
    ['an unknown name', ['Contact.Mappped']],
    ['no name', []],
  ])('throws a TypeError when events contains %s', (_title, events) => {
    expect(() => receiverWith([{ secret, events }])).toThrow(TypeError)
    expect(() => receiverWith([{ secret, events }])).toThrow('events')
  })
})

describe('an invalid secret', () => {
  test.each(badSecrets)('throws a TypeError at the start when it is %s', (_title, badSecret) => {
    expect(() => receiverWith(badSecret)).toThrow(TypeError)
  })

  test.each(badSecrets.filter(([, badSecret]) => !Array.isArray(badSecret)))(
    'throws a TypeError at the start when it is %s in an entry',
    (_title, badSecret) => {
      expect(() => receiverWith({ secret: badSecret })).toThrow(TypeError)
      expect(() => receiverWith(['good', { secret: badSecret }])).toThrow(TypeError)
    },
  )
})

test.each<[unknown, RegExp]>([
  [undefined, /^secret: .* got undefined\. Pass it as typed into Gallabox\./],
  [null, /^secret: .* got null/],
  [[], /^secret: .* got an empty list/],
  [' ', /^secret: .* got a blank value/],
  ['U2FsdGVkX1+abc', /^secret: .* got the REST API's encrypted form/],
])('throws an error with the problem and the fix when the secret is %j', (badSecret, message) => {
  expect(() => receiverWith(badSecret)).toThrow(message)
  expect(() => verifySignature('', '', badSecret as never)).toThrow(message)
})

test('accepts a secret that contains the prefix of the encrypted form, and any bytes', async () => {
  for (const validSecret of ['my-U2FsdGVkX1', Uint8Array.of(0, 200, 255)]) {
    const headers = { 'x-gallabox-signature': signBody('{}', validSecret) }
    expect(await receiverWith(validSecret).receive({ headers, rawBody: '{}' })).toMatchObject({ status: 200 })
  }
})

describe('a secret function', () => {
  test.each([
    ['a string', () => secret],
    ['a promise', async () => secret],
    ['a list', () => ['new', secret]],
    ['entries', async () => [{ id: 'vault', secret }]],
    // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
    ['a thenable', () => ({ then: (resolve: (value: string) => void) => resolve(secret) })],
  ])('can return %s', async (_title, provider) => {
    expect(await codeWith(provider)).toBe('handled')
  })

  // Null means that there is no such tenant.
  const invalidResults = badSecrets.filter(([, badSecret]) => badSecret !== null)

  test.each<readonly [string, () => unknown]>([
    ...invalidResults.map(([title, badSecret]) => [`returns ${title}`, () => badSecret] as const),
    ...invalidResults.map(([title, badSecret]) => [`resolves to ${title}`, async () => badSecret] as const),
    [
      'throws',
      () => {
        throw new Error('vault is sealed')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('vault is sealed')
      },
    ],
  ])('is not called at the start, and causes a 500 when it %s', async (_title, provider) => {
    const outcome = await receiverWith(provider).receive(delivery())
    expect(outcome).toMatchObject({ code: 'secret-unavailable', status: 500, error: expect.any(Error) })
  })

  test('is called once for concurrent deliveries, and again for the next', async () => {
    let calls = 0
    const receiver = receiverWith(async () => {
      calls++
      await new Promise((resolve) => setTimeout(resolve, 10))
      return secret
    })
    await Promise.all(Array.from({ length: 50 }, () => receiver.receive(delivery())))
    expect(calls).toBe(1)
    await receiver.receive(delivery())
    expect(calls).toBe(2)
  })

  test('is called again after it failed', async () => {
    let calls = 0
    const receiver = receiverWith(async () => {
      if (calls++ === 0) throw new Error('vault is sealed')
      return secret
    })
    expect((await receiver.receive(delivery())).code).toBe('secret-unavailable')
    expect((await receiver.receive(delivery())).code).toBe('handled')
  })

  test('times out when it never settles, and is called again for the next delivery', async () => {
    let calls = 0
    const { receive, drain } = createReceiver({
      secret: () => (calls++ === 0 ? new Promise<string>(() => {}) : secret),
      bodyTimeoutMs: 30,
      onEvent: () => {},
    })
    const outcomes = await Promise.all([receive(delivery()), receive(delivery())])
    const error = { message: expect.stringContaining('longer than bodyTimeoutMs') }
    expect(outcomes).toMatchObject([
      { code: 'secret-unavailable', error },
      { code: 'secret-unavailable', error },
    ])
    expect(calls).toBe(1)
    expect((await receive(delivery())).code).toBe('handled')
    expect(await drain(100)).toBe(true)
  })

  test('is not called when a delivery is rejected before its body is read', async () => {
    let calls = 0
    const receiver = receiverWith(() => {
      calls++
      return secret
    })
    await receiver.receive(delivery({ headers: {} }))
    expect(calls).toBe(0)
  })
})

test('accepts a delivery when the bytes of the secret change after the start', async () => {
  const secretBytes = Buffer.from(secret)
  const receiver = receiverWith(secretBytes)
  secretBytes.fill(0)
  expect((await receiver.receive(delivery())).code).toBe('handled')
})

test.each<[string, unknown, string]>([
  ['valid', secret, 'verified'],
  ['valid, in bytes', Buffer.from(secret), 'verified'],
  ['missing', undefined, 'secret-missing'],
  ['blank', ' \n', 'secret-missing'],
  ['not a string', 42, 'secret-missing'],
  ['encrypted', 'U2FsdGVkX1+aGVsbG8=', 'secret-encrypted'],
  ['encrypted, in a list', [secret, 'U2FsdGVkX1+aGVsbG8='], 'secret-encrypted'],
])('diagnose returns a finding when the secret is %s', async (_title, source, code) => {
  expect(await diagnose(delivery(), { secret: source as SecretSource })).toMatchObject({ code })
})
