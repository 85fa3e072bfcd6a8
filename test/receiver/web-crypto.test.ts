// Runs the pipeline without node:crypto, as on edge runtimes.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

let library: typeof import('gallabox-webhooks')

describe.each([
  ['returns undefined', () => undefined],
  [
    'throws',
    () => {
      throw new Error('not supported')
    },
  ],
])('when process.getBuiltinModule %s', (_title, getBuiltinModule) => {
  beforeAll(async () => {
    // Loads node:crypto for the sender, before the mock hides it.
    delivery()
    vi.resetModules()
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(getBuiltinModule as never)
    library = await import('gallabox-webhooks')
    expect(() => library.verifySignature('', '', secret)).not.toThrow()
    expect(() => library.verifySignature('{}', 'A'.repeat(43).concat('='), secret)).toThrow(/no node:crypto here/)
  })
  afterAll(() => vi.restoreAllMocks())

  describe.each([
    ['one secret', secret],
    ['bytes', Buffer.from(secret)],
    ['a rotation', ['new', secret]],
  ])('with %s', (_title, source) => {
    const verify = (input: ReturnType<typeof delivery>, options = {}) =>
      library.verifyDelivery(input, { secret: source, ...options })

    test('returns the event, with the same key as with node:crypto', async () => {
      const input = delivery()
      const result = await verify(input)
      if (!result.ok) throw new Error(result.message)
      expect(result.event.type).toBe('Message.Received')
      expect(await result.context.key()).toBe(
        createHash('sha256').update(`Message.Received\n${input.rawBody}`).digest('hex'),
      )
    })

    test('rejects a forged delivery', async () => {
      expect(await verify(delivery({ secret: 'forged' }))).toMatchObject({ code: 'signature-mismatch' })
      expect(await verify(delivery({ rawBody: '{}' }))).toMatchObject({ code: 'signature-mismatch' })
    })

    test('accepts a delivery when the bytes of the secret change after the start', async () => {
      const secretBytes = new Uint8Array(Buffer.from(secret))
      const receiver = library.createReceiver({ secret: secretBytes, onEvent: () => {} })
      secretBytes.fill(7)
      expect((await receiver.receive(delivery())).code).toBe('handled')
    })

    test('compares required headers', async () => {
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
