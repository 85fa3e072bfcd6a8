import { type GallaboxEvent, occurredAt } from 'gallabox-webhooks'
import { type SampledEventType, sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { message, sample } from '../../support/sample-events.js'

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

  test.each([
    '',
    'yesterday',
    '2026-08-14',
    '2026-13-14T06:31:12.000Z',
    '2026-08-14T06:31:12',
    -1,
    1.5,
    Number.NaN,
    null,
    {},
  ])('returns undefined when the time of a message is %j', (time) => {
    expect(occurredAt(message({ time }))).toBeUndefined()
  })

  test.each(['', '-1', '1.5', 'soon', '9'.repeat(13)])(
    'returns undefined when the timestamp of a status is %j',
    (timestamp) => {
      const { data } = sample('Message.WA.Status.Received')
      expect(occurredAt({ type: 'Message.WA.Status.Received', data: { ...data, timestamp } })).toBeUndefined()
    },
  )

  const time = '2026-08-14T06:31:12.000Z'
  test.each<[title: string, event: GallaboxEvent]>([
    ['ISO 8601 in a message', message({ time })],
    ['epoch seconds in a message', message({ time: '1786689072' })],
    ['epoch seconds as a number', message({ time: 1786689072 })],
    ['epoch seconds in a status', status('1786689072')],
    ["ISO 8601 in a status, as in Gallabox's REST API", status(time)],
    ['ISO 8601 without milliseconds', status('2026-08-14T06:31:12Z')],
  ])('reads %s', (_title, event) => {
    expect(occurredAt(event)?.toISOString()).toBe(time)
  })

  function status(timestamp: string): GallaboxEvent {
    const type = 'Message.WA.Status.Received'
    return { type, data: { ...samplePayload(type), timestamp } }
  }
})
