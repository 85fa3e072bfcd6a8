import { expect, test } from 'vitest'
import { didYouMean } from '../../src/platform/nearest-name.js'

test.each([
  ['a missing letter', 'secrt', ['onEvent', 'secret'], 'secret'],
  ['another letter', 'sekret', ['secret'], 'secret'],
  ['one letter too many', 'seecret', ['secret'], 'secret'],
  ['another letter case', 'SECRET', ['secret'], 'secret'],
  ['the nearer of two', 'cbc', ['abb', 'abc'], 'abc'],
  ['the first of two that are as near', 'abc', ['abd', 'abe'], 'abd'],
  ['a short name with one edit', 'on', ['an'], 'an'],
  ['an empty name', '', ['a'], 'a'],
  ['two letters less at its start', 'ceiver', ['receiver'], 'receiver'],
  ['as many edits as a third of its letters', 'abcdef', ['abcdxy'], 'abcdxy'],
])('suggests a name for %s', (_title, name, known, nearest) => {
  expect(didYouMean(name, known)).toBe(` Did you mean "${nearest}"?`)
})

test.each([
  ['has more edits than a third of its letters', 'abcdef', ['abcxyz']],
  ['has as many letters, but shares only an end with its start', 'abcd', ['cdxy']],
  ['is much longer', 'on', ['onOutcome']],
  ['is not there', 'secret', []],
])('suggests nothing if the nearest name %s', (_title, name, known) => {
  expect(didYouMean(name, known)).toBe('')
})
