import { isEvent, parseEvent } from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'

describe('isEvent', () => {
  test('compares by wire or help-page name', () => {
    const event = parseEvent('Contact.mapped', samplePayload('Contact.mapped'))
    expect(isEvent(event, 'Contact.mapped')).toBe(true)
    expect(isEvent(event, 'Contact.Tag.Mapped')).toBe(true)
    expect(isEvent(event, 'Contact.Created')).toBe(false)
  })

  test('returns false when the event is unrecognized', () => {
    const event = parseEvent('Contact.mapped', {})
    expect(isEvent(event, 'Contact.mapped')).toBe(false)
    expect(isEvent(event, 'toString' as never)).toBe(false)
  })
})
