// Where node:crypto exists but does not work, WebCrypto is used.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

afterEach(() => void vi.restoreAllMocks())

function notImplemented() {
  throw new Error('[unenv] crypto.createHmac is not implemented yet!')
}

describe.each<[string, (id: string) => unknown]>([
  ['is missing', () => undefined],
  ['is refused', notImplemented],
  ['is a stub whose functions throw', () => ({ createHmac: notImplemented, Buffer })],
  ['is a stub without functions', () => ({})],
])('where node:crypto %s', (_title, getBuiltinModule) => {
  test('verifies deliveries with WebCrypto, and looks for node:crypto only once', async () => {
    const [signed, forged] = [delivery(), delivery({ secret: 'another' })]
    vi.resetModules()
    const lookUp = vi.spyOn(process, 'getBuiltinModule').mockImplementation(getBuiltinModule as never)
    const { createReceiver, verifySignature } = await import('gallabox-webhooks')
    const receiver = createReceiver({ secret, onEvent: () => {}, onOutcome: () => {} })
    expect((await receiver.receive(signed)).code).toBe('handled')
    expect((await receiver.receive(forged)).code).toBe('signature-mismatch')
    expect(() => verifySignature('{}', 'A'.repeat(43).concat('='), secret)).toThrow(/Use verifySignatureAsync/)
    expect(lookUp.mock.calls.filter(([id]) => id === 'node:buffer')).toHaveLength(1)
  })
})
