import {
  type ContentEvent,
  customerPhone,
  type EventMap,
  eventTypes,
  flowAnswers,
  type GallaboxEvent,
  isInbound,
  type MessageReceived,
  messageContent,
  messageText,
  occurredAt,
  orderTotal,
  type WhatsApp,
} from 'gallabox-webhooks'
import { type SampledEventType, sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'

function sample<T extends SampledEventType>(type: T): { type: T; data: EventMap[T] } {
  return { type, data: samplePayload(type) as unknown as EventMap[T] }
}

/** A message with any `whatsapp` object, as it can arrive at run time. */
function message(whatsapp: unknown, more: object = {}): { type: 'Message.Received'; data: MessageReceived } {
  return {
    type: 'Message.Received',
    data: { ...samplePayload('Message.Received'), whatsapp: whatsapp as WhatsApp, ...more },
  }
}

function interactive(reply: object) {
  return { type: 'interactive', interactive: reply }
}

const image = { id: '1', mimeType: 'image/jpeg', path: 'https://files.example/1.jpg', caption: 'Is this tin yours?' }
const location = { latitude: 12.97, longitude: 77.59 }
const template = { templateId: '66a0b7f14f2b8c0013cd1a2b', body: 'Hi' }
const answers = { email: 'asha.nair@mail.example', cups_a_day: '4' }

describe('messageContent and messageText', () => {
  test.each<[title: string, whatsapp: object, content: object, text: string | undefined]>([
    ['text', { type: 'text', text: { body: 'Namaste 🙏' } }, { kind: 'text', text: 'Namaste 🙏' }, 'Namaste 🙏'],
    ['empty text', { type: 'text', text: { body: '' } }, { kind: 'text', text: '' }, ''],
    [
      "a template's quick reply",
      { type: 'button', button: { text: 'Yes', payload: 'yes-1' } },
      { kind: 'button', text: 'Yes', id: 'yes-1' },
      'Yes',
    ],
    [
      'a button',
      interactive({ type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } }),
      { kind: 'button', text: 'Yes', id: 'b1' },
      'Yes',
    ],
    [
      'a list row',
      interactive({ type: 'list_reply', list_reply: { id: 'r1', title: 'Assam', description: '250 g' } }),
      { kind: 'list', text: 'Assam', id: 'r1', description: '250 g' },
      'Assam',
    ],
    [
      'a list row with only a title',
      interactive({ type: 'list_reply', list_reply: { title: 'Assam' } }),
      { kind: 'list', text: 'Assam', id: undefined, description: undefined },
      'Assam',
    ],
    [
      "a Flow's answers",
      interactive({
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify({ flow_token: 't', ...answers }) },
      }),
      { kind: 'flow', answers, token: 't' },
      undefined,
    ],
    ...(['image', 'video', 'audio', 'document', 'sticker'] as const).map(
      (kind) => [kind, { type: kind, [kind]: image }, { kind, media: image }, image.caption] as never,
    ),
    ['a voice note', { type: 'voice', voice: { id: '1' } }, { kind: 'audio', media: { id: '1' } }, undefined],
    ['a location', { type: 'location', location }, { kind: 'location', location }, undefined],
    ['contact cards', { type: 'contacts', contacts: [{}] }, { kind: 'contacts', contacts: [{}] }, undefined],
    ['a template', { type: 'template', template }, { kind: 'template', template }, undefined],
    [
      'a cart in a message',
      { type: 'order', order: { text: 'Gift wrap' } },
      { kind: 'order', order: { text: 'Gift wrap' } },
      'Gift wrap',
    ],
  ])('return the content and text of %s', (_title, whatsapp, content, text) => {
    expect(messageContent(message(whatsapp))).toEqual(content)
    expect(messageText(message(whatsapp))).toBe(text)
  })

  test.each<[title: string, event: ContentEvent, kind: string, text: string | undefined]>([
    ['the sample text', sample('Message.Received'), 'text', 'Namaste 🙏 is the 250 g tin still ₹449? 😊'],
    ['the sample template', sample('Message.Send'), 'template', undefined],
    ['the sample cart', sample('Message.WA.Cart.Received'), 'order', 'Gift wrap for the tins please 🎁'],
    ['the sample Flow', sample('Message.Flow.Received'), 'flow', undefined],
  ])('return the kind and text of %s', (_title, event, kind, text) => {
    expect(messageContent(event).kind).toBe(kind)
    expect(messageText(event)).toBe(text)
  })

  test('return the emoji of a reaction, or undefined when it was removed', () => {
    const event = sample('Message.WA.Interaction.Received')
    expect(messageContent(event)).toEqual({ kind: 'reaction', emoji: '❤️', messageId: event.data.id })
    const { reaction: _taken, ...data } = event.data
    for (const reaction of [undefined, null, {}, { emoji: '' }, { emoji: null }]) {
      expect(messageContent({ ...event, data: { ...data, reaction } as never })).toMatchObject({ emoji: undefined })
    }
    expect(messageContent({ ...event, data: { ...data, interaction: 'poll' } })).toEqual({
      kind: 'other',
      type: 'poll',
    })
  })

  test.each<[title: string, whatsapp: unknown, type: string | undefined]>([
    ['is missing', undefined, undefined],
    ['is null', null, undefined],
    ['is not an object', 'text', undefined],
    ['has no type', { text: { body: 'Hi' } }, undefined],
    ['has a type that is not a string', { type: 7, text: { body: 'Hi' } }, undefined],
    ['has an unknown type', { type: 'hologram', hologram: {} }, 'hologram'],
    ['has the name of an inherited method as its type', { type: 'toString' }, 'toString'],
    ['has __proto__ as its type', { type: '__proto__' }, '__proto__'],
    ['lacks the member that its type names', { type: 'text' }, 'text'],
    ['has null as its content', { type: 'image', image: null }, 'image'],
    ['has content of another type', { type: 'text', text: { body: ['Hi'] } }, 'text'],
    ['has a list as its order', { type: 'order', order: [] }, 'order'],
    ['has a string as its location', { type: 'location', location: 'here' }, 'location'],
    ['has contacts that are not a list', { type: 'contacts', contacts: {} }, 'contacts'],
    ['has no template', { type: 'template', template: null }, 'template'],
    ['has a button without a title', { type: 'button', button: {} }, 'button'],
    ['has no interactive content', { type: 'interactive' }, 'interactive'],
    ['has a row without a title', interactive({ type: 'list_reply', list_reply: {} }), 'interactive'],
    ['is an outgoing button message', interactive({ type: 'button', body: {} }), 'interactive'],
    [
      'has invalid JSON as Flow answers',
      interactive({ type: 'nfm_reply', nfm_reply: { response_json: '{' } }),
      'interactive',
    ],
    [
      'has a list as Flow answers',
      interactive({ type: 'nfm_reply', nfm_reply: { response_json: '[]' } }),
      'interactive',
    ],
    ['has no Flow answers', interactive({ type: 'nfm_reply', nfm_reply: null }), 'interactive'],
  ])('return other and undefined when the whatsapp object %s', (_title, whatsapp, type) => {
    const event = message(whatsapp)
    expect(messageContent(event)).toEqual({ kind: 'other', type })
    expect(messageText(event)).toBeUndefined()
    expect(flowAnswers(event)).toBeUndefined()
    expect(orderTotal(event)).toBeUndefined()
  })

  test('messageText returns undefined when the caption is not a string', () => {
    expect(messageText(message({ type: 'image', image: { caption: 7 } }))).toBeUndefined()
  })
})

describe('flowAnswers', () => {
  test('returns equal answers for both deliveries of a Flow', () => {
    const flow = sample('Message.Flow.Received')
    const { flowData } = flow.data.flowResponse
    const twin = message(interactive({ type: 'nfm_reply', nfm_reply: { response_json: JSON.stringify(flowData) } }))
    const { flow_token: _token, ...expected } = flowData
    expect(flowAnswers(flow)).toEqual(expected)
    expect(flowAnswers(twin)).toEqual(expected)
  })

  test('changes no prototype when an answer is named __proto__', () => {
    const response_json = '{"__proto__":{"isAdmin":true},"constructor":"x"}'
    const found = flowAnswers(message(interactive({ type: 'nfm_reply', nfm_reply: { response_json } })))
    expect(Object.keys(found as object)).toEqual(['__proto__', 'constructor'])
    expect(found).not.toHaveProperty('isAdmin')
    expect({}).not.toHaveProperty('isAdmin')
  })
})

describe('isInbound', () => {
  test.each([
    ['Message.Received', true],
    ['Message.WA.Cart.Received', true],
    ['Message.Send', false],
  ] as const)('given the sample of %s, returns %s', (type, expected) => {
    expect(isInbound(sample(type) as never)).toBe(expected)
  })

  test('depends on the payload when the unsigned name says otherwise', () => {
    expect(isInbound({ type: 'Message.Received', data: samplePayload('Message.Send') })).toBe(false)
  })
})

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

describe('occurredAt', () => {
  const times: Record<SampledEventType, string | undefined> = {
    'Contact.Created': samplePayload('Contact.Created').createdAt as string,
    'Contact.Updated': undefined,
    'Contact.Tag.Mapped': undefined,
    'Contact.Tag.Unmapped': undefined,
    'Conversation.Create': samplePayload('Conversation.Create').createdAt as string,
    'Conversation.Update': undefined,
    'Conversation.Resolve': samplePayload('Conversation.Resolve').resolvedDate as string,
    'Conversation.Followup': undefined,
    'Conversation.UnAttended': undefined,
    'Conversation.Tag.Mapped': undefined,
    'Conversation.Tag.Unmapped': undefined,
    'Message.Received': '2026-08-14T06:31:12.000Z',
    'Message.Send': '2026-08-14T06:34:40.118Z',
    'Message.Flow.Received': undefined,
    'Message.WA.Cart.Received': '2026-08-14T06:36:31.000Z',
    'Message.WA.Status.Received': isoOf(samplePayload('Message.WA.Status.Received').timestamp),
    'Message.WA.Status.Failed': isoOf(samplePayload('Message.WA.Status.Failed').timestamp),
    'Message.WA.Payment.Status.Received': isoOf(samplePayload('Message.WA.Payment.Status.Received').timestamp),
    'Message.WA.Interaction.Received': '2026-08-14T06:34:59.000Z',
    'Template.Status': undefined,
  }

  function isoOf(epochSeconds: string): string {
    return new Date(Number(epochSeconds) * 1000).toISOString()
  }

  test.each(sampledEventTypes)('returns the documented time, if any, when the event is %s', (type) => {
    expect(occurredAt(sample(type) as GallaboxEvent)?.toISOString()).toBe(times[type])
  })

  test.each(['', 'yesterday', '2026-08-14', '2026-13-14T06:31:12.000Z', '2026-08-14T06:31:12', 1786861872, null, {}])(
    'returns undefined when the time of a message is %j',
    (time) => {
      expect(occurredAt(message({ time }))).toBeUndefined()
    },
  )

  test.each(['', '-1', '1.5', 'soon', '9'.repeat(13)])(
    'returns undefined when the timestamp of a status is %j',
    (timestamp) => {
      const { data } = sample('Message.WA.Status.Received')
      expect(occurredAt({ type: 'Message.WA.Status.Received', data: { ...data, timestamp } })).toBeUndefined()
    },
  )
})

describe('orderTotal', () => {
  function cart(...product_items: unknown[]) {
    return message({ type: 'order', order: { product_items } })
  }
  function item(item_price: unknown, quantity: unknown = 1, currency: unknown = 'INR') {
    return { product_retailer_id: 'TIN', item_price, quantity, currency }
  }

  test('returns ₹1139.50 when given the sample cart', () => {
    expect(orderTotal(sample('Message.WA.Cart.Received'))).toEqual({ minorUnits: 113950, currency: 'INR' })
  })

  test.each<[title: string, items: unknown[], minorUnits: number, currency: string]>([
    ['a price that binary fractions cannot represent', [item(80.1, 3)], 24030, 'INR'],
    ['many items with such a price', Array.from({ length: 1000 }, () => item(0.1)), 10000, 'INR'],
    ['prices with rounding errors', [item(80.10000000000001), item(19.999999999999996)], 10010, 'INR'],
    ['a price of zero', [item(0)], 0, 'INR'],
    ['a currency without decimals', [item(1200, 2, 'JPY')], 2400, 'JPY'],
    ['a currency with three decimals', [item(1.005, 2, 'KWD')], 2010, 'KWD'],
    ['a currency with four decimals', [item(1.0005, 2, 'CLF')], 20010, 'CLF'],
  ])('returns the exact total when the cart has %s', (_title, items, minorUnits, currency) => {
    expect(orderTotal(cart(...items))).toEqual({ minorUnits, currency })
  })

  test.each<[title: string, items: unknown[]]>([
    ['no items', []],
    ['two currencies', [item(1), item(1, 1, 'USD')]],
    ['no currency', [item(1, 1, null)]],
    ['an invalid currency', [item(1, 1, '₹')]],
    ['a currency that is not a string', [item(1, 1, 7)]],
    ['a price that is a string', [item('₹80.00')]],
    ['a negative price', [item(-1)]],
    ['an infinite price', [item(Number.POSITIVE_INFINITY)]],
    ['a price beyond safe integers', [item(1e15)]],
    ['half an item', [item(1, 0.5)]],
    ['no quantity', [item(1, null)]],
    ['an item that is null', [null]],
    ['a second item that is null', [item(1), null]],
  ])('returns undefined when the cart has %s', (_title, items) => {
    expect(orderTotal(cart(...items))).toBeUndefined()
  })

  test.each([undefined, null, {}, 'text'])('returns undefined when the items are %j', (product_items) => {
    expect(orderTotal(message({ type: 'order', order: { product_items } }))).toBeUndefined()
  })

  test('returns undefined when the message is not a cart', () => {
    expect(orderTotal(sample('Message.Received'))).toBeUndefined()
  })
})

test('customerPhone and occurredAt return undefined when any event has a malformed payload', () => {
  for (const type of [...eventTypes, 'unrecognized', 'Ticket.Opened', 'toString']) {
    for (const data of [{}, { whatsapp: 1, contact: 'x', phone: {}, createdAt: [], timestamp: '', recipient_id: '' }]) {
      expect(customerPhone({ type, data } as never)).toBeUndefined()
      expect(occurredAt({ type, data } as never)).toBeUndefined()
    }
  }
})
