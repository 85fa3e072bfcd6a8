import { readMember } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'

describe('readMember', () => {
  const data = JSON.parse('{"whatsapp":{"tags":[{"id":"t1"}]},"__proto__":{"id":1},"empty":null}')

  test.each<[path: (string | number)[], value: unknown]>([
    [['whatsapp', 'tags', 0, 'id'], 't1'],
    [['whatsapp', 'tags', '0', 'id'], 't1'],
    [['__proto__', 'id'], 1],
    [['empty'], null],
    [['empty', 'id'], undefined],
    [['whatsapp', 'tags', 1, 'id'], undefined],
    [['whatsapp', 'tags', 0, 'id', 'length'], undefined],
    [['missing', 'id'], undefined],
    [['toString'], undefined],
    [['constructor', 'name'], undefined],
  ])('given %j, returns %j', (path, value) => {
    expect(readMember(data, ...path)).toBe(value)
  })

  test('returns the payload itself when the path is empty', () => {
    expect(readMember(data)).toBe(data)
  })

  test.each([undefined, null, 7, 'text', true])('returns undefined when the payload is %j', (payload) => {
    expect(readMember(payload, 'length')).toBeUndefined()
  })
})
