// The guard: no delivery runs twice, none runs stale, and none is lost.
import {
  createReceiver,
  type DeliveryStore,
  memoryStore,
  type OutcomeRecord,
  type ReceiverOptions,
} from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/deliveries.js'

afterEach(() => {
  vi.useRealTimers()
})

function guarded({ store = memoryStore(), ...options }: Partial<ReceiverOptions> & { store?: DeliveryStore } = {}) {
  const records: OutcomeRecord[] = []
  let runs = 0
  const { onEvent, idempotency, ...rest } = options
  const receiver = createReceiver({
    secret,
    idempotency: { store, ...idempotency },
    onOutcome: (record) => records.push(record),
    onEvent: (event, context) => {
      runs++
      return onEvent?.(event, context)
    },
    ...rest,
  })
  return {
    receive: receiver.receive,
    receiver,
    records,
    runs: () => runs,
    codes: () => records.map(({ code }) => code),
  }
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A store that works, but for what the test changes. */
function storeWith(changes: Partial<DeliveryStore>): DeliveryStore {
  return { ...memoryStore(), ...changes }
}
const down = async () => {
  throw new Error('connection refused')
}

describe('a copy of a delivery', () => {
  test('that was handled is answered with 200, and does not run', async () => {
    const { receive, runs } = guarded()
    expect(await receive(delivery())).toMatchObject({ code: 'handled' })
    expect(await receive(delivery())).toMatchObject({ code: 'duplicate', status: 200, body: '{"ok":true}' })
    expect(runs()).toBe(1)
  })

  test('that comes while the first runs is asked to come back', async () => {
    let finish = () => {}
    const { receive, runs } = guarded({ onEvent: () => new Promise<void>((resolve) => (finish = resolve)) })
    const first = receive(delivery())
    await expect.poll(runs).toBe(1)
    const copy = await receive(delivery())
    expect(copy).toMatchObject({ code: 'in-progress', status: 503, body: '{"ok":false}' })
    expect(Number(copy.headers['retry-after'])).toBeGreaterThan(55)
    expect(Number(copy.headers['retry-after'])).toBeLessThanOrEqual(60)
    finish()
    expect(await first).toMatchObject({
      code: 'handled',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
    expect(runs()).toBe(1)
  })

  test('of one that failed runs again', async () => {
    let failures = 1
    const { receive, codes } = guarded({
      onEvent: () => {
        if (failures-- > 0) throw new Error('it broke')
      },
    })
    for (let i = 0; i < 3; i++) await receive(delivery())
    expect(codes()).toEqual(['handler-failed', 'handled', 'duplicate'])
  })

  test('of one whose process died runs again once the lease is over', async () => {
    let clock = 0
    const store = memoryStore({ now: () => clock })
    const dying = guarded({ store, idempotency: { store, leaseMs: 60_000 }, onEvent: () => new Promise(() => {}) })
    void dying.receive(delivery())
    await expect.poll(dying.runs).toBe(1)
    const { receive, codes } = guarded({ store })
    await receive(delivery())
    clock = 60_000
    await receive(delivery())
    expect(codes()).toEqual(['in-progress', 'handled'])
  })

  test.each([
    ['succeeds', 'duplicate', async () => {}],
    ['fails', 'handled', down],
  ] as const)('of one that takes too long and then %s is %s', async (_title, code, ending) => {
    let runs = 0
    const { receive, receiver, codes } = guarded({
      handlerTimeoutMs: 10,
      onEvent: async () => {
        if (runs++ > 0) return
        await later(40)
        await ending()
      },
    })
    await receive(delivery())
    await receive(delivery())
    await receiver.drain()
    await receive(delivery())
    expect(codes().filter((own) => own !== 'handler-failed')).toEqual(['handler-timeout', 'in-progress', code])
  })

  test('under another name of the same event is a copy; under another event it is none', async () => {
    const { receive, codes } = guarded()
    const data = samplePayload('Message.Received')
    for (const name of ['Message.Received', 'message.received', 'Message.Send']) await receive(delivery({ name, data }))
    expect(codes()).toEqual(['handled', 'duplicate', 'handled'])
  })

  test('under whichever unknown name is a copy', async () => {
    const { receive, codes } = guarded()
    for (const name of ['Ticket.Opened', 'Ticket.Closed', '']) await receive(delivery({ name, data: {} }))
    expect(codes()).toEqual(['handled', 'duplicate', 'duplicate'])
  })

  test('a hundred at once run once', async () => {
    const { receive, runs, codes } = guarded({ onEvent: () => later(20) })
    await Promise.all(Array.from({ length: 100 }, () => receive(delivery())))
    expect(runs()).toBe(1)
    expect(codes().filter((code) => code === 'handled')).toHaveLength(1)
    expect(new Set(codes())).toEqual(new Set(['handled', 'in-progress']))
  })
})

describe('what can honestly repeat', () => {
  const repeating = [
    'Contact.Tag.Mapped',
    'Contact.Tag.Unmapped',
    'Conversation.Tag.Mapped',
    'Conversation.Tag.Unmapped',
    'Template.Status',
  ] as const

  test.each(repeating)('%s runs each time, and the record says so', async (name) => {
    const { receive, codes, records } = guarded()
    const given = delivery({ name, data: samplePayload(name) })
    await receive(given)
    await receive(given)
    expect(codes()).toEqual(['handled', 'handled'])
    expect(records.map(({ unguarded }) => unguarded)).toEqual([true, true])
  })

  test('all others are guarded', async () => {
    const { receive, records } = guarded()
    await receive(delivery())
    expect(records).toMatchObject([{ unguarded: undefined }])
  })

  test("the user's key has the last word, both ways", async () => {
    const store = memoryStore()
    const { receive, records } = guarded({
      idempotency: { store, key: (event, context) => (event.type === 'Template.Status' ? context.key() : null) },
    })
    const status = delivery({ name: 'Template.Status', data: samplePayload('Template.Status') })
    for (const given of [status, status, delivery(), delivery()]) await receive(given)
    expect(records.map(({ code, unguarded }) => [code, unguarded])).toEqual([
      ['handled', undefined],
      ['duplicate', undefined],
      ['handled', true],
      ['handled', true],
    ])
  })
})

test('a key is plain hex, fit for a job, a column and a Redis key; a namespace stands before it', async () => {
  const keys: string[] = []
  const inner = memoryStore()
  const store = storeWith({
    claim: (key, options) => {
      keys.push(key)
      return inner.claim(key, options)
    },
  })
  let own = ''
  const onEvent: ReceiverOptions['onEvent'] = async (_event, context) => {
    own = await context.key()
  }
  await guarded({ store, onEvent }).receive(delivery())
  await guarded({ idempotency: { store, namespace: 'sales' } }).receive(delivery())
  expect(own).toMatch(/^[0-9a-f]{64}$/)
  expect(keys).toEqual([own, `sales:${own}`])
})

test('two webhooks that share a store do not collide where each has a namespace', async () => {
  const store = memoryStore()
  const receivers = ['sales', 'support'].map((namespace) => guarded({ idempotency: { store, namespace } }))
  for (const { receive } of receivers) expect((await receive(delivery())).code).toBe('handled')
  for (const { receive } of receivers) expect((await receive(delivery())).code).toBe('duplicate')
})

describe('a store that fails', () => {
  test.each<[string, Partial<ReceiverOptions> & { store?: DeliveryStore }]>([
    ['when it is asked', { store: storeWith({ claim: down }) }],
    ['at once', { store: storeWith({ claim: down as never }) }],
    ['because the key failed', { idempotency: { store: memoryStore(), key: down } }],
  ])('%s: nothing runs, and Gallabox is to try again', async (_title, options) => {
    const { receive, runs, records } = guarded(options)
    expect(await receive(delivery())).toMatchObject({ code: 'store-failed', status: 503 })
    expect(runs()).toBe(0)
    expect(records).toMatchObject([{ error: { message: 'connection refused' } }])
  })

  test.each([
    ['undefined', undefined],
    ['empty', ''],
    ['a number', 5],
    ['an object', {}],
  ])('a key that is %s, and would make all deliveries one, is as good as none', async (_title, key) => {
    const { receive, runs, records } = guarded({ idempotency: { store: memoryStore(), key: () => key as string } })
    for (const name of ['Message.Received', 'Contact.Created'])
      expect(await receive(delivery({ name }))).toMatchObject({ code: 'store-failed', status: 503 })
    expect(runs()).toBe(0)
    expect(records[0]).toMatchObject({ error: { message: expect.stringContaining('idempotency.key') } })
  })

  test.each<[string, Partial<ReceiverOptions> & { store?: DeliveryStore }]>([
    ['a store', { store: storeWith({ claim: () => new Promise(() => {}) }) }],
    ['a key', { idempotency: { store: memoryStore(), key: () => new Promise(() => {}) } }],
  ])('%s that never answers is given up', async (_title, options) => {
    vi.useFakeTimers()
    const { receive, runs } = guarded(options)
    const outcome = receive(delivery())
    await vi.advanceTimersByTimeAsync(6000)
    expect(await outcome).toMatchObject({
      code: 'store-failed',
      error: { message: expect.stringContaining('too long') },
    })
    expect(runs()).toBe(0)
  })

  test('by claiming too late is asked to release, for nobody handles what it claimed', async () => {
    vi.useFakeTimers()
    const store = memoryStore()
    const slow: DeliveryStore = {
      ...store,
      claim: async (key, options) => {
        await new Promise((resolve) => setTimeout(resolve, 5500))
        return store.claim(key, options)
      },
    }
    const { receive } = guarded({ store: slow })
    const outcome = receive(delivery())
    await vi.advanceTimersByTimeAsync(6000)
    expect(await outcome).toMatchObject({ code: 'store-failed' })
    const { receive: receiveAgain } = guarded({ store })
    expect(await receiveAgain(delivery())).toMatchObject({ code: 'handled' })
  })

  test('by finding too late that another handled it is asked nothing more', async () => {
    vi.useFakeTimers()
    const released: string[] = []
    const store = storeWith({
      claim: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5500))
        return { state: 'done' }
      },
      release: async (key) => released.push(key) > 0,
    })
    const { receive } = guarded({ store })
    const outcome = receive(delivery())
    await vi.advanceTimersByTimeAsync(6000)
    expect(await outcome).toMatchObject({ code: 'store-failed' })
    expect(released).toEqual([])
  })

  test.each<[string, Partial<DeliveryStore>, RegExp]>([
    ['rejects', { complete: down }, /connection refused/],
    ['finds the lease over', { complete: async () => false }, /lease was over/],
  ])('after the handler succeeded, and %s, changes no 200, and is in the record', async (_title, changes, message) => {
    const { receive, records } = guarded({ store: storeWith(changes) })
    expect(await receive(delivery())).toMatchObject({ code: 'handled', status: 200 })
    expect(records).toMatchObject([{ storeError: { message: expect.stringMatching(message) } }])
  })

  test('after the handler failed leaves that failure what it is', async () => {
    const { receive, records } = guarded({ store: storeWith({ release: down }), onEvent: down })
    expect(await receive(delivery())).toMatchObject({ code: 'handler-failed' })
    expect(records).toMatchObject([{ code: 'handler-failed', storeError: { message: 'connection refused' } }])
  })

  test('costs nothing where nobody asked for the event', async () => {
    const idempotency = { store: storeWith({ claim: down }) }
    const receiver = createReceiver({ secret, idempotency, on: { 'Template.Status': () => {} } })
    expect(await receiver.receive(delivery())).toMatchObject({ code: 'ignored' })
  })
})

describe('acknowledged before the handler', () => {
  test('a delivery is claimed first, and done or given back after', async () => {
    let failures = 1
    const { receive, receiver, codes } = guarded({
      ack: 'before-handler',
      onEvent: () => {
        if (failures-- > 0) throw new Error('it broke')
      },
    })
    for (let i = 0; i < 3; i++) {
      await receive(delivery())
      await receiver.drain()
    }
    expect(codes()).toEqual(['accepted', 'handler-failed', 'accepted', 'duplicate'])
  })

  test('a store that forgets it afterwards is heard as late', async () => {
    const { receive, receiver, records } = guarded({ ack: 'before-handler', store: storeWith({ complete: down }) })
    await receive(delivery())
    await receiver.drain()
    expect(records).toMatchObject([{ code: 'accepted' }, { code: 'handled', late: true, storeError: { message: /./ } }])
  })
})

describe('freshness', () => {
  const day = 24 * 3_600_000
  const sent = Date.parse('2026-08-14T06:31:12.000Z')
  const status = samplePayload('Message.WA.Status.Received')

  async function received(
    at: number,
    changes: Parameters<typeof delivery>[0] = {},
    maxAgeMs: number | undefined = day,
  ) {
    const records: OutcomeRecord[] = []
    const receiver = createReceiver({
      secret,
      maxAgeMs,
      now: () => at,
      onEvent: () => {},
      onOutcome: (r) => records.push(r),
    })
    const { status } = await receiver.receive(delivery(changes))
    return { code: records[0]?.code, undated: records[0]?.undated, status }
  }

  test.each<[string, number, string]>([
    ['just sent', sent, 'handled'],
    ['a day old', sent + day, 'handled'],
    ['a millisecond older', sent + day + 1, 'stale'],
    ['from a clock five minutes ahead', sent - 5 * 60_000, 'handled'],
    ['from the future', sent - 5 * 60_000 - 1, 'stale'],
  ])('a message that is %s', async (_title, at, code) => {
    expect(await received(at)).toEqual({ code, undated: undefined, status: code === 'stale' ? 400 : 200 })
  })

  test('a status goes by its timestamp', async () => {
    const name = 'Message.WA.Status.Received'
    const at = Number(status.timestamp) * 1000
    expect(await received(at + day, { name, data: status })).toMatchObject({ code: 'handled' })
    expect(await received(at + day + 1, { name, data: status })).toMatchObject({ code: 'stale' })
  })

  test.each([
    ['Contact.Updated', samplePayload('Contact.Updated')],
    ['Message.Received', { ...samplePayload('Message.Received'), whatsapp: null }],
    ['Ticket.Opened', { timestamp: '1' }],
  ])('%s without a time that is signed passes, and the record says so', async (name, data) => {
    expect(await received(sent + 1000 * day, { name, data })).toEqual({ code: 'handled', undated: true, status: 200 })
  })

  test('it is off unless it is set', async () => {
    const receiver = createReceiver({ secret, onEvent: () => {}, now: () => sent - 1000 * day })
    expect(await receiver.receive(delivery())).toMatchObject({ code: 'handled' })
  })

  test('a stale delivery costs the store nothing', async () => {
    const { receive } = guarded({ store: storeWith({ claim: down }), maxAgeMs: day, now: () => sent + 2 * day })
    expect(await receive(delivery())).toMatchObject({ code: 'stale' })
  })

  test('with both on, a delivery without a time is still handled once', async () => {
    const { receive, records } = guarded({ maxAgeMs: day })
    const given = delivery({ name: 'Contact.Updated', data: samplePayload('Contact.Updated') })
    await receive(given)
    await receive(given)
    expect(records).toMatchObject([{ code: 'handled', undated: true }, { code: 'duplicate' }])
  })
})

describe('the options', () => {
  const store = memoryStore()
  test.each<[string, object, RegExp]>([
    ['no store', { idempotency: {} }, /idempotency\.store must have the method claim/],
    ['half a store', { idempotency: { store: { claim: store.claim } } }, /must have the method complete/],
    ['a lease as long as a handler may take', { idempotency: { store, leaseMs: 30_000 } }, /leaseMs must be more than/],
    ['the default lease with a longer handler', { idempotency: { store }, handlerTimeoutMs: 60_000 }, /leaseMs/],
    ['a lease of nothing', { idempotency: { store, leaseMs: 0 } }, /^leaseMs must be a whole number/],
    ['a memory of nothing', { idempotency: { store, ttlMs: 0 } }, /ttlMs/],
    ['an age of nothing', { maxAgeMs: 0 }, /maxAgeMs/],
    ['an age that is none', { maxAgeMs: '1 day' }, /maxAgeMs/],
  ])('%s is a TypeError', (_title, options, message) => {
    expect(() => createReceiver({ secret, onEvent: () => {}, ...options } as ReceiverOptions)).toThrow(TypeError)
    expect(() => createReceiver({ secret, onEvent: () => {}, ...options } as ReceiverOptions)).toThrow(message)
  })
})
