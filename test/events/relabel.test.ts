// The signature does not cover the event's name: an attacker with one signed body can send it under any other name.
import { readdirSync, readFileSync } from 'node:fs'
import { eventTypes, type GallaboxEvent, verifyDelivery } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload, sampleVariants } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createTestReceiver, delivery, secret } from '../support/test-receiver.js'

// Gallabox documents no payload of these, so they accept any object.
const undocumented = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))

const folder = new URL('../../docs/reference/events/', import.meta.url)
const eventPages = readdirSync(folder)
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('')

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
  test.each(sampleVariants(type))('is unrecognized when sent under a name with another shape: %s', async (variant) => {
    expect(await listNames(samplePayload(type, variant))).toEqual(
      new Set([type, ...indistinguishable[type], ...undocumented]),
    )
  })
})

test.each(['system', '', null, undefined])(
  'a Message.Send from the sender %j is a Message.Received if it is a string',
  async (sender) => {
    const names = await listNames({ ...samplePayload('Message.Send'), sender })
    const received = typeof sender === 'string' ? ['Message.Received'] : []
    expect(names).toEqual(new Set(['Message.Send', ...received, ...undocumented]))
  },
)

/** Lists the names under which a payload is a typed event. */
async function listNames(data: unknown): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const name of eventTypes) {
    const result = await verifyDelivery(delivery({ name, data }), { secret })
    if (!result.ok) throw new Error(result.message)
    if (result.event.type === name) names.add(name)
    else expect(result.event).toMatchObject({ type: 'unrecognized', name, reason: 'unexpected-shape' })
  }
  return names
}

// SECURITY.md and docs/concepts/event-name-spoofing.md say so: these six are no safer than their name.
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

  test('is marked on its page', () => {
    expect(eventPages.split(`## ${name}\n`)[1]?.split('\n## ')[0]).toContain(
      '**Any object is accepted under this name**',
    )
  })
})

test('no other event is marked as accepting any object', () => {
  expect(eventPages.split('**Any object is accepted under this name**')).toHaveLength(undocumented.length + 1)
})
