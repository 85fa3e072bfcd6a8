// Reading an event: the helpers that every receiver would else write, and get wrong.
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

/** A message as it could come at run time, whatever the types say. */
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

describe('content and text', () => {
  test.each<[title: string, whatsapp: object, content: object, text: string | undefined]>([
    ['text', { type: 'text', text: { body: 'Namaste 🙏' } }, { kind: 'text', text: 'Namaste 🙏' }, 'Namaste 🙏'],
    ['an empty text', { type: 'text', text: { body: '' } }, { kind: 'text', text: '' }, ''],
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
      'a row of a list',
      interactive({ type: 'list_reply', list_reply: { id: 'r1', title: 'Assam', description: '250 g' } }),
      { kind: 'list', text: 'Assam', id: 'r1', description: '250 g' },
      'Assam',
    ],
    [
      'a row with a title alone',
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
    ['a place', { type: 'location', location }, { kind: 'location', location }, undefined],
    ['contact cards', { type: 'contacts', contacts: [{}] }, { kind: 'contacts', contacts: [{}] }, undefined],
    ['a template', { type: 'template', template }, { kind: 'template', template }, undefined],
    [
      'a cart that comes as a message',
      { type: 'order', order: { text: 'Gift wrap' } },
      { kind: 'order', order: { text: 'Gift wrap' } },
      'Gift wrap',
    ],
  ])('of %s', (_title, whatsapp, content, text) => {
    expect(messageContent(message(whatsapp))).toEqual(content)
    expect(messageText(message(whatsapp))).toBe(text)
  })

  test.each<[title: string, event: ContentEvent, kind: string, text: string | undefined]>([
    ['the sample text', sample('Message.Received'), 'text', 'Namaste 🙏 is the 250 g tin still ₹449? 😊'],
    ['the sample template', sample('Message.Send'), 'template', undefined],
    ['the sample cart', sample('Message.WA.Cart.Received'), 'order', 'Gift wrap for the tins please 🎁'],
    ['the sample Flow', sample('Message.Flow.Received'), 'flow', undefined],
  ])('of %s', (_title, event, kind, text) => {
    expect(messageContent(event).kind).toBe(kind)
    expect(messageText(event)).toBe(text)
  })

  test('of a reaction', () => {
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
    ['is not there', undefined, undefined],
    ['is null', null, undefined],
    ['is no object', 'text', undefined],
    ['has no type', { text: { body: 'Hi' } }, undefined],
    ['has a type that is no text', { type: 7, text: { body: 'Hi' } }, undefined],
    ['has a type that nobody has seen yet', { type: 'hologram', hologram: {} }, 'hologram'],
    ['has a type that every object has', { type: 'toString' }, 'toString'],
    ['has a type that every object has, once more', { type: '__proto__' }, '__proto__'],
    ['lacks what its type names', { type: 'text' }, 'text'],
    ['has null there', { type: 'image', image: null }, 'image'],
    ['has another type there', { type: 'text', text: { body: ['Hi'] } }, 'text'],
    ['has a list where an object belongs', { type: 'order', order: [] }, 'order'],
    ['has no object for a place', { type: 'location', location: 'here' }, 'location'],
    ['has no list of cards', { type: 'contacts', contacts: {} }, 'contacts'],
    ['has no template', { type: 'template', template: null }, 'template'],
    ['has a button without words', { type: 'button', button: {} }, 'button'],
    ['has no answer', { type: 'interactive' }, 'interactive'],
    ['has a row without a title', interactive({ type: 'list_reply', list_reply: {} }), 'interactive'],
    ['asks, instead of answering', interactive({ type: 'button', body: {} }), 'interactive'],
    [
      'has answers that are no JSON',
      interactive({ type: 'nfm_reply', nfm_reply: { response_json: '{' } }),
      'interactive',
    ],
    [
      'has answers that are no object',
      interactive({ type: 'nfm_reply', nfm_reply: { response_json: '[]' } }),
      'interactive',
    ],
    ['has no answers', interactive({ type: 'nfm_reply', nfm_reply: null }), 'interactive'],
  ])('what %s is other', (_title, whatsapp, type) => {
    const event = message(whatsapp)
    expect(messageContent(event)).toEqual({ kind: 'other', type })
    expect(messageText(event)).toBeUndefined()
    expect(flowAnswers(event)).toBeUndefined()
    expect(orderTotal(event)).toBeUndefined()
  })

  test('a caption that is no text is none', () => {
    expect(messageText(message({ type: 'image', image: { caption: 7 } }))).toBeUndefined()
  })
})

describe('the answers of a Flow', () => {
  test('are the same from either of its two deliveries', () => {
    const flow = sample('Message.Flow.Received')
    const { flowData } = flow.data.flowResponse
    const twin = message(interactive({ type: 'nfm_reply', nfm_reply: { response_json: JSON.stringify(flowData) } }))
    const { flow_token: _token, ...expected } = flowData
    expect(flowAnswers(flow)).toEqual(expected)
    expect(flowAnswers(twin)).toEqual(expected)
  })

  test('cannot reach a prototype', () => {
    const response_json = '{"__proto__":{"isAdmin":true},"constructor":"x"}'
    const found = flowAnswers(message(interactive({ type: 'nfm_reply', nfm_reply: { response_json } })))
    expect(Object.keys(found as object)).toEqual(['__proto__', 'constructor'])
    expect(found).not.toHaveProperty('isAdmin')
    expect({}).not.toHaveProperty('isAdmin')
  })
})

describe('inbound', () => {
  test.each([
    ['Message.Received', true],
    ['Message.WA.Cart.Received', true],
    ['Message.Send', false],
  ] as const)('%s: %s', (type, expected) => {
    expect(isInbound(sample(type) as never)).toBe(expected)
  })

  test('is read from the body, not from the unsigned name', () => {
    expect(isInbound({ type: 'Message.Received', data: samplePayload('Message.Send') })).toBe(false)
  })
})

describe("the customer's phone", () => {
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

  test.each(sampledEventTypes)('of %s, in E.164 however it is written there', (type) => {
    expect(customerPhone(sample(type) as GallaboxEvent)).toBe(phones[type])
  })

  test('is not the number of the business on a message of the business', () => {
    const { data } = sample('Message.Send')
    const whatsapp = { ...data.whatsapp, from: '918045671234' }
    expect(customerPhone({ type: 'Message.Send', data: { ...data, whatsapp } })).toBe('+919876543210')
  })

  test("is the contact's where the message has none", () => {
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
  ])('is not %j', (phone) => {
    const { data } = sample('Contact.Created')
    expect(customerPhone({ type: 'Contact.Created', data: { ...data, phone: [phone] as never } })).toBeUndefined()
  })
})

describe('when it happened', () => {
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

  test.each(sampledEventTypes)('%s', (type) => {
    expect(occurredAt(sample(type) as GallaboxEvent)?.toISOString()).toBe(times[type])
  })

  test.each(['', 'yesterday', '2026-08-14', '2026-13-14T06:31:12.000Z', '2026-08-14T06:31:12', 1786861872, null, {}])(
    'a message does not say so with %j',
    (time) => {
      expect(occurredAt(message({ time }))).toBeUndefined()
    },
  )

  test.each(['', '-1', '1.5', 'soon', '9'.repeat(13)])('a status does not say so with %j', (timestamp) => {
    const { data } = sample('Message.WA.Status.Received')
    expect(occurredAt({ type: 'Message.WA.Status.Received', data: { ...data, timestamp } })).toBeUndefined()
  })
})

describe("an order's total", () => {
  function cart(...product_items: unknown[]) {
    return message({ type: 'order', order: { product_items } })
  }
  function item(item_price: unknown, quantity: unknown = 1, currency: unknown = 'INR') {
    return { product_retailer_id: 'TIN', item_price, quantity, currency }
  }

  test('of the sample is ₹1139.50', () => {
    expect(orderTotal(sample('Message.WA.Cart.Received'))).toEqual({ minorUnits: 113950, currency: 'INR' })
  })

  test.each<[title: string, items: unknown[], minorUnits: number, currency: string]>([
    ['no binary fraction adds up', [item(80.1, 3)], 24030, 'INR'],
    ['nor over many items', Array.from({ length: 1000 }, () => item(0.1)), 10000, 'INR'],
    ['a price that was computed is rounded', [item(80.10000000000001), item(19.999999999999996)], 10010, 'INR'],
    ['a price of nothing', [item(0)], 0, 'INR'],
    ['a currency without decimals', [item(1200, 2, 'JPY')], 2400, 'JPY'],
    ['a currency with three', [item(1.005, 2, 'KWD')], 2010, 'KWD'],
    ['a currency with four', [item(1.0005, 2, 'CLF')], 20010, 'CLF'],
  ])('%s', (_title, items, minorUnits, currency) => {
    expect(orderTotal(cart(...items))).toEqual({ minorUnits, currency })
  })

  test.each<[title: string, items: unknown[]]>([
    ['an empty cart', []],
    ['two currencies', [item(1), item(1, 1, 'USD')]],
    ['no currency', [item(1, 1, null)]],
    ['a currency that is none', [item(1, 1, '₹')]],
    ['a currency that is no text', [item(1, 1, 7)]],
    ['a price that is a text', [item('₹80.00')]],
    ['a price below zero', [item(-1)]],
    ['a price beyond all numbers', [item(Number.POSITIVE_INFINITY)]],
    ['a price too large to count', [item(1e15)]],
    ['half an item', [item(1, 0.5)]],
    ['no quantity', [item(1, null)]],
    ['an item that is null', [null]],
    ['a second item that is null', [item(1), null]],
  ])('%s has none', (_title, items) => {
    expect(orderTotal(cart(...items))).toBeUndefined()
  })

  test.each([undefined, null, {}, 'text'])('items that are %j have none', (product_items) => {
    expect(orderTotal(message({ type: 'order', order: { product_items } }))).toBeUndefined()
  })

  test('a message that is no cart has none', () => {
    expect(orderTotal(sample('Message.Received'))).toBeUndefined()
  })
})

test('phone and time take every event, and never throw', () => {
  for (const type of [...eventTypes, 'unrecognized']) {
    for (const data of [{}, { whatsapp: 1, contact: 'x', phone: {}, createdAt: [], timestamp: '', recipient_id: '' }]) {
      expect(customerPhone({ type, data } as never)).toBeUndefined()
      if (!type.startsWith('Message.WA')) expect(occurredAt({ type, data } as never)).toBeUndefined()
    }
  }
})
