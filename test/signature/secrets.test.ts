import { createReceiver, diagnose, type ReceiverOptions, type SecretSource, verifySignature } from 'gallabox-webhooks'
import { signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { badSecrets } from '../support/bad-secrets.js'
import { delivery, secret } from '../support/deliveries.js'

function receiverWith(source: unknown, more: Partial<ReceiverOptions> = {}) {
  return createReceiver({ secret: source as SecretSource, onEvent: () => {}, ...more })
}

async function codeWith(source: unknown, changes: Parameters<typeof delivery>[0] = {}) {
  return (await receiverWith(source).receive(delivery(changes))).code
}

describe('a list', () => {
  test('with a hole in it is a TypeError, as with any entry that is missing', () => {
    expect(() => receiverWith(new Array(1))).toThrow(TypeError)
    // biome-ignore lint/suspicious/noSparseArray: that is what it is about
    expect(() => receiverWith([secret, , secret])).toThrow(/undefined/)
    expect(() => verifySignature('{}', undefined, new Array(1))).toThrow(TypeError)
  })

  test('every secret counts, and the context says which one matched', async () => {
    const ids: string[] = []
    const receiver = receiverWith(['new', { secret: Buffer.from('middle') }, { id: 'old', secret }], {
      onOutcome: (record) => ids.push(record.secretId as string),
    })
    for (const key of ['new', 'middle', secret])
      expect((await receiver.receive(delivery({ secret: key }))).code).toBe('handled')
    expect(ids).toEqual(['1', '2', 'old'])
  })

  test('a secret that was rotated out no longer counts', async () => {
    expect(await codeWith(['new'], { secret: 'old' })).toBe('signature-mismatch')
  })
})

test('a rotation from the old secret over both to the new one refuses no delivery, and shows when the old is idle', async () => {
  const ids: (string | undefined)[] = []
  const onOutcome: ReceiverOptions['onOutcome'] = ({ code, secretId }) => ids.push(code === 'handled' ? secretId : code)
  const old = { id: 'old', secret: 'the old one' }
  const fresh = { id: 'new', secret: 'the new one' }
  // What the receiver knows and what Gallabox signs with, in the order in which an operator changes them.
  const steps: [receiver: unknown, sender: string][] = [
    [old, old.secret],
    [[fresh, old], old.secret],
    [[fresh, old], fresh.secret],
    [fresh, fresh.secret],
  ]
  for (const [source, own] of steps) await receiverWith(source, { onOutcome }).receive(delivery({ secret: own }))
  expect(ids).toEqual(['old', 'old', 'new', 'new'])
})

describe('a secret for some events', () => {
  const scoped = [{ id: 'contacts', secret, events: ['Contact.mapped' as const, 'Contact.Created' as const] }]

  test.each([
    ['Contact.Tag.Mapped', 'handled'],
    ['contact.mapped', 'handled'],
    ['Message.Received', 'secret-out-of-scope'],
    ['Ticket.Opened', 'secret-out-of-scope'],
    ['', 'secret-out-of-scope'],
  ])('signs %s: %s', async (name, code) => {
    expect(await codeWith(scoped, { name })).toBe(code)
  })

  test('the same secret under a wider entry still counts', async () => {
    expect(await codeWith([...scoped, { secret, events: ['Message.Received'] }])).toBe('handled')
  })

  test('another secret is a mismatch, not out of scope', async () => {
    expect(await codeWith(scoped, { secret: 'forged' })).toBe('signature-mismatch')
  })

  test.each([
    ['an unknown name', ['Contact.Mappped']],
    ['no name at all', []],
  ])('%s in events is a TypeError', (_title, events) => {
    expect(() => receiverWith([{ secret, events }])).toThrow(TypeError)
    expect(() => receiverWith([{ secret, events }])).toThrow('events')
  })
})

describe('a bad secret', () => {
  test.each(badSecrets)('that is %s is a TypeError at start', (_title, bad) => {
    expect(() => receiverWith(bad)).toThrow(TypeError)
  })

  test.each(badSecrets.filter(([, bad]) => !Array.isArray(bad)))(
    'in an entry, that is %s, is a TypeError at start',
    (_title, bad) => {
      expect(() => receiverWith({ secret: bad })).toThrow(TypeError)
      expect(() => receiverWith(['good', { secret: bad }])).toThrow(TypeError)
    },
  )
})

test.each<[unknown, RegExp]>([
  [undefined, /^The secret is undefined\. .*process\.env\.GALLABOX_WEBHOOK_SECRET/],
  [null, /^The secret is null/],
  [[], /^The secret is an empty list/],
  [' ', /^The secret is blank/],
  ['U2FsdGVkX1+abc', /^The secret is encrypted, as the REST API shows it/],
])('the error says what is wrong with %j, and what to pass', (bad, message) => {
  expect(() => receiverWith(bad)).toThrow(message)
  expect(() => verifySignature('', '', bad as never)).toThrow(message)
})

test('a secret may hold what the encrypted form begins with, and may be any bytes', async () => {
  for (const good of ['my-U2FsdGVkX1', Uint8Array.of(0, 200, 255)]) {
    const headers = { 'x-gallabox-signature': signBody('{}', good) }
    expect(await receiverWith(good).receive({ headers, rawBody: '{}' })).toMatchObject({ status: 200 })
  }
})

describe('a function', () => {
  test.each([
    ['a string', () => secret],
    ['a promise', async () => secret],
    ['a list', () => ['new', secret]],
    ['entries', async () => [{ id: 'vault', secret }]],
    // biome-ignore lint/suspicious/noThenProperty: this is the point.
    ['a promise of another library', () => ({ then: (resolve: (value: string) => void) => resolve(secret) })],
  ])('may give %s', async (_title, provider) => {
    expect(await codeWith(provider)).toBe('handled')
  })

  test.each<readonly [string, () => unknown]>([
    ...badSecrets.map(([title, bad]) => [`gives ${title}`, () => bad] as const),
    ...badSecrets.map(([title, bad]) => [`promises ${title}`, async () => bad] as const),
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
  ])('that %s is not called at start, and answers 500', async (_title, provider) => {
    const outcome = await receiverWith(provider).receive(delivery())
    expect(outcome).toMatchObject({ code: 'secret-unavailable', status: 500, error: expect.any(Error) })
  })

  test('is called once for deliveries that come together, and again for the next', async () => {
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

  test('is asked again after it failed', async () => {
    let calls = 0
    const receiver = receiverWith(async () => {
      if (calls++ === 0) throw new Error('vault is sealed')
      return secret
    })
    expect((await receiver.receive(delivery())).code).toBe('secret-unavailable')
    expect((await receiver.receive(delivery())).code).toBe('handled')
  })

  test('that never answers is given up, and asked again', async () => {
    let calls = 0
    const { receive, drain } = createReceiver({
      secret: () => (calls++ === 0 ? new Promise<string>(() => {}) : secret),
      bodyTimeoutMs: 30,
      onEvent: () => {},
    })
    const together = await Promise.all([receive(delivery()), receive(delivery())])
    const error = { message: expect.stringContaining('too long') }
    expect(together).toMatchObject([
      { code: 'secret-unavailable', error },
      { code: 'secret-unavailable', error },
    ])
    expect(calls).toBe(1)
    expect((await receive(delivery())).code).toBe('handled')
    expect(await drain(100)).toBe(true)
  })

  test('is not called for what the gate refuses', async () => {
    let calls = 0
    const receiver = receiverWith(() => {
      calls++
      return secret
    })
    await receiver.receive(delivery({ headers: {} }))
    expect(calls).toBe(0)
  })
})

test('a key that is changed after the start does not change the receiver', async () => {
  const key = Buffer.from(secret)
  const receiver = receiverWith(key)
  key.fill(0)
  expect((await receiver.receive(delivery())).code).toBe('handled')
})

test.each<[string, unknown, string]>([
  ['good', secret, 'genuine'],
  ['good, in bytes', Buffer.from(secret), 'genuine'],
  ['missing', undefined, 'secret-missing'],
  ['blank', ' \n', 'secret-missing'],
  ['no text', 42, 'secret-missing'],
  ['encrypted', 'U2FsdGVkX1+aGVsbG8=', 'secret-encrypted'],
  ['encrypted, in a list', [secret, 'U2FsdGVkX1+aGVsbG8='], 'secret-encrypted'],
])('a diagnosis throws for no secret: one that is %s is a finding', async (_title, source, code) => {
  expect(await diagnose(delivery(), { secret: source as SecretSource })).toMatchObject({ code })
})
