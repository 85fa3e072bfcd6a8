import { expect, test } from 'vitest'
import { checkOptions } from '../../src/platform/check-options.js'

const kinds = { table: 'a string' } as const

test.each<[string, unknown, string, string]>([
  ['null', null, '', 'options: must be an object, got null.'],
  ['a list', [], 'idempotency', 'idempotency: must be an object, got array.'],
  ['a string', 'table', '', 'options: must be an object, got string.'],
  ['an unknown option', { tabel: 't' }, '', 'options: unknown option "tabel". Did you mean "table"?'],
  ['an option of another type', { table: 1 }, '', 'table: must be a string, got number.'],
  ['an option of a subject', { table: 1 }, 'store', 'store.table: must be a string, got number.'],
])('names the problem with %s', (_title, options, subject, message) => {
  expect(() => checkOptions(subject, options as { table?: string }, kinds)).toThrow(new TypeError(message))
})

test('accepts known options and undefined ones', () => {
  expect(() => checkOptions('', { table: 'deliveries' }, kinds)).not.toThrow()
  expect(() => checkOptions('', { table: undefined }, kinds)).not.toThrow()
})
