import { afterEach, describe, expect, test, vi } from 'vitest'
import { timedOut, withTimeout } from '../../src/platform/promises.js'

function stub() {
  throw new Error('A Node.js API is used which is not supported in the Edge Runtime.')
}

afterEach(() => vi.unstubAllGlobals())

describe.each<[string, Record<string, unknown>]>([
  ['a runtime with setImmediate', {}],
  ['a runtime without setImmediate, such as a browser', { setImmediate: undefined, clearImmediate: undefined }],
  ['a runtime whose setImmediate throws, such as Next’s edge runtime', { setImmediate: stub, clearImmediate: stub }],
  ['a runtime whose clearImmediate throws', { clearImmediate: stub }],
  ['a runtime whose setImmediate does nothing', { setImmediate: () => undefined, clearImmediate: () => undefined }],
])('withTimeout on %s', (_title, globals) => {
  function stubGlobals() {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  }

  test('resolves and rejects as the promise does', async () => {
    stubGlobals()
    expect(await withTimeout(Promise.resolve('value'), 1_000)).toBe('value')
    await expect(withTimeout(Promise.reject(new Error('reason')), 1_000)).rejects.toThrow('reason')
  })

  test('resolves as a slow promise does', async () => {
    stubGlobals()
    expect(await withTimeout(new Promise((resolve) => setTimeout(resolve, 10, 'late')), 1_000)).toBe('late')
  })

  test('resolves to timedOut when the promise takes longer', async () => {
    stubGlobals()
    expect(await withTimeout(new Promise(() => {}), 5)).toBe(timedOut)
  })
})
