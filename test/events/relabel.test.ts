// The event's name is not signed: whoever has one signed body can send it again under every other name.
import { eventTypes, verifyDelivery } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { delivery, secret } from '../support/deliveries.js'

// No body of these was published, so that any object will do.
const open = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))

const conversations = [
  'Conversation.Create',
  'Conversation.Update',
  'Conversation.Resolve',
  'Conversation.Followup',
  'Conversation.UnAttended',
]

// Which known bodies also pass under which other names, besides the open ones: what shape cannot tell apart. Only secrets
// of their own for such events can.
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

describe.each(sampledEventTypes)('a body of %s', (type) => {
  test('passes under its own name, under those that shape cannot tell apart, and under no other', async () => {
    const passed: string[] = []
    for (const name of eventTypes) {
      const result = await verifyDelivery(delivery({ name, data: samplePayload(type) }), { secret })
      if (!result.ok) throw new Error(result.message)
      if (result.event.type === name) passed.push(name)
      else expect(result.event).toMatchObject({ type: 'unrecognized', name, reason: 'unexpected-shape' })
    }
    expect(new Set(passed)).toEqual(new Set([type, ...indistinguishable[type], ...open]))
  })
})
