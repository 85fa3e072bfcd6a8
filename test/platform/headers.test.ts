import { expect, test } from 'vitest'
import { findHeader, findHeaderText } from '../../src/platform/headers.js'

const name = 'x-event-name'

test.each<[string, Parameters<typeof findHeader>[0], unknown, unknown]>([
  ['a value', { [name]: 'a' }, 'a', 'a'],
  ['another letter case', { 'X-Event-Name': 'a' }, 'a', 'a'],
  ['a list of one value', { [name]: ['a'] }, 'a', 'a'],
  ['a list of two values', { [name]: ['a', 'b'] }, ['a', 'b'], 'a, b'],
  ['two names that differ in letter case', { [name]: 'a', 'X-Event-Name': 'b' }, ['a', 'b'], 'a, b'],
  ['a value and an undefined one', { [name]: 'a', 'X-Event-Name': undefined }, 'a', 'a'],
  ['no value', { 'x-other-name': 'a', [`${name}s`]: 'b' }, undefined, undefined],
  ['a Headers object', new Headers({ [name]: 'a' }), 'a', 'a'],
  ['a Headers object without it', new Headers(), undefined, undefined],
])('finds a header in %s', (_title, headers, found, text) => {
  expect(findHeader(headers, name)).toEqual(found)
  expect(findHeaderText(headers, name)).toBe(text)
})
