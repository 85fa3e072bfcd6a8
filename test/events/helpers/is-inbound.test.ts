import { isInbound, type MessageReceived } from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { sample } from '../../support/sample-events.js'

describe('isInbound', () => {
  test.each([
    ['Message.Received', true],
    ['Message.WA.Cart.Received', true],
    ['Message.Send', false],
  ] as const)('given the sample of %s, returns %s', (type, expected) => {
    expect(isInbound(sample(type) as never)).toBe(expected)
  })

  test('depends on the payload when the unsigned name says otherwise', () => {
    expect(isInbound({ type: 'Message.Received', data: samplePayload('Message.Send') as MessageReceived })).toBe(false)
  })

  test.each(['system', '', undefined, null])('returns false when the sender of a sent message is %j', (sender) => {
    const { sender: _sender, ...data } = samplePayload('Message.Send')
    expect(isInbound({ type: 'Message.Send', data: { ...data, sender } })).toBe(false)
    expect(isInbound({ type: 'Message.Send', data: { ...data, sender, contactId: '' } })).toBe(false)
  })
})
