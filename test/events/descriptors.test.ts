import { canonicalEventName, type EventType, eventTypes } from 'gallabox-webhooks'
import { expect, test } from 'vitest'
import { type EventDescriptor, eventDescriptors, isRepeatable } from '../../src/events/descriptors.js'
import { isContentEvent } from '../../src/events/helpers/message-content.js'

test('isRepeatable returns true only for tag events and Template.Status', () => {
  expect(eventTypes.filter(isRepeatable)).toEqual([
    'Contact.Tag.Mapped',
    'Contact.Tag.Unmapped',
    'Conversation.Tag.Mapped',
    'Conversation.Tag.Unmapped',
    'Template.Status',
  ])
})

test('isContentEvent returns true only for events with message content', () => {
  const types: readonly (EventType | 'unrecognized')[] = [...eventTypes, 'unrecognized']
  expect(types.filter((type) => isContentEvent({ type, data: {} } as never))).toEqual([
    'Message.Received',
    'Message.Send',
    'Message.Flow.Received',
    'Message.WA.Cart.Received',
    'Message.WA.Interaction.Received',
  ])
})

test('every name of an event stands for that event alone', () => {
  for (const type of eventTypes) {
    const { helpPageName, otherNames = [] }: EventDescriptor = eventDescriptors[type]
    for (const name of [type, helpPageName ?? type, ...otherNames]) expect(canonicalEventName(name)).toBe(type)
  }
})
