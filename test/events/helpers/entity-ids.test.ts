import { type EntityIds, entityIds, eventTypes, type GallaboxEvent } from 'gallabox-webhooks'
import { type SampledEventType, sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { message, sample } from '../../support/sample-events.js'

const account = { accountId: '65f1c0a2b7d9e40012ab34cd' }
const contact = { ...account, contactId: '66a3d91e4f2b8c0013cd56ef' }
const channel = { channelId: '65f1c1e8b7d9e40012ab3501', channelNumber: '918045671234' }
const conversation = { ...contact, ...channel, conversationId: '66a3d9204f2b8c0013cd56f4' }
const { channelNumber: _channelNumber, ...withoutNumber } = conversation
const offer = { messageId: '66a3d9ee4f2b8c0013cd56fd' }

const ids: Record<SampledEventType, EntityIds> = {
  'Contact.Created': contact,
  'Contact.Updated': contact,
  'Contact.Tag.Mapped': contact,
  'Contact.Tag.Unmapped': contact,
  'Conversation.Create': conversation,
  'Conversation.Update': conversation,
  'Conversation.Resolve': conversation,
  'Conversation.Followup': conversation,
  'Conversation.UnAttended': conversation,
  'Conversation.Tag.Mapped': withoutNumber,
  'Conversation.Tag.Unmapped': { ...account, conversationId: conversation.conversationId },
  'Message.Received': {
    ...conversation,
    messageId: '66a3d9214f2b8c0013cd56f8',
    whatsappMessageId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0E4RjlDMkQxQjdFNkE1NDkzMjEA',
  },
  'Message.Send': {
    ...conversation,
    ...offer,
    whatsappMessageId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSMDg3QkJFNUY3MkU3QjY5MTI5AA==',
  },
  'Message.Flow.Received': withoutNumber,
  'Message.WA.Cart.Received': {
    ...conversation,
    messageId: '66a3da5d4f2b8c0013cd56ff',
    whatsappMessageId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUQTFCMUQzMzQ4MTY0MDc1NkVDMUIA',
  },
  'Message.WA.Status.Received': offer,
  'Message.WA.Status.Failed': { messageId: '66a3db104f2b8c0013cd570e' },
  'Message.WA.Payment.Status.Received': {
    whatsappMessageId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSNkQ2MUM0ODA0RTM0MDgzOERFAA==',
  },
  'Message.WA.Interaction.Received': offer,
  'Template.Status': {},
}

describe('entityIds', () => {
  test.each(sampledEventTypes)('returns the ids of the sample of %s', (type) => {
    expect(entityIds(sample(type) as GallaboxEvent)).toEqual(ids[type])
  })

  test('leaves out an id that is missing, empty or not a string', () => {
    const more = { channelNumber: null, conversationId: '', contactId: 7 }
    expect(entityIds(message({ id: [] }, more))).toEqual({
      accountId: account.accountId,
      channelId: channel.channelId,
      messageId: '66a3d9214f2b8c0013cd56f8',
    })
  })

  test('reads the ids of an undocumented and of an unrecognized event, but not its `id`', () => {
    const data = { ...samplePayload('Message.Received') }
    const { messageId: _id, ...expected } = ids['Message.Received']
    expect(entityIds({ type: 'Conversation.AI.Analyse', data: { ...data } })).toEqual(expected)
    const unrecognized = {
      type: 'unrecognized',
      name: 'Ticket.Opened',
      reason: 'unknown-name',
      issues: [],
      data,
    } as const
    expect(entityIds(unrecognized)).toEqual(expected)
  })

  test.each([undefined, null, 7, 'text', [], { accountId: {}, flowResponse: 7, channel: [], whatsapp: null }])(
    'returns no ids when the payload of any event is %j',
    (data) => {
      for (const type of [...eventTypes, 'unrecognized', 'toString'])
        expect(entityIds({ type, data } as never)).toEqual({})
    },
  )
})
