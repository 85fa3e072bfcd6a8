// Only required members are checked, so no helper may rely on any other.
import {
  customerPhone,
  entityIds,
  eventTypes,
  flowAnswers,
  type GallaboxEvent,
  isInbound,
  messageContent,
  messageText,
  occurredAt,
  orderTotal,
  parseEvent,
} from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload, sampleVariants } from 'gallabox-webhooks/testing'
import { expect, test } from 'vitest'
import { isContentEvent } from '../../../src/events/helpers/message-content.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }

const others = [undefined, null, true, 7, '', 'text', [], {}, [null], [[]], [{}], { type: 7 }]

/** Yields copies of a value, each with something else in one place, or with nothing there. */
function* mutations(value: Json): Generator<unknown> {
  yield* others
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    for (const other of mutations(member)) {
      const copy = Array.isArray(value) ? [...value] : { ...value }
      yield Object.assign(copy, { [name]: other })
    }
  }
}

function callHelpers(event: GallaboxEvent): void {
  const phone = customerPhone(event)
  if (phone !== undefined) expect(phone).toMatch(/^\+\d+$/)
  expect(Object.values(entityIds(event)).every((id) => typeof id === 'string' && id !== '')).toBe(true)
  expect(Number.isNaN(occurredAt(event)?.getTime())).toBe(false)
  if (!isContentEvent(event)) return
  expect(messageContent(event).kind).toBeTypeOf('string')
  expect(['string', 'undefined']).toContain(typeof messageText(event))
  expect(['object', 'undefined']).toContain(typeof flowAnswers(event))
  expect(['object', 'undefined']).toContain(typeof orderTotal(event))
  if ('sender' in event.data) expect(isInbound(event as never)).toBeTypeOf('boolean')
}

test.each(sampledEventTypes)('no helper throws when any member of a %s is missing or of another type', (type) => {
  for (const variant of sampleVariants(type)) {
    let typed = 0
    for (const payload of mutations(samplePayload(type, variant) as unknown as Json)) {
      const event = parseEvent(type, JSON.stringify(payload) ?? 'null')
      if (event.type !== 'unrecognized') typed++
      callHelpers(event)
    }
    expect(typed).toBeGreaterThan(0)
  }
})

test('customerPhone and occurredAt return undefined when any event has a malformed payload', () => {
  for (const type of [...eventTypes, 'unrecognized', 'Ticket.Opened', 'toString']) {
    for (const data of [{}, { whatsapp: 1, contact: 'x', phone: {}, createdAt: [], timestamp: '', recipient_id: '' }]) {
      expect(customerPhone({ type, data } as never)).toBeUndefined()
      expect(occurredAt({ type, data } as never)).toBeUndefined()
    }
  }
})
