import { afterEach, describe, expect, test, vi } from 'vitest'
import { NextTurnCall } from '../../src/platform/next-turn.js'

const { setImmediate: nextTurn } = globalThis

afterEach(() => vi.unstubAllGlobals())

describe.each<[string, unknown]>([
  ['works', nextTurn],
  ['is missing', undefined],
  ['does nothing', () => undefined],
  ['calls at once and returns nothing', (start: () => void) => start()],
  [
    'calls later and returns nothing',
    (start: () => void) => {
      nextTurn(start)
    },
  ],
  [
    'throws',
    () => {
      throw new Error('A Node.js API is used which is not supported in the Edge Runtime.')
    },
  ],
])('when setImmediate %s', (_title, setImmediate) => {
  test('calls the function exactly once', async () => {
    vi.stubGlobal('setImmediate', setImmediate)
    const start = vi.fn()
    void new NextTurnCall(start)
    await new Promise((resolve) => nextTurn(resolve))
    expect(start).toHaveBeenCalledTimes(1)
  })
})

test('does not call the function when it is canceled in time', async () => {
  const start = vi.fn()
  new NextTurnCall(start).cancel()
  await new Promise((resolve) => nextTurn(resolve))
  expect(start).not.toHaveBeenCalled()
})
