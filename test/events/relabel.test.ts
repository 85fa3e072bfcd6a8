// The signature does not cover the event's name: an attacker with one signed body can send it under any other name.
import { readFileSync } from 'node:fs'
import { eventTypes, type GallaboxEvent, verifyDelivery } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createTestReceiver, delivery, secret } from '../support/test-receiver.js'

// Gallabox documents no payload of these, so they accept any object.
const undocumented = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))

const eventsPage = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8')

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

// SECURITY.md and docs/event-name-spoofing.md say so: these six are no safer than their name.
describe.each(undocumented)('a Message.Received replayed as %s', (name) => {
  const replayed = delivery({ name })
  const anHourLater = () => Date.now() + 3_600_000

  test('runs the typed handler, past maxAgeMs', async () => {
    const types: string[] = []
    const { receive, outcomes } = createTestReceiver({
      on: { [name]: (event: GallaboxEvent) => types.push(event.type) },
      maxAgeMs: 60_000,
      now: anHourLater,
    })
    expect(await receive(replayed)).toMatchObject({ status: 200, code: 'handled' })
    expect(types).toEqual([name])
    expect(outcomes).toMatchObject([{ undated: true }])
  })

  test('is rejected when its secret is scoped to Message.Received', async () => {
    const { receive, events } = createTestReceiver({ secret: [{ secret, events: ['Message.Received'] }] })
    expect(await receive(replayed)).toMatchObject({ status: 401, code: 'secret-out-of-scope' })
    expect(events).toEqual([])
  })

  test('is marked in the page of events', () => {
    expect(eventsPage.split(`## ${name}\n`)[1]?.split('\n## ')[0]).toContain(
      '**Any object is accepted under this name**',
    )
  })
})

test('no other event is marked as accepting any object', () => {
  expect(eventsPage.split('**Any object is accepted under this name**')).toHaveLength(undocumented.length + 1)
})
