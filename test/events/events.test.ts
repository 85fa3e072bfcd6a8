import {
  canonicalEventName,
  type EventType,
  eventTypes,
  type GallaboxEvent,
  isEvent,
  type UnrecognizedEvent,
  verifyDelivery,
} from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { delivery, secret } from '../support/deliveries.js'

async function identify(name: string, data: unknown): Promise<GallaboxEvent> {
  const result = await verifyDelivery(delivery({ name, data }), { secret })
  if (!result.ok) throw new Error(result.message)
  return result.event
}

// The help page's table, word for word, and the wire's names of the same events.
const helpPage: readonly (readonly [helpPage: string, wire: EventType])[] = [
  ['Contact.created', 'Contact.Created'],
  ['Contact.updated', 'Contact.Updated'],
  ['Contact.mapped', 'Contact.Tag.Mapped'],
  ['Contact.unmapped', 'Contact.Tag.Unmapped'],
  ['Conversation.created', 'Conversation.Create'],
  ['Conversation.updated', 'Conversation.Update'],
  ['Conversation.UnAttended', 'Conversation.UnAttended'],
  ['Conversation.Tag.mapped', 'Conversation.Tag.Mapped'],
  ['Conversation.Tag.unmapped', 'Conversation.Tag.Unmapped'],
  ['Message.received', 'Message.Received'],
  ['Message.flow.received', 'Message.Flow.Received'],
  ['Message.WA.Cart.received', 'Message.WA.Cart.Received'],
  ['Message.WA.status.received', 'Message.WA.Status.Received'],
  ['Message.WA.status.failed', 'Message.WA.Status.Failed'],
  ['Message.WA.Payment.status.received', 'Message.WA.Payment.Status.Received'],
  ['Template.status', 'Template.Status'],
]

describe('names', () => {
  test('there are 26, each once', () => {
    expect(new Set(eventTypes).size).toBe(26)
    expect(eventTypes).toHaveLength(26)
  })

  test.each(helpPage)('%s on the help page is %s on the wire', (name, wire) => {
    expect(canonicalEventName(name)).toBe(wire)
  })

  test.each([...eventTypes])('%s is itself, in any case', (type) => {
    for (const name of [type, type.toLowerCase(), type.toUpperCase()]) expect(canonicalEventName(name)).toBe(type)
  })

  test('a spelling that was seen elsewhere counts', () => {
    expect(canonicalEventName('Contact.Update')).toBe('Contact.Updated')
  })

  test.each(['', ' ', 'Message', 'Message.Received ', 'toString', '__proto__', 'constructor', 'unrecognized'])(
    '%j is none',
    (name) => {
      expect(canonicalEventName(name)).toBeUndefined()
    },
  )
})

describe('isEvent', () => {
  test('it goes by the name in either spelling', async () => {
    const event = await identify('Contact.mapped', samplePayload('Contact.mapped'))
    expect(isEvent(event, 'Contact.mapped')).toBe(true)
    expect(isEvent(event, 'Contact.Tag.Mapped')).toBe(true)
    expect(isEvent(event, 'Contact.Created')).toBe(false)
  })

  test('an unrecognized event is none, whatever its name', async () => {
    const event = await identify('Contact.mapped', {})
    expect(isEvent(event, 'Contact.mapped')).toBe(false)
    expect(isEvent(event, 'toString' as never)).toBe(false)
  })
})

describe('shapes', () => {
  test.each(sampledEventTypes)('the sample of %s is recognized', async (type) => {
    expect(await identify(type, samplePayload(type))).toEqual({ type, data: samplePayload(type) })
  })

  const unsampled = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))
  test.each(unsampled)('%s takes any object, and nothing else', async (type) => {
    expect(await identify(type, { any: 'thing' })).toMatchObject({ type })
    for (const data of [null, [], 'text', 1, true])
      expect(await identify(type, data)).toMatchObject({ type: 'unrecognized' })
  })

  // Members without which a body is not the event's, at any depth, and what must not be there.
  const required: Record<(typeof sampledEventTypes)[number], readonly string[]> = {
    'Contact.Created': ['id', 'accountId', 'name'],
    'Contact.Updated': ['id', 'accountId', 'name'],
    'Contact.Tag.Mapped': ['id', 'contactId', 'accountId', 'name'],
    'Contact.Tag.Unmapped': ['id', 'tagId', 'contactId', 'accountId', 'name'],
    'Conversation.Create': ['id', 'accountId', 'channelId', 'contactId', 'status'],
    'Conversation.Update': ['id', 'accountId', 'channelId', 'contactId', 'status'],
    'Conversation.Resolve': ['id', 'accountId', 'channelId', 'contactId', 'status'],
    'Conversation.Followup': ['id', 'accountId', 'channelId', 'contactId', 'status'],
    'Conversation.UnAttended': ['id', 'accountId', 'channelId', 'contactId', 'status'],
    'Conversation.Tag.Mapped': ['accountId', 'conversationId', 'tagId', 'name'],
    'Conversation.Tag.Unmapped': ['accountId', 'conversationId', 'tagId', 'name'],
    'Message.Received': ['id', 'conversationId', 'accountId', 'channelId', 'contactId', 'sender'],
    'Message.Send': ['id', 'conversationId', 'accountId', 'channelId', 'contactId', 'sender'],
    'Message.Flow.Received': [
      'flowResponse',
      'flowResponse.accountId',
      'flowResponse.channelId',
      'flowResponse.contactId',
      'flowResponse.conversationId',
      'flowResponse.flowData',
    ],
    'Message.WA.Cart.Received': [
      'id',
      'conversationId',
      'accountId',
      'channelId',
      'contactId',
      'sender',
      'whatsapp',
      'whatsapp.order',
    ],
    'Message.WA.Status.Received': ['id', 'status', 'timestamp', 'recipient_id'],
    'Message.WA.Status.Failed': ['id', 'status', 'timestamp', 'recipient_id'],
    'Message.WA.Payment.Status.Received': [
      'id',
      'status',
      'timestamp',
      'recipient_id',
      'payment',
      'payment.reference_id',
    ],
    'Message.WA.Interaction.Received': ['id', 'timestamp', 'recipient_id', 'interaction'],
    'Template.Status': ['id', 'name', 'new_status'],
  }
  const rows = Object.entries(required).flatMap(([type, paths]) =>
    paths.map((path) => [type as keyof typeof required, path] as const),
  )

  test.each(rows)('%s without %s is unrecognized, and the issue names the place', async (type, path) => {
    const keys = path.split('.')
    for (const [wrong, found] of [
      [undefined, 'missing'],
      [null, 'null'],
      [7, 'number'],
      [[], 'array'],
    ] as const) {
      const data = samplePayload(type) as unknown as Record<string, unknown>
      const parent = keys.slice(0, -1).reduce((object, key) => object[key] as Record<string, unknown>, data)
      parent[keys.at(-1) as string] = wrong
      const event = (await identify(type, data)) as UnrecognizedEvent
      expect(event).toMatchObject({
        type: 'unrecognized',
        name: type,
        reason: 'unexpected-shape',
        data: JSON.parse(JSON.stringify(data)),
      })
      expect(event.issues).toEqual([{ path, expected: expect.any(String), found }])
    }
  })

  test.each([
    ['Contact.Created', 'contactId'],
    ['Contact.Updated', 'contactId'],
    ['Contact.Tag.Mapped', 'tagId'],
    ['Message.WA.Status.Received', 'payment'],
    ['Message.WA.Status.Failed', 'payment'],
  ] as const)('%s with %s is another event', async (type, member) => {
    const event = await identify(type, { ...samplePayload(type), [member]: 'value' })
    expect(event).toMatchObject({
      type: 'unrecognized',
      issues: [{ path: member, expected: 'absent', found: 'string' }],
    })
    expect(await identify(type, { ...samplePayload(type), [member]: null })).toMatchObject({ type })
  })

  test('a literal is that text, and nothing that is only spelled like it', async () => {
    const data = { ...samplePayload('Message.WA.Status.Failed'), status: ['failed'] }
    expect(await identify('Message.WA.Status.Failed', data)).toMatchObject({
      issues: [{ path: 'status', expected: '"failed"', found: 'array' }],
    })
  })

  test('a failed status that did not fail is another event', async () => {
    const event = await identify('Message.WA.Status.Failed', samplePayload('Message.WA.Status.Received'))
    expect(event).toMatchObject({ issues: [{ path: 'status', expected: '"failed"', found: 'string' }] })
  })

  // The body with every optional member null, at any depth, and with members that nobody has seen yet.
  function bare(body: Record<string, unknown>, paths: readonly string[], prefix = ''): Record<string, unknown> {
    const members = Object.entries(body).map(([name, value]) => {
      const path = prefix + name
      if (!paths.includes(path)) return [name, null]
      return [name, typeof value === 'object' ? bare(value as Record<string, unknown>, paths, `${path}.`) : value]
    })
    return { ...Object.fromEntries(members), brandNew: { deep: [1] }, __v: 7 }
  }

  test.each(Object.entries(required))(
    'members of %s that nobody has seen yet, and optional ones that are null, change nothing',
    async (type, paths) => {
      const data = bare(samplePayload(type as keyof typeof required) as never, paths)
      expect(await identify(type, data)).toEqual({ type, data })
    },
  )

  test('issues hold no values', async () => {
    const event = (await identify('Message.Received', { id: 12345, sender: ['Asha'] })) as UnrecognizedEvent
    expect(JSON.stringify(event.issues)).not.toMatch(/12345|Asha/)
  })

  test('a body that is no object is one issue', async () => {
    expect(await identify('Message.Received', [])).toMatchObject({
      issues: [{ path: '', expected: 'object', found: 'array' }],
    })
  })
})
