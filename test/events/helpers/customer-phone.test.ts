import { customerPhone, type GallaboxEvent } from 'gallabox-webhooks'
import { type SampledEventType, sampledEventTypes } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { message, sample } from '../../support/sample-events.js'

describe('customerPhone', () => {
  const phones: Record<SampledEventType, string | undefined> = {
    'Contact.Created': '+919876543210',
    'Contact.Updated': '+919876543210',
    'Contact.Tag.Mapped': '+919876543210',
    'Contact.Tag.Unmapped': undefined,
    'Conversation.Create': '+919876543210',
    'Conversation.Update': '+919876543210',
    'Conversation.Resolve': '+919876543210',
    'Conversation.Followup': '+919876543210',
    'Conversation.UnAttended': '+919876543210',
    'Conversation.Tag.Mapped': undefined,
    'Conversation.Tag.Unmapped': undefined,
    'Message.Received': '+919876543210',
    'Message.Send': '+919876543210',
    'Message.Flow.Received': undefined,
    'Message.WA.Cart.Received': '+919876543210',
    'Message.WA.Status.Received': '+919876543210',
    'Message.WA.Status.Failed': '+447700900142',
    'Message.WA.Payment.Status.Received': '+919876543210',
    'Message.WA.Interaction.Received': '+919876543210',
    'Template.Status': undefined,
  }

  test.each(sampledEventTypes)('returns E.164 or undefined when the event is %s', (type) => {
    expect(customerPhone(sample(type) as GallaboxEvent)).toBe(phones[type])
  })

  test("ignores the business's number when the business sent the message", () => {
    const { data } = sample('Message.Send')
    const whatsapp = { ...data.whatsapp, from: '918045671234' }
    expect(customerPhone({ type: 'Message.Send', data: { ...data, whatsapp } })).toBe('+919876543210')
  })

  test("returns the contact's number when the message has none", () => {
    expect(customerPhone(message({ type: 'text' }))).toBe('+919876543210')
    expect(customerPhone(message(null))).toBe('+919876543210')
    expect(customerPhone(message({ fromBSUID: 'IN.1' }, { contact: { bsuId: 'IN.1' } }))).toBeUndefined()
  })

  test.each([
    '',
    '+',
    '++919876543210',
    '091234567',
    '123456',
    '1234567890123456',
    '98765 43210',
    'asha',
    7,
    null,
    ['9'],
  ])('returns undefined when the number is %j', (phone) => {
    const { data } = sample('Contact.Created')
    expect(customerPhone({ type: 'Contact.Created', data: { ...data, phone: [phone] as never } })).toBeUndefined()
  })
})
