// What the outcomes say, and the errors that carry them.
import { BodyError, HandlerError } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { explanations, outcomes } from '../../src/receiver/outcome.js'
import { createTestReceiver, delivery } from '../support/test-receiver.js'

test.each(Object.entries(explanations))('%s has a cause and a fix, in sentences', (_code, { cause, fix }) => {
  expect(cause).toMatch(/^[A-Z].+\.$/)
  expect(fix).toMatch(/^[A-Z].+\.$/)
})

test('every outcome is explained', () => {
  expect(Object.keys(explanations).sort()).toEqual(Object.keys(outcomes).sort())
})

test('a success has no message', async () => {
  const { receive, outcomes: recorded } = createTestReceiver()
  expect((await receive(delivery())).message).toBe('')
  expect(recorded).toEqual([expect.objectContaining({ code: 'handled', message: '' })])
})

test('a HandlerError says nothing about its cause', () => {
  const cause = new Error('postgres://user:password@db')
  const error = new HandlerError(cause)
  expect(error).toMatchObject({ name: 'HandlerError', status: 500, statusCode: 500, expose: false, cause })
  expect(error.message).toBe('The webhook handler failed. See the cause.')
})

test('a BodyError has the message and the hint of its code', () => {
  const error = new BodyError('body-aborted')
  expect(error).toMatchObject({ name: 'BodyError', code: 'body-aborted', hint: outcomes['body-aborted'].hint })
  expect(error.message).toContain(outcomes['body-aborted'].hint)
})

describe('an error of a body reader', () => {
  test.each([
    ['has a code of a body', 'body-too-large', 'body-too-large'],
    ['has a code of another step', 'handler-failed', 'body-aborted'],
    ['has an inherited name as its code', 'toString', 'body-aborted'],
    ['has a code that is a number', 413, 'body-aborted'],
    ['has a list as its code', ['body-too-large'], 'body-aborted'],
    ['has no code', undefined, 'body-aborted'],
  ])('that %s', async (_title, code, expected) => {
    const { receive, outcomes: recorded } = createTestReceiver()
    const rawBody = () => {
      throw Object.assign(new Error('read'), { code })
    }
    await receive(delivery({ rawBody }))
    expect(recorded).toEqual([expect.objectContaining({ code: expected })])
  })
})
