import { createReceiver, memoryStore, type ReceiverOptions, verifyDelivery } from 'gallabox-webhooks'
import { webhookHandler as expressHandler, webhookMiddleware } from 'gallabox-webhooks/express'
import { webhookHandler as koaHandler } from 'gallabox-webhooks/koa'
import { webhookHandler as lambdaHandler } from 'gallabox-webhooks/lambda'
import { webhookHandler as nodeHandler } from 'gallabox-webhooks/node'
import { webhookHandler as webHandler } from 'gallabox-webhooks/web'
import { describe, expect, test } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

/** Creates a receiver from options that TypeScript does not check, as from a variable. */
function create(options: object) {
  return () => createReceiver({ secret, onEvent: () => {}, ...options } as ReceiverOptions)
}

describe('an unknown option', () => {
  test.each([
    [
      'requiredHeader',
      { requiredHeader: {} },
      'options: unknown option "requiredHeader". Did you mean "requiredHeaders"?',
    ],
    ['idempotancy', { idempotancy: {} }, 'options: unknown option "idempotancy". Did you mean "idempotency"?'],
    ['onOutcomes', { onOutcomes() {} }, 'options: unknown option "onOutcomes". Did you mean "onOutcome"?'],
    ['maxbodybytes', { maxbodybytes: 1 }, 'options: unknown option "maxbodybytes". Did you mean "maxBodyBytes"?'],
    [
      'idempotency.leaseMS',
      { idempotency: { store: memoryStore(), leaseMS: 1 } },
      'idempotency: unknown option "leaseMS". Did you mean "leaseMs"?',
    ],
    [
      'secret.event',
      { secret: [{ secret, event: ['Message.Received'] }] },
      'secret: unknown option "event". Did you mean "events"?',
    ],
    [
      'secret[1].ids',
      { secret: [secret, { secret, ids: 'b' }] },
      'secret[1]: unknown option "ids". Did you mean "id"?',
    ],
  ])('throws a TypeError with the nearest name when given %s', (_title, options, message) => {
    expect(create(options)).toThrow(new TypeError(message))
  })

  test('throws a TypeError that lists the known names when none is near', () => {
    expect(create({ logger: console })).toThrow(/^options: unknown option "logger"\. Known: secret, maxBodyBytes, /)
  })

  test('verifyDelivery rejects the option on with a TypeError', async () => {
    const options = { secret, on: {} }
    await expect(verifyDelivery(delivery(), options)).rejects.toThrow('options: unknown option "on".')
  })
})

describe('an option of the wrong type', () => {
  const names = [
    ['maxBodyBytes', 'an integer'],
    ['bodyTimeoutMs', 'an integer'],
    ['requiredHeaders', 'an object'],
    ['onOutcome', 'a function'],
    ['now', 'a function'],
    ['onEvent', 'a function'],
    ['on', 'an object'],
    ['idempotency', 'an object'],
    ['maxAgeMs', 'an integer'],
    ['handlerTimeoutMs', 'an integer'],
    ['ack', 'a string'],
  ] as const
  test.each(names)('throws a TypeError when %s is null or true, and accepts undefined', (name, kind) => {
    expect(create({ [name]: null })).toThrow(new TypeError(`${name}: must be ${kind}, got null.`))
    expect(create({ [name]: true })).toThrow(new TypeError(`${name}: must be ${kind}, got boolean.`))
    expect(
      create({ on: { default() {} }, onEvent: undefined, [name]: undefined, ...(name === 'on' && { onEvent() {} }) }),
    ).not.toThrow()
  })

  test.each([
    ['0', 0],
    ['a fraction', 1.5],
    ['NaN', Number.NaN],
    ['2 ** 31', 2 ** 31],
  ])('throws a TypeError when handlerTimeoutMs is %s', (_title, handlerTimeoutMs) => {
    expect(create({ handlerTimeoutMs })).toThrow(
      new TypeError('handlerTimeoutMs: must be an integer from 1 to 2147483647.'),
    )
  })

  test.each([
    ['a Map', new Map([['x-key', 'value']])],
    ['a Headers', new Headers({ 'x-key': 'value' })],
  ])('throws a TypeError when requiredHeaders is %s', (_title, requiredHeaders) => {
    expect(create({ requiredHeaders })).toThrow(/^requiredHeaders: must be a plain object/)
  })

  test.each(['', undefined, null, 'a\nb', 'a\u0000', 42])(
    'throws a TypeError when the value of a required header is %j',
    (value) => {
      expect(create({ requiredHeaders: { 'x-key': value } })).toThrow(/^requiredHeaders\.x-key: must /)
    },
  )
})

describe('without options', () => {
  test.each([
    ['express', expressHandler],
    ['koa', koaHandler],
    ['node', nodeHandler],
    ['web', webHandler],
    ['lambda', lambdaHandler],
  ])('webhookHandler() of %s throws a TypeError with the fix', (_title, webhookHandler) => {
    expect(() => (webhookHandler as unknown as () => unknown)()).toThrow(
      new TypeError('options: must be an object, got undefined. Pass { secret, onEvent } or { secret, on }.'),
    )
  })
})

describe('secret', () => {
  test('throws with the position when an entry of a list is undefined', () => {
    expect(create({ secret: ['a', undefined] })).toThrow(
      /^secret\[1\]: must be a string or bytes, got undefined\. Pass it as typed into Gallabox/,
    )
  })
})

describe('on', () => {
  test('throws with the nearest name when a name is misspelled', () => {
    expect(create({ onEvent: undefined, on: { 'Message.recieved': () => {} } })).toThrow(
      /^on: unknown event "Message\.recieved"\. Did you mean "Message\.[Rr]eceived"\?$/,
    )
  })

  test('throws with the nearest name when a class instance has a misspelled method', () => {
    class Handlers {
      'Contact.Creatd'() {}
    }
    expect(create({ onEvent: undefined, on: new Handlers() })).toThrow(/Did you mean "Contact\.[Cc]reated"\?$/)
  })

  test('throws when a class instance has no handler', () => {
    class Handlers {
      handle() {}
    }
    expect(create({ onEvent: undefined, on: new Handlers() })).toThrow(/no handler/)
  })

  test('throws a TypeError that names on.default when combined with onEvent', () => {
    expect(create({ on: { 'Message.Received': () => {} } })).toThrow(
      new TypeError('onEvent: must not be combined with on. Use on.default in its place.'),
    )
  })
})

test('a receiver rejects with a TypeError when its caller passes no headers', async () => {
  const receiver = createReceiver({ secret, onEvent: () => {} })
  for (const headers of [null, undefined, 'x-gallabox-signature']) {
    await expect(receiver.receive({ headers: headers as never, rawBody: '{}' })).rejects.toThrow(
      /^headers: must be a Headers/,
    )
  }
})

test('drain throws a TypeError when its timeout is invalid', () => {
  const receiver = createReceiver({ secret, onEvent: () => {} })
  expect(() => receiver.drain('1000' as never)).toThrow(
    'timeoutMs: must be an integer from 1 to 2147483647, got string.',
  )
  expect(() => receiver.drain(0)).toThrow('timeoutMs: must be an integer from 1 to 2147483647.')
})

describe('missing options', () => {
  test('of verifyDelivery and of middleware name the secret', async () => {
    const missing = 'options: must be an object, got undefined. Pass { secret }.'
    await expect(verifyDelivery(delivery(), undefined as never)).rejects.toThrow(new TypeError(missing))
    expect(() => webhookMiddleware(undefined as never)).toThrow(new TypeError(missing))
  })
})

describe('requiredHeaders', () => {
  test.each([
    ['get', { get: () => 'x' }],
    ['forEach', { forEach() {} }],
  ])('with the method %s are no plain object', (_name, requiredHeaders) => {
    expect(create({ requiredHeaders })).toThrow(/^requiredHeaders: must be a plain object/)
  })
})

describe('on', () => {
  test('can be an object without a prototype', async () => {
    const on = Object.assign(Object.create(null), { 'Message.Received': () => {} })
    expect((await createReceiver({ secret, on }).receive(delivery())).code).toBe('handled')
  })

  test('can be a class instance with members that are not functions', async () => {
    class Handlers {
      'not.an.event' = 1
      'Message.Received'() {}
    }
    const on = new Handlers() as unknown as ReceiverOptions['on']
    expect((await createReceiver({ secret, on } as ReceiverOptions).receive(delivery())).code).toBe('handled')
  })
})

describe('Content-Encoding', () => {
  test.each([
    ['identity, gzip', 415],
    ['gzip , identity', 415],
    ['x-gzip', 415],
    ['utf-gzip', 200],
    ['gzip8', 200],
    ['UTF-8', 200],
  ])('%s: %i', async (encoding, status) => {
    const { headers, ...rest } = delivery()
    const receiver = createReceiver({ secret, onEvent: () => {}, onOutcome: () => {} })
    const encoded = { ...(headers as Record<string, string>), 'content-encoding': encoding }
    expect((await receiver.receive({ ...rest, headers: encoded })).status).toBe(status)
  })
})

describe('idempotency.key', () => {
  test.each([
    ['an empty string', '', 'an empty string'],
    ['a number', 1, 'number'],
    ['nothing', undefined, 'undefined'],
  ])('that returns %s is reported', async (_title, key, got) => {
    const errors: unknown[] = []
    const receiver = createReceiver({
      secret,
      onEvent: () => {},
      onOutcome: ({ error }) => errors.push(error),
      idempotency: { store: memoryStore(), key: () => key as string },
    })
    await receiver.receive(delivery())
    expect(errors).toEqual([new TypeError(`idempotency.key: must return a non-empty string or null, got ${got}.`)])
  })
})
