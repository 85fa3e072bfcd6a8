import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { expect, test, vi } from 'vitest'
import { createApp } from './app.mjs'

const secret = 'the secret of your test'
const payload = samplePayload('Message.Received')

/** Injects a message that is signed with the given secret. */
async function inject(onMessage, signedWith) {
  const app = await createApp({ secret, onMessage })
  const { method, headers, body } = signDelivery('Message.Received', payload, { secret: signedWith })
  return app.inject({ method, url: '/webhooks/gallabox', headers, payload: body })
}

test('handles a verified message', async () => {
  const onMessage = vi.fn()
  const { statusCode } = await inject(onMessage, secret)
  expect(statusCode).toBe(200)
  expect(onMessage).toHaveBeenCalledOnce()
  expect(onMessage.mock.calls[0][0].data).toEqual(payload)
})

test('rejects a forged message', async () => {
  const onMessage = vi.fn()
  const { statusCode } = await inject(onMessage, 'another secret')
  expect(statusCode).toBe(401)
  expect(onMessage).not.toHaveBeenCalled()
})

test('responds 500 if the handler fails, so that Gallabox retries', async () => {
  const { statusCode } = await inject(vi.fn().mockRejectedValue(new Error('the database is down')), secret)
  expect(statusCode).toBe(500)
})
