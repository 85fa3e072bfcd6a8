import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import request from 'supertest'
import { expect, test, vi } from 'vitest'
import { createApp } from './app.mjs'

const secret = 'the secret of your test'
const payload = samplePayload('Message.Received')

/** Posts a message that is signed with the given secret. */
function post(onMessage, signedWith) {
  const { headers, body } = signDelivery('Message.Received', payload, { secret: signedWith })
  return request(createApp({ secret, onMessage })).post('/webhooks/gallabox').set(headers).send(body)
}

test('handles a verified message', async () => {
  const onMessage = vi.fn()
  await post(onMessage, secret).expect(200)
  expect(onMessage).toHaveBeenCalledOnce()
  expect(onMessage.mock.calls[0][0].data).toEqual(payload)
})

test('rejects a forged message', async () => {
  const onMessage = vi.fn()
  await post(onMessage, 'another secret').expect(401)
  expect(onMessage).not.toHaveBeenCalled()
})

test('responds 500 if the handler fails, so that Gallabox retries', async () => {
  const onMessage = vi.fn().mockRejectedValue(new Error('the database is down'))
  await post(onMessage, secret).expect(500)
})
