import { eventTypes, type GallaboxEvent, type UnrecognizedEvent, verifyDelivery } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

async function identify(name: string, data: unknown): Promise<GallaboxEvent> {
  const result = await verifyDelivery(delivery({ name, data }), { secret })
  if (!result.ok) throw new Error(result.message)
  return result.event
}

describe('shape check', () => {
  test.each(sampledEventTypes)('accepts the sample of %s', async (type) => {
    expect(await identify(type, samplePayload(type))).toEqual({ type, data: samplePayload(type) })
  })

  const unsampled = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))
  test.each(unsampled)('accepts any object and nothing else when the event is %s', async (type) => {
    expect(await identify(type, { any: 'thing' })).toMatchObject({ type })
    for (const data of [null, [], 'text', 1, true])
      expect(await identify(type, data)).toMatchObject({ type: 'unrecognized' })
  })

  // The required members of each payload, at any depth.
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
    'Message.Send': ['id', 'conversationId', 'accountId', 'channelId', 'contactId'],
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

  test.each(rows)('reports an issue when the payload of %s has an invalid %s', async (type, path) => {
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
  ] as const)('reports an issue when the payload of %s has the forbidden member %s', async (type, member) => {
    const event = await identify(type, { ...samplePayload(type), [member]: 'value' })
    expect(event).toMatchObject({
      type: 'unrecognized',
      issues: [{ path: member, expected: 'absent', found: 'string' }],
    })
    expect(await identify(type, { ...samplePayload(type), [member]: null })).toMatchObject({ type })
  })

  test('rejects a list that converts to the required literal', async () => {
    const data = { ...samplePayload('Message.WA.Status.Failed'), status: ['failed'] }
    expect(await identify('Message.WA.Status.Failed', data)).toMatchObject({
      issues: [{ path: 'status', expected: '"failed"', found: 'array' }],
    })
  })

  test('rejects a status other than failed when the event is Message.WA.Status.Failed', async () => {
    const event = await identify('Message.WA.Status.Failed', samplePayload('Message.WA.Status.Received'))
    expect(event).toMatchObject({ issues: [{ path: 'status', expected: '"failed"', found: 'string' }] })
  })

  // The payload with every optional member null, at any depth, and with unknown members.
  function withNulls(body: Record<string, unknown>, paths: readonly string[], prefix = ''): Record<string, unknown> {
    const members = Object.entries(body).map(([name, value]) => {
      const path = prefix + name
      if (!paths.includes(path)) return [name, null]
      return [name, typeof value === 'object' ? withNulls(value as Record<string, unknown>, paths, `${path}.`) : value]
    })
    return { ...Object.fromEntries(members), brandNew: { deep: [1] }, __v: 7 }
  }

  test.each(Object.entries(required))(
    'accepts unknown members, and null for optional ones, when the event is %s',
    async (type, paths) => {
      const data = withNulls(samplePayload(type as keyof typeof required) as never, paths)
      expect(await identify(type, data)).toEqual({ type, data })
    },
  )

  test('puts no value of the payload into an issue', async () => {
    const event = (await identify('Message.Received', { id: 12345, sender: ['Asha'] })) as UnrecognizedEvent
    expect(JSON.stringify(event.issues)).not.toMatch(/12345|Asha/)
  })

  test('reports a single issue when the payload is not an object', async () => {
    expect(await identify('Message.Received', [])).toMatchObject({
      issues: [{ path: '', expected: 'object', found: 'array' }],
    })
  })
})
