import { type EventType, parseEvent } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'

const payload = samplePayload('Message.Received')
const json = JSON.stringify(payload)
const bytes = new TextEncoder().encode(json)
const event = { type: 'Message.Received', data: payload }

describe('parseEvent', () => {
  test.each<[form: string, body: Parameters<typeof parseEvent>[1]]>([
    ['a string', json],
    ['a Buffer', Buffer.from(json)],
    ['a Uint8Array', bytes],
    ['an ArrayBuffer', new Uint8Array(bytes).buffer],
    ['a DataView', new DataView(new Uint8Array(bytes).buffer)],
    ['a view with an offset', Buffer.concat([Buffer.from('xx'), bytes]).subarray(2)],
    ['a string with a BOM', `\ufeff${json}`],
    ['bytes with a BOM', Buffer.from(`\ufeff${json}`)],
    ['an object', payload],
  ])('returns the typed event when the payload is %s', (_form, body) => {
    expect(parseEvent('Message.Received', body)).toEqual(event)
  })

  test.each(sampledEventTypes)('returns the typed event when given the sample of %s', (type: EventType) => {
    expect(parseEvent(type, JSON.stringify(samplePayload(type as 'Message.Received')))).toMatchObject({ type })
  })

  test.each(['Message.received', 'MESSAGE.RECEIVED', '  Message.Received\t'])('accepts the name %j', (name) => {
    expect(parseEvent(name, json)).toEqual(event)
  })

  test.each([null, undefined, '', ' \t'])('returns an unrecognized event when the name is %j', (name) => {
    expect(parseEvent(name, json)).toEqual({
      type: 'unrecognized',
      name: null,
      reason: 'no-name',
      issues: [],
      data: payload,
    })
  })

  test('returns an unrecognized event with the trimmed name when the name is unknown', () => {
    expect(parseEvent(' Ticket.Opened ', json)).toMatchObject({ name: 'Ticket.Opened', reason: 'unknown-name' })
  })

  test.each(['{}', 'null', '[]', '7', '"text"'])('returns an unrecognized event when the payload is %s', (body) => {
    expect(parseEvent('Message.Received', body)).toMatchObject({
      type: 'unrecognized',
      name: 'Message.Received',
      reason: 'unexpected-shape',
      data: JSON.parse(body),
    })
  })

  test('keeps an object that it is given', () => {
    const { data } = parseEvent('Message.Received', payload)
    expect(data).toBe(payload)
  })

  test.each<[title: string, body: never, problem: string]>([
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22]) as never, 'body: invalid UTF-8.'],
    ['invalid JSON', '{"text":"private' as never, 'body: invalid JSON.'],
    ['an empty string', '' as never, 'body: invalid JSON.'],
    ['null', null as never, 'body: must be a string, bytes or an object, got null.'],
    ['undefined', undefined as never, 'body: must be a string, bytes or an object, got undefined.'],
    ['a number', 7 as never, 'body: must be a string, bytes or an object, got number.'],
  ])('throws a TypeError when the body is %s', (_title, body, problem) => {
    expect(() => parseEvent('Message.Received', body)).toThrow(TypeError)
    expect(() => parseEvent('Message.Received', body)).toThrow(problem)
  })

  test.each([
    ['array', []],
    ['number', 7],
    ['object', {}],
  ] as const)('throws a TypeError when the name has the type %s', (type, name) => {
    expect(() => parseEvent(name as never, json)).toThrow(
      new TypeError(`name: must be a string or null, got ${type}. Pass the value of x-event-name.`),
    )
  })

  test('quotes no part of the body when it throws', () => {
    let error: unknown
    try {
      parseEvent('Message.Received', '{"text":"private')
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(TypeError)
    expect([String((error as Error).stack), (error as Error).cause]).toEqual([
      expect.not.stringContaining('private'),
      undefined,
    ])
  })
})
