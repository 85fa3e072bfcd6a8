import { type ContentEvent, flowAnswers, isInbound, messageContent, messageText, orderTotal } from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { interactive, message, sample } from '../../support/sample-events.js'

const image = { id: '1', mimeType: 'image/jpeg', path: 'https://files.example/1.jpg', caption: 'Is this tin yours?' }
const imageContent = { url: image.path, mimeType: image.mimeType, caption: image.caption, fileName: undefined }
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
      (kind) => [kind, { type: kind, [kind]: image }, { kind, ...imageContent, media: image }, image.caption] as never,
    ),
    [
      'a voice note',
      { type: 'voice', voice: { id: '1' } },
      {
        kind: 'audio',
        url: undefined,
        mimeType: undefined,
        caption: undefined,
        fileName: undefined,
        media: { id: '1' },
      },
      undefined,
    ],
    [
      "media with WhatsApp's names",
      { type: 'document', document: { mime_type: 'application/pdf', filename: 'invoice.pdf' } },
      {
        kind: 'document',
        url: undefined,
        mimeType: 'application/pdf',
        caption: undefined,
        fileName: 'invoice.pdf',
        media: { mime_type: 'application/pdf', filename: 'invoice.pdf' },
      },
      undefined,
    ],
    ['a location', { type: 'location', location }, { kind: 'location', location }, undefined],
    [
      'an empty contact card',
      { type: 'contacts', contacts: [{}] },
      { kind: 'contacts', cards: [{ name: undefined, phones: [], emails: [] }], contacts: [{}] },
      undefined,
    ],
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
    ['is empty', {}, undefined],
    ['has a type that is not a string', { type: 7 }, undefined],
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

describe('messageContent and messageText are tolerant', () => {
  const reply = { id: 'r1', title: 'Assam' }
  test.each<[title: string, whatsapp: object, content: object]>([
    ['text.body without a type', { text: { body: 'Hi' } }, { kind: 'text', text: 'Hi' }],
    ['text.body and a type that is not a string', { type: 7, text: { body: 'Hi' } }, { kind: 'text', text: 'Hi' }],
    ['text.body and an unknown type', { type: 'hologram', text: { body: 'Hi' } }, { kind: 'text', text: 'Hi' }],
    [
      'text.body and the type of another member',
      { type: 'button', text: { body: 'Hi' } },
      { kind: 'text', text: 'Hi' },
    ],
    ['a button with only a payload', { type: 'button', button: { payload: 'YES' } }, { kind: 'button', text: 'YES' }],
    ['a button whose text is null', { button: { text: null, payload: 'YES' } }, { kind: 'button', id: 'YES' }],
    [
      'a button_reply without interactive.type',
      interactive({ button_reply: reply }),
      { kind: 'button', text: 'Assam' },
    ],
    ['a list_reply without interactive.type', interactive({ list_reply: reply }), { kind: 'list', id: 'r1' }],
    ['a list_reply without any type', { interactive: { list_reply: reply } }, { kind: 'list', text: 'Assam' }],
    ['a list_reply with only an id', interactive({ list_reply: { id: 'r1' } }), { kind: 'list', text: 'r1', id: 'r1' }],
    [
      'Flow answers without interactive.type',
      interactive({ nfm_reply: { response_json: '{"a":1}' } }),
      { kind: 'flow', answers: { a: 1 } },
    ],
    ['an image without a type', { image }, { kind: 'image', url: image.path }],
    ['a voice note without a type', { voice: { path: image.path } }, { kind: 'audio', url: image.path }],
    ['a location without a type', { location }, { kind: 'location', location }],
  ])('given %s', (_title, whatsapp, content) => {
    const found = messageContent(message(whatsapp))
    expect(found).toMatchObject(content)
    expect(messageText(message(whatsapp))).toBe(
      'text' in found ? found.text : 'caption' in found ? found.caption : undefined,
    )
  })

  test.each<[title: string, card: unknown, content: object]>([
    [
      "Gallabox's names",
      {
        name: { formattedName: 'Meera Iyer', firstName: 'Meera' },
        phones: [{ phone: '+91 98450 12345', waId: '919845012345' }, { waId: '447700900142' }],
        emails: [{ email: 'meera.iyer@mail.example' }],
      },
      {
        name: 'Meera Iyer',
        phones: ['+91 98450 12345', '447700900142'],
        emails: ['meera.iyer@mail.example'],
      },
    ],
    [
      "WhatsApp's names",
      { name: { formatted_name: 'Meera Iyer' }, phones: [{ wa_id: '919845012345' }] },
      { name: 'Meera Iyer', phones: ['919845012345'], emails: [] },
    ],
    ['first and last name', { name: { firstName: 'Meera', last_name: 'Iyer' } }, { name: 'Meera Iyer' }],
    ['only a last name', { name: { lastName: 'Iyer' } }, { name: 'Iyer' }],
    ['an empty name', { name: {} }, { name: undefined }],
    [
      'members of other types',
      { name: 7, phones: 'none', emails: [null, 7, {}, { email: 7 }] },
      { name: undefined, phones: [], emails: [] },
    ],
    ['null in place of a card', null, { name: undefined, phones: [], emails: [] }],
  ])('given a contact card with %s', (_title, card, expected) => {
    expect(messageContent(message({ type: 'contacts', contacts: [card] }))).toMatchObject({
      kind: 'contacts',
      cards: [expected],
      contacts: [card],
    })
  })
})

describe('a private note', () => {
  const note = { type: 'Message.Send', data: samplePayload('Message.Send', 'note') } as const

  test('has its own kind', () => {
    expect(messageContent(note)).toEqual({
      kind: 'note',
      text: '@Rohan can we add a free sachet? She is a new customer.',
      mentions: ['65f1c0a6b7d9e40012ab34d2'],
    })
  })

  test.each<[title: string, more: object]>([
    ['under the name of a received message', { channelType: 'private', private: note.data.private }],
    [
      'with the text of a customer beside it',
      { channelType: 'private', whatsapp: { type: 'text', text: { body: 'Hi' } } },
    ],
    ['without a channel type', { channelType: undefined, whatsapp: undefined, private: note.data.private }],
    ['from a sender that equals the contact', { channelType: 'private', sender: note.data.contactId }],
  ])('is never the text of a customer %s', (_title, more) => {
    const event = message(undefined, more)
    expect(messageContent(event).kind).toBe('note')
    expect(messageText(event)).toBeUndefined()
    expect(isInbound(event)).toBe(false)
  })

  test.each([undefined, null, 7, 'note', [], { text: null }, { text: 7, mentions: 7 }])(
    'has no text when its member is %j',
    (member) => {
      expect(messageContent(message(undefined, { channelType: 'private', private: member }))).toEqual({
        kind: 'note',
        text: undefined,
        mentions: [],
      })
    },
  )

  test.each<[title: string, member: unknown]>([
    ['null', null],
    ['an empty object beside a WhatsApp message', {}],
  ])('is not any message whose member `private` is %s', (_title, member) => {
    const event = message({ type: 'text', text: { body: 'Hi' } }, { private: member })
    expect(messageText(event)).toBe('Hi')
  })
})
