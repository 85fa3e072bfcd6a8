import { describe, expect, test } from 'vitest'
import { createBoundedBuffer } from '../../src/platform/bounded-buffer.js'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('a bounded buffer', () => {
  test('is empty when nothing was added', () => {
    expect(createBoundedBuffer(4).bytes()).toEqual(new Uint8Array(0))
  })

  test('keeps the only chunk without a copy', () => {
    const chunk = bytes(1, 2, 3)
    const buffer = createBoundedBuffer(4)
    expect(buffer.add(chunk)).toBe(true)
    expect(buffer.bytes()).toBe(chunk)
  })

  test('joins chunks, and does not write to them', () => {
    const first = bytes(1, 2)
    const buffer = createBoundedBuffer(100)
    for (const chunk of [first, bytes(3), bytes(4, 5)]) expect(buffer.add(chunk)).toBe(true)
    expect(buffer.bytes()).toEqual(bytes(1, 2, 3, 4, 5))
    expect(first).toEqual(bytes(1, 2))
  })

  test.each([
    ['in one chunk', [4]],
    ['in several chunks', [1, 2, 1]],
  ])('accepts as many bytes as its limit %s, and no more', (_title, lengths) => {
    const buffer = createBoundedBuffer(4)
    for (const length of lengths) expect(buffer.add(new Uint8Array(length))).toBe(true)
    expect(buffer.add(bytes(1))).toBe(false)
    expect(buffer.add(new Uint8Array(0))).toBe(true)
    expect(buffer.bytes()).toEqual(new Uint8Array(4))
  })

  test('doubles when it is full, so that one-byte chunks stay cheap', () => {
    const buffer = createBoundedBuffer(10_000)
    const capacities = new Set<number>()
    for (let count = 0; count < 5000; count++) {
      buffer.add(bytes(count & 0xff))
      capacities.add(buffer.bytes().buffer.byteLength)
    }
    expect([...capacities]).toEqual([1, 1024, 2050, 4102, 8206])
    expect(buffer.bytes()).toEqual(Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff))
  })

  test('never allocates more than its limit', () => {
    const buffer = createBoundedBuffer(1500)
    for (let count = 0; count < 1500; count++) expect(buffer.add(bytes(1))).toBe(true)
    expect(buffer.bytes().buffer.byteLength).toBe(1500)
  })
})
