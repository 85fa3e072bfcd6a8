// A claim is extended while its handler runs. These tests use fake timers, and stores that fail.
import {
  createReceiver,
  type DeliveryStore,
  type HandlerContext,
  memoryStore,
  type OutcomeRecord,
  type ReceiverOptions,
} from 'gallabox-webhooks'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { holdClaim } from '../../src/receiver/lease.js'
import { delivery, secret } from '../support/test-receiver.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const leaseMs = 30_000
const beatMs = leaseMs / 3
const never = () => new Promise<never>(() => {})
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface LeaseOptions {
  changes?: Partial<DeliveryStore>
  handler?: (context: HandlerContext) => unknown
  options?: Partial<ReceiverOptions>
  leaseMs?: number
}

/** A receiver whose store and handler are watched. */
function createWatchedReceiver({ changes = {}, handler = () => {}, options, leaseMs: lease = leaseMs }: LeaseOptions) {
  const inner = memoryStore()
  const store = { ...inner, ...changes }
  const calls = {
    claim: vi.spyOn(store, 'claim'),
    extend: vi.spyOn(store, 'extend'),
    complete: vi.spyOn(store, 'complete'),
    release: vi.spyOn(store, 'release'),
  }
  const records: OutcomeRecord[] = []
  const contexts: HandlerContext[] = []
  const receiver = createReceiver({
    secret,
    idempotency: { store, leaseMs: lease, key: () => 'key' },
    onOutcome: (record) => records.push(record),
    onEvent: (_event, context) => {
      contexts.push(context)
      return handler(context)
    },
    ...options,
  })
  return { receiver, inner, calls, records, contexts, receive: () => receiver.receive(delivery()) }
}

describe('a claim', () => {
  test('is extended at each third of its lease while the handler runs, and no longer', async () => {
    const { receive, calls } = createWatchedReceiver({ handler: () => wait(25_000) })
    const outcome = receive()
    for (const [index, ms] of [9_999, 1, 9_999, 1].entries()) {
      await vi.advanceTimersByTimeAsync(ms)
      expect(calls.extend).toHaveBeenCalledTimes([0, 1, 1, 2][index] as number)
    }
    expect(calls.extend).toHaveBeenLastCalledWith('key', '1', { leaseMs })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await outcome).toMatchObject({ code: 'handled' })
    expect(vi.getTimerCount()).toBe(0)
    expect(calls.extend).toHaveBeenCalledTimes(2)
  })

  test('runs once when the handler takes three leases and duplicates arrive all the while', async () => {
    const { receive, records, contexts } = createWatchedReceiver({
      handler: () => wait(3 * leaseMs),
      options: { handlerTimeoutMs: 4 * leaseMs },
    })
    void receive()
    for (let ms = 0; ms < 3 * leaseMs; ms += 1000) {
      await vi.advanceTimersByTimeAsync(1000)
      if (ms < 3 * leaseMs - 1000) expect((await receive()).code).toBe('in-progress')
    }
    expect((await receive()).code).toBe('duplicate')
    expect(contexts).toHaveLength(1)
    expect(records.filter(({ storeError }) => storeError !== undefined)).toEqual([])
  })

  test('has no timer when the handler returns no promise', async () => {
    const { receive } = createWatchedReceiver({ handler: () => expect(vi.getTimerCount()).toBe(0) })
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    expect((await receive()).code).toBe('handled')
    expect(setTimer).not.toHaveBeenCalled()
  })

  test('has no timer when the handler ends within the turn', async () => {
    const { receive } = createWatchedReceiver({ handler: async () => {} })
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    expect((await receive()).code).toBe('handled')
    await vi.advanceTimersByTimeAsync(leaseMs)
    expect(setTimer).not.toHaveBeenCalled()
  })

  test.each([
    ['is missing', undefined],
    [
      'throws',
      () => {
        throw new Error('not here')
      },
    ],
  ])('is extended in time when setImmediate %s', async (_title, setImmediate) => {
    const claim = holdClaim(memoryStore(), 'key', 'token', { leaseMs, ttlMs: 1 }, Date.now())
    vi.stubGlobal('setImmediate', setImmediate)
    claim.keepExtending(() => {})
    vi.unstubAllGlobals()
    expect(vi.getTimerCount()).toBe(1)
    await claim.settle(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is extended at once when the handler blocked the process for a third of the lease', async () => {
    const { receive, calls } = createWatchedReceiver({
      handler: () => {
        vi.setSystemTime(Date.now() + beatMs)
        return wait(5_000)
      },
    })
    void receive()
    await vi.advanceTimersByTimeAsync(1)
    expect(calls.extend).toHaveBeenCalledTimes(1)
  })

  test('is extended a third of the lease after the start when the clock was set back', async () => {
    const { receive, calls } = createWatchedReceiver({
      handler: () => {
        vi.setSystemTime(Date.now() - 86_400_000)
        return wait(20_000)
      },
    })
    void receive()
    await vi.advanceTimersByTimeAsync(beatMs)
    expect(calls.extend).toHaveBeenCalledTimes(1)
  })

  test('is extended no more often than timers allow when the lease is very long', async () => {
    const { receive, calls } = createWatchedReceiver({
      leaseMs: Number.MAX_SAFE_INTEGER,
      handler: () => wait(20_000),
    })
    const outcome = receive()
    await vi.advanceTimersByTimeAsync(20_000)
    expect((await outcome).code).toBe('handled')
    expect(calls.extend).not.toHaveBeenCalled()
  })

  test.each([
    ['is a number', () => 1],
    ['has no unref', () => ({})],
    [
      'has an unref that throws',
      () => ({
        unref() {
          throw new Error('not here')
        },
      }),
    ],
  ])('is held when a timer %s', async (_title, timer) => {
    vi.useRealTimers()
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(timer as never)
    const claim = holdClaim(memoryStore(), 'key', 'token', { leaseMs, ttlMs: 1 }, Date.now())
    claim.keepExtending(() => {})
    await nextTurn()
    expect(globalThis.setTimeout).toHaveBeenCalled()
    vi.restoreAllMocks()
    expect(await claim.settle(true)).toBeUndefined()
  })

  test('does not keep the process alive', async () => {
    vi.useRealTimers()
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    const claim = holdClaim(memoryStore(), 'key', 'token', { leaseMs, ttlMs: 1 }, Date.now())
    claim.keepExtending(() => {})
    await nextTurn()
    const timer: NodeJS.Timeout = setTimer.mock.results[0]?.value
    expect(timer.hasRef()).toBe(false)
    await claim.settle(false)
  })
})

describe('after handler-timeout', () => {
  const options = { handlerTimeoutMs: 10 }

  test('the claim is extended for three leases, and the success completes it', async () => {
    const { receive, receiver, records, calls } = createWatchedReceiver({ handler: () => wait(3 * leaseMs), options })
    const outcome = receive()
    await vi.advanceTimersByTimeAsync(10)
    expect((await outcome).code).toBe('handler-timeout')
    await vi.advanceTimersByTimeAsync(3 * leaseMs - 20)
    expect((await receive()).code).toBe('in-progress')
    await vi.advanceTimersByTimeAsync(20)
    expect(await receiver.drain()).toBe(true)
    expect((await receive()).code).toBe('duplicate')
    expect(calls.extend).toHaveBeenCalledTimes(8)
    expect(records.map(({ code }) => code)).toEqual(['handler-timeout', 'in-progress', 'duplicate'])
  })

  test('a failure releases the claim', async () => {
    let runs = 0
    const handler = async () => {
      if (runs++ > 0) return
      await wait(leaseMs)
      throw new Error('it broke')
    }
    const { receive, records } = createWatchedReceiver({ handler, options })
    void receive()
    await vi.advanceTimersByTimeAsync(leaseMs + 10)
    expect((await receive()).code).toBe('handled')
    expect(records.map(({ code }) => code)).toEqual(['handler-timeout', 'handler-failed', 'handled'])
  })

  test('a handler that never ends holds its claim', async () => {
    const { receive, contexts } = createWatchedReceiver({ handler: never, options })
    void receive()
    await vi.advanceTimersByTimeAsync(100 * leaseMs)
    expect((await receive()).code).toBe('in-progress')
    expect(contexts[0]?.signal.aborted).toBe(true)
    expect(contexts[0]?.signal.reason).toMatchObject({ name: 'TimeoutError' })
  })
})

describe('a lost claim', () => {
  const lost = { extend: async () => false }

  test('aborts the signal, ends the beats and is in the record', async () => {
    const { receive, records, contexts, calls } = createWatchedReceiver({
      changes: { ...lost, complete: async () => false },
      handler: () => wait(25_000),
    })
    const outcome = receive()
    await vi.advanceTimersByTimeAsync(9_999)
    expect(contexts[0]?.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(contexts[0]?.signal.reason).toMatchObject({
      name: 'AbortError',
      message: 'The claim was lost while the handler ran. Check the connection to the store, or raise leaseMs.',
    })
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await outcome).toMatchObject({ code: 'handled', status: 200 })
    expect(calls.extend).toHaveBeenCalledTimes(1)
    expect(records).toMatchObject([{ code: 'handled', storeError: { name: 'ClaimLostError' } }])
  })

  test('is completed all the same when the other claim has ended', async () => {
    const { receive, records } = createWatchedReceiver({ changes: lost, handler: () => wait(leaseMs) })
    void receive()
    await vi.advanceTimersByTimeAsync(leaseMs)
    expect((await receive()).code).toBe('duplicate')
    expect(records).toMatchObject([{ code: 'handled', storeError: { name: 'ClaimLostError' } }, { code: 'duplicate' }])
  })

  test('is in the record of handler-timeout, once, when it was lost before', async () => {
    const { receive, records } = createWatchedReceiver({
      changes: { ...lost, complete: async () => false },
      handler: () => wait(29_000),
      options: { handlerTimeoutMs: 20_000 },
    })
    void receive()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(records).toMatchObject([{ code: 'handler-timeout', storeError: { name: 'ClaimLostError' } }])
  })

  test('is a late record, at once and once, when it was lost after handler-timeout', async () => {
    const { receive, records } = createWatchedReceiver({
      changes: { ...lost, complete: async () => false },
      handler: () => wait(29_000),
      options: { handlerTimeoutMs: 10 },
    })
    void receive()
    await vi.advanceTimersByTimeAsync(beatMs)
    const expected = [
      { code: 'handler-timeout', storeError: undefined },
      { code: 'handler-timeout', late: true, storeError: { name: 'ClaimLostError' } },
    ]
    expect(records).toMatchObject(expected)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(records).toMatchObject(expected)
  })

  test('is in the late record with ack before-handler', async () => {
    const { receive, records } = createWatchedReceiver({
      changes: lost,
      handler: () => wait(15_000),
      options: { ack: 'before-handler' },
    })
    void receive()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(records).toMatchObject([
      { code: 'accepted' },
      { code: 'handled', late: true, storeError: { name: 'ClaimLostError' } },
    ])
  })
})

describe('an extension that fails', () => {
  const down = async () => {
    throw new Error('connection refused')
  }

  test.each<[string, () => Promise<boolean>]>([
    ['rejects', down],
    [
      'throws',
      () => {
        throw new Error('connection refused')
      },
    ],
    ['never settles', never],
  ])('because it %s is attempted again at the next beat, and not reported', async (_title, fail) => {
    const inner = memoryStore()
    const extend = vi.fn(inner.extend).mockImplementationOnce(fail)
    const { receive, records, contexts } = createWatchedReceiver({
      changes: { ...inner, extend },
      handler: () => wait(2 * leaseMs),
      options: { handlerTimeoutMs: 3 * leaseMs },
    })
    void receive()
    await vi.advanceTimersByTimeAsync(leaseMs)
    expect((await receive()).code).toBe('in-progress')
    await vi.advanceTimersByTimeAsync(leaseMs)
    expect(extend).toHaveBeenCalledTimes(5)
    expect(contexts).toHaveLength(1)
    expect(contexts[0]?.signal.aborted).toBe(false)
    expect(records).toMatchObject([{ code: 'in-progress' }, { code: 'handled', storeError: undefined }])
  })

  test('is waited for by the release, so that it does not come after it', async () => {
    const inner = memoryStore()
    const extend: DeliveryStore['extend'] = async (...call) => {
      await wait(4_000)
      return inner.extend(...call)
    }
    const { receive, calls } = createWatchedReceiver({
      changes: { ...inner, extend },
      handler: async () => {
        await wait(beatMs + 1_000)
        throw new Error('it broke')
      },
    })
    const outcome = receive()
    await vi.advanceTimersByTimeAsync(beatMs + 3_999)
    expect(calls.release).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await outcome).toMatchObject({ code: 'handler-failed' })
    expect(await inner.claim('key', { leaseMs })).toMatchObject({ state: 'claimed' })
  })

  test.each([
    ['releases again when the handler failed', true, 'claimed'],
    ['changes nothing when the handler succeeded', false, 'done'],
  ])('because it takes longer than 5 seconds %s', async (_title, fails, state) => {
    const inner = memoryStore()
    const extend: DeliveryStore['extend'] = async (...call) => {
      await wait(7_000)
      return inner.extend(...call)
    }
    const { receive } = createWatchedReceiver({
      changes: { ...inner, extend },
      handler: async () => {
        await wait(beatMs + 1_000)
        if (fails) throw new Error('it broke')
      },
    })
    const outcome = receive()
    await vi.advanceTimersByTimeAsync(beatMs + 5_010)
    expect((await outcome).code).toBe(fails ? 'handler-failed' : 'handled')
    await vi.advanceTimersByTimeAsync(2_000)
    expect((await inner.claim('key', { leaseMs })).state).toBe(state)
  })
})

describe('a store call', () => {
  test.each([
    [300, 100],
    [1000, 334],
    [30_000, 5000],
    [3_600_000, 5000],
  ])('with a lease of %i ms may take %i ms', async (lease, timeoutMs) => {
    const { receive } = createWatchedReceiver({ changes: { claim: never }, leaseMs: lease })
    const settled = vi.fn()
    const outcome = receive().then(settled)
    await vi.advanceTimersByTimeAsync(timeoutMs - 1)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await outcome
    expect(settled).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'store-failed',
        error: new Error(`idempotency: the store took longer than ${timeoutMs} ms.`),
      }),
    )
  })
})
