import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeHtml, escapeNonAscii, escapeSlashes } from '../../src/diagnose/escape-json.js'
import { layoutJson } from '../../src/diagnose/layout-json.js'
import { serializeJson } from '../../src/diagnose/serialize-json.js'

const anyJson = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary' }),
  fc.jsonValue({
    stringUnit: fc.constantFrom('"', '\\', '[', '}', ',', ':', ' ', '\n', '/', '<', '\u2028', '\u2029', 'é', '😀'),
  }),
)
const buffer = new Uint8Array(1024 * 1024)

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

describe('layoutJson', () => {
  test.each(['  ', '    ', '\t', ' ', '   '])('adds the indent %j like JSON.stringify', (indent) => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const laidOut = layoutJson(Buffer.from(JSON.stringify(value)), indent, buffer)
        expect(Buffer.from(laidOut as Uint8Array).toString()).toBe(JSON.stringify(value, null, indent))
      }),
    )
  })

  test('writes one line like Python', () => {
    const compact = '{"a":[1,{}],"b,:":[],"c\\"":{"d":null}}'
    const laidOut = layoutJson(Buffer.from(compact), undefined, buffer)
    expect(Buffer.from(laidOut as Uint8Array).toString()).toBe('{"a": [1, {}], "b,:": [], "c\\"": {"d": null}}')
  })

  test('returns undefined exactly when the result does not fit', () => {
    const compact = Buffer.from('[[1],2]')
    const { length } = JSON.stringify([[1], 2], null, 2)
    expect(layoutJson(compact, '  ', new Uint8Array(length))).toHaveLength(length)
    for (let size = 0; size < length; size++) expect(layoutJson(compact, '  ', new Uint8Array(size))).toBeUndefined()
  })
})

describe('escapes', () => {
  test.each<[title: string, escape: (json: string) => Uint8Array, expected: (json: string) => string]>([
    ['escapeNonAscii', escapeNonAscii, (json) => json.replace(/[^\0-\x7F]/g, escapeUnit)],
    ['escapeHtml', (json) => escapeHtml(Buffer.from(json)), (json) => json.replace(/[<>&\u2028\u2029]/g, escapeUnit)],
    ['escapeSlashes', (json) => escapeSlashes(Buffer.from(json)), (json) => json.replaceAll('/', '\\/')],
  ])('%s changes only its characters', (_title, escapeBytes, expected) => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const json = JSON.stringify(value)
        expect(Buffer.from(escapeBytes(json)).toString()).toBe(expected(json))
      }),
    )
  })
})

describe('serializeJson', () => {
  const serialize = (text: string) => Array.from(serializeJson(text), (bytes) => Buffer.from(bytes).toString())

  test.each(['', 'x', '{', '['.repeat(65), `${'['.repeat(65)}${']'.repeat(65)}`])('yields nothing for %j', (text) => {
    expect(serialize(text)).toEqual([])
  })

  test('yields each serialization once', () => {
    const serialized = serialize('{"b": "</é", "a": [1]}')
    expect(new Set(serialized).size).toBe(serialized.length)
    expect(serialized).toHaveLength(2 * 5 * 7)
  })

  test('sorts and keeps keys such as __proto__', () => {
    expect(serialize('{"b":1,"__proto__":{"d":1,"c":2}}')).toContain('{"__proto__":{"c":2,"d":1},"b":1}')
  })

  test('stops after about a megabyte', () => {
    const text = `${'['.repeat(16)}${Array(32_000).fill('1').join()}${']'.repeat(16)}`
    const total = serialize(text).reduce((sum, { length }) => sum + length, 0)
    expect(total).toBeLessThan(1_400_000)
  })
})
