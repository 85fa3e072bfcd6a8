// The signature does not cover the event's name: an attacker with one signed body can send it under any other name.
import { eventTypes, verifyDelivery } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

// Gallabox documents no payload of these, so they accept any object.
const undocumented = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))

const conversations = [
  'Conversation.Create',
  'Conversation.Update',
  'Conversation.Resolve',
  'Conversation.Followup',
  'Conversation.UnAttended',
]

// The other names that each known payload passes under. A shape cannot distinguish these, only separate secrets can.
const indistinguishable: Record<(typeof sampledEventTypes)[number], readonly string[]> = {
  'Contact.Created': ['Contact.Updated'],
  'Contact.Updated': ['Contact.Created'],
  'Contact.Tag.Mapped': [],
  'Contact.Tag.Unmapped': [],
  'Conversation.Create': conversations,
  'Conversation.Update': conversations,
  'Conversation.Resolve': conversations,
  'Conversation.Followup': conversations,
  'Conversation.UnAttended': conversations,
  'Conversation.Tag.Mapped': ['Conversation.Tag.Unmapped'],
  'Conversation.Tag.Unmapped': ['Conversation.Tag.Mapped'],
  'Message.Received': ['Message.Send'],
  'Message.Send': ['Message.Received'],
  'Message.Flow.Received': [],
  // A cart is a message.
  'Message.WA.Cart.Received': ['Message.Received', 'Message.Send'],
  'Message.WA.Status.Received': [],
  // A failure is a status.
  'Message.WA.Status.Failed': ['Message.WA.Status.Received'],
  'Message.WA.Payment.Status.Received': [],
  'Message.WA.Interaction.Received': [],
  'Template.Status': [],
}

describe.each(sampledEventTypes)('the payload of %s', (type) => {
  test('is unrecognized when sent under a name with another shape', async () => {
    const passed: string[] = []
    for (const name of eventTypes) {
      const result = await verifyDelivery(delivery({ name, data: samplePayload(type) }), { secret })
      if (!result.ok) throw new Error(result.message)
      if (result.event.type === name) passed.push(name)
      else expect(result.event).toMatchObject({ type: 'unrecognized', name, reason: 'unexpected-shape' })
    }
    expect(new Set(passed)).toEqual(new Set([type, ...indistinguishable[type], ...undocumented]))
  })
})
