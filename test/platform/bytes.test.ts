import { expect, test } from 'vitest'
import { concatBytes, isSharedMemory, toBytes } from '../../src/platform/bytes.js'
import { randomHex } from '../../src/platform/random-hex.js'

test('concatBytes joins two arrays in order', () => {
  expect(concatBytes(Uint8Array.of(1, 2), Uint8Array.of(3))).toEqual(Uint8Array.of(1, 2, 3))
})

test('toBytes returns a view of the same memory, or the UTF-8 of a string', () => {
  const words = Uint16Array.of(1, 2, 3)
  const view = toBytes(words.subarray(1))
  expect([view.buffer, view.byteOffset, view.byteLength]).toEqual([words.buffer, 2, 4])
  expect(toBytes('₹')).toEqual(Uint8Array.of(0xe2, 0x82, 0xb9))
})

test('isSharedMemory distinguishes memory that another thread can write to', () => {
  expect(isSharedMemory(new Uint8Array(new SharedArrayBuffer(1)))).toBe(true)
  expect(isSharedMemory(new Uint8Array(1))).toBe(false)
})

test('randomHex returns two digits per byte, other ones each time', () => {
  expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/)
  expect(randomHex(16)).not.toBe(randomHex(16))
})
