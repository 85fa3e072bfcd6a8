// The whole walk where there is no node:crypto, as on edge runtimes: the same answers, through WebCrypto.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/deliveries.js'

let library: typeof import('gallabox-webhooks')

describe.each([
  ['there is none', () => undefined],
  [
    'asking for it throws',
    () => {
      throw new Error('not supported')
    },
  ],
])('where %s', (_where, getBuiltinModule) => {
  beforeAll(async () => {
    // The sender keeps node:crypto: it looked it up before it was taken away.
    delivery()
    vi.resetModules()
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(getBuiltinModule as never)
    library = await import('gallabox-webhooks')
    expect(() => library.verifySignature('', '', secret)).not.toThrow()
    expect(() => library.verifySignature('{}', 'A'.repeat(43).concat('='), secret)).toThrow(/No node:crypto/)
  })
  afterAll(() => vi.restoreAllMocks())

  describe.each([
    ['one secret', secret],
    ['bytes', Buffer.from(secret)],
    ['a rotation', ['new', secret]],
  ])('with %s', (_title, source) => {
    const verify = (given: ReturnType<typeof delivery>, more = {}) =>
      library.verifyDelivery(given, { secret: source, ...more })

    test('a genuine delivery is an event, with the same key as elsewhere', async () => {
      const given = delivery()
      const result = await verify(given)
      if (!result.ok) throw new Error(result.message)
      expect(result.event.type).toBe('Message.Received')
      expect(await result.context.key()).toBe(
        createHash('sha256').update(`Message.Received\n${given.rawBody}`).digest('hex'),
      )
    })

    test('a forged one is refused', async () => {
      expect(await verify(delivery({ secret: 'forged' }))).toMatchObject({ code: 'signature-mismatch' })
      expect(await verify(delivery({ rawBody: '{}' }))).toMatchObject({ code: 'signature-mismatch' })
    })

    test('a key that is changed after the start changes nothing', async () => {
      const key = new Uint8Array(Buffer.from(secret))
      const receiver = library.createReceiver({ secret: key, onEvent: () => {} })
      key.fill(7)
      expect((await receiver.receive(delivery())).code).toBe('handled')
    })

    test('required headers are held', async () => {
      const requiredHeaders = { 'x-tenant': 'a' }
      const { headers } = delivery()
      expect(await verify(delivery({ headers: { ...headers, 'x-tenant': 'a' } }), { requiredHeaders })).toMatchObject({
        ok: true,
      })
      expect(await verify(delivery({ headers: { ...headers, 'x-tenant': 'b' } }), { requiredHeaders })).toMatchObject({
        ok: false,
      })
      expect(await verify(delivery(), { requiredHeaders })).toMatchObject({ code: 'required-header-mismatch' })
    })
  })
})
