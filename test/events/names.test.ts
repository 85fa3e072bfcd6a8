import { canonicalEventName, type EventType, eventTypes } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { requireEventName } from '../../src/events/names.js'

// The names of the help page's table, and the wire names of the same events.
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

describe('eventTypes', () => {
  test('lists 26 names, each once', () => {
    expect(new Set(eventTypes).size).toBe(26)
    expect(eventTypes).toHaveLength(26)
  })
})

describe('canonicalEventName', () => {
  test.each(helpPage)('given the help-page name %s, returns %s', (name, wire) => {
    expect(canonicalEventName(name)).toBe(wire)
  })

  test.each([...eventTypes])('returns %s when given the same name in any letter case', (type) => {
    for (const name of [type, type.toLowerCase(), type.toUpperCase()]) expect(canonicalEventName(name)).toBe(type)
  })

  test('returns the wire name when given a name seen elsewhere', () => {
    expect(canonicalEventName('Contact.Update')).toBe('Contact.Updated')
  })

  test.each(['', ' ', 'Message', 'Message.Received ', 'toString', '__proto__', 'constructor', 'unrecognized'])(
    'returns undefined when given %j',
    (name) => {
      expect(canonicalEventName(name)).toBeUndefined()
    },
  )
})

test('requireEventName throws a TypeError with the nearest wire or help-page name when a name is unknown', () => {
  expect(requireEventName('on', 'contact.MAPPED')).toBe('Contact.Tag.Mapped')
  expect(() => requireEventName('on', 'Contact.maped')).toThrow(
    new TypeError('on: unknown event "Contact.maped". Did you mean "Contact.mapped"?'),
  )
  expect(() => requireEventName('events', 'x')).toThrow(new TypeError('events: unknown event "x".'))
})
