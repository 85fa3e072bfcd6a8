// The options idempotency and maxAgeMs of a receiver.
import {
  createReceiver,
  type DeliveryStore,
  memoryStore,
  type OutcomeRecord,
  type ReceiverOptions,
} from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

afterEach(() => {
  vi.useRealTimers()
})

function createIdempotentReceiver({
  store = memoryStore(),
  ...options
}: Partial<ReceiverOptions> & { store?: DeliveryStore } = {}) {
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

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Creates a memory store with some methods replaced. */
function storeWith(changes: Partial<DeliveryStore>): DeliveryStore {
  return { ...memoryStore(), ...changes }
}
const failToConnect = async () => {
  throw new Error('connection refused')
}

describe('a duplicate delivery', () => {
  test('gets 200 without a handler call when the first was handled', async () => {
    const { receive, runs } = createIdempotentReceiver()
    expect(await receive(delivery())).toMatchObject({ code: 'handled' })
    expect(await receive(delivery())).toMatchObject({ code: 'duplicate', status: 200, body: '{"ok":true}' })
    expect(runs()).toBe(1)
  })

  test('gets 503 with retry-after when the first is still running', async () => {
    let finish = () => {}
    const { receive, runs } = createIdempotentReceiver({
      onEvent: () => new Promise<void>((resolve) => (finish = resolve)),
    })
    const first = receive(delivery())
    await expect.poll(runs).toBe(1)
    const duplicate = await receive(delivery())
    expect(duplicate).toMatchObject({ code: 'in-progress', status: 503, body: '{"ok":false}' })
    expect(Number(duplicate.headers['retry-after'])).toBeGreaterThan(25)
    expect(Number(duplicate.headers['retry-after'])).toBeLessThanOrEqual(30)
    finish()
    expect(await first).toMatchObject({
      code: 'handled',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
    expect(runs()).toBe(1)
  })

  test('runs the handler again when the first failed', async () => {
    let failures = 1
    const { receive, codes } = createIdempotentReceiver({
      onEvent: () => {
        if (failures-- > 0) throw new Error('it broke')
      },
    })
    for (let i = 0; i < 3; i++) await receive(delivery())
    expect(codes()).toEqual(['handler-failed', 'handled', 'duplicate'])
  })

  test('runs the handler after the lease when the process of the first died', async () => {
    let clock = 0
    const store = memoryStore({ now: () => clock })
    const crashed = createIdempotentReceiver({
      store,
      idempotency: { store, leaseMs: 60_000 },
      onEvent: () => new Promise(() => {}),
    })
    void crashed.receive(delivery())
    await expect.poll(crashed.runs).toBe(1)
    const { receive, codes } = createIdempotentReceiver({ store })
    await receive(delivery())
    clock = 60_000
    await receive(delivery())
    expect(codes()).toEqual(['in-progress', 'handled'])
  })

  test.each([
    ['succeeds', 'duplicate', async () => {}],
    ['fails', 'handled', failToConnect],
  ] as const)('whose first handler call %s after its timeout is %s', async (_title, code, finish) => {
    let runs = 0
    const { receive, receiver, codes } = createIdempotentReceiver({
      handlerTimeoutMs: 10,
      onEvent: async () => {
        if (runs++ > 0) return
        await delay(40)
        await finish()
      },
    })
    await receive(delivery())
    await receive(delivery())
    await receiver.drain()
    await receive(delivery())
    expect(codes().filter((recorded) => recorded !== 'handler-failed')).toEqual([
      'handler-timeout',
      'in-progress',
      code,
    ])
  })

  test('is recognized under another name of the same event, but not of another event', async () => {
    const { receive, codes } = createIdempotentReceiver()
    const data = samplePayload('Message.Received')
    for (const name of ['Message.Received', 'message.received', 'Message.Send']) await receive(delivery({ name, data }))
    expect(codes()).toEqual(['handled', 'duplicate', 'handled'])
  })

  test('is recognized under the same unknown name in any letter case, and not under another', async () => {
    const { receive, codes } = createIdempotentReceiver()
    const names = ['Ticket.Opened', ' ticket.OPENED ', 'Ticket.Closed', '', '  ']
    for (const name of names) await receive(delivery({ name, data: {} }))
    expect(codes()).toEqual(['handled', 'duplicate', 'handled', 'handled', 'duplicate'])
  })

  test('runs the handler once when a hundred arrive at once', async () => {
    const { receive, runs, codes } = createIdempotentReceiver({ onEvent: () => delay(20) })
    await Promise.all(Array.from({ length: 100 }, () => receive(delivery())))
    expect(runs()).toBe(1)
    expect(codes().filter((code) => code === 'handled')).toHaveLength(1)
    expect(new Set(codes())).toEqual(new Set(['handled', 'in-progress']))
  })
})

describe('repeatable events', () => {
  const repeatable = [
    'Contact.Tag.Mapped',
    'Contact.Tag.Unmapped',
    'Conversation.Tag.Mapped',
    'Conversation.Tag.Unmapped',
    'Template.Status',
  ] as const

  test.each(repeatable)('%s runs the handler each time and is recorded as notDeduplicated', async (name) => {
    const { receive, codes, records } = createIdempotentReceiver()
    const input = delivery({ name, data: samplePayload(name) })
    await receive(input)
    await receive(input)
    expect(codes()).toEqual(['handled', 'handled'])
    expect(records.map(({ notDeduplicated }) => notDeduplicated)).toEqual([true, true])
  })

  test('another event is not recorded as notDeduplicated', async () => {
    const { receive, records } = createIdempotentReceiver()
    await receive(delivery())
    expect(records).toMatchObject([{ notDeduplicated: undefined }])
  })

  test('idempotency.key can include a repeatable event and exclude another', async () => {
    const store = memoryStore()
    const { receive, records } = createIdempotentReceiver({
      idempotency: { store, key: (event, context) => (event.type === 'Template.Status' ? context.key() : null) },
    })
    const status = delivery({ name: 'Template.Status', data: samplePayload('Template.Status') })
    for (const input of [status, status, delivery(), delivery()]) await receive(input)
    expect(records.map(({ code, notDeduplicated }) => [code, notDeduplicated])).toEqual([
      ['handled', undefined],
      ['duplicate', undefined],
      ['handled', true],
      ['handled', true],
    ])
  })
})

test('passes a key in hex to the store, after the namespace', async () => {
  const keys: string[] = []
  const claims = memoryStore()
  const store = storeWith({
    claim: (key, options) => {
      keys.push(key)
      return claims.claim(key, options)
    },
  })
  let contextKey = ''
  const onEvent: ReceiverOptions['onEvent'] = async (_event, context) => {
    contextKey = await context.key()
  }
  await createIdempotentReceiver({ store, onEvent }).receive(delivery())
  await createIdempotentReceiver({ idempotency: { store, namespace: 'sales' } }).receive(delivery())
  expect(contextKey).toMatch(/^[0-9a-f]{64}$/)
  expect(keys).toEqual([contextKey, `sales:${contextKey}`])
})

test('handles a delivery once per namespace when receivers share a store', async () => {
  const store = memoryStore()
  const receivers = ['sales', 'support'].map((namespace) =>
    createIdempotentReceiver({ idempotency: { store, namespace } }),
  )
  for (const { receive } of receivers) expect((await receive(delivery())).code).toBe('handled')
  for (const { receive } of receivers) expect((await receive(delivery())).code).toBe('duplicate')
})

describe('when the store fails', () => {
  test.each<[string, Partial<ReceiverOptions> & { store?: DeliveryStore }]>([
    ['claim rejects', { store: storeWith({ claim: failToConnect }) }],
    ['claim rejects at once', { store: storeWith({ claim: failToConnect as never }) }],
    ['idempotency.key rejects', { idempotency: { store: memoryStore(), key: failToConnect } }],
  ])('responds with 503 and calls no handler when %s', async (_title, options) => {
    const { receive, runs, records } = createIdempotentReceiver(options)
    expect(await receive(delivery())).toMatchObject({ code: 'store-failed', status: 503 })
    expect(runs()).toBe(0)
    expect(records).toMatchObject([{ error: { message: 'connection refused' } }])
  })

  test.each([
    ['undefined', undefined],
    ['an empty string', ''],
    ['a number', 5],
    ['an object', {}],
  ])('responds with 503 when idempotency.key returns %s', async (_title, key) => {
    const { receive, runs, records } = createIdempotentReceiver({
      idempotency: { store: memoryStore(), key: () => key as string },
    })
    for (const name of ['Message.Received', 'Contact.Created'])
      expect(await receive(delivery({ name }))).toMatchObject({ code: 'store-failed', status: 503 })
    expect(runs()).toBe(0)
    expect(records[0]).toMatchObject({ error: { message: expect.stringContaining('idempotency.key') } })
  })

  test.each<[string, Partial<ReceiverOptions> & { store?: DeliveryStore }]>([
    ['claim', { store: storeWith({ claim: () => new Promise(() => {}) }) }],
    ['idempotency.key', { idempotency: { store: memoryStore(), key: () => new Promise(() => {}) } }],
  ])('reports store-failed when %s takes longer than 5 seconds', async (_title, options) => {
    vi.useFakeTimers()
    const { receive, runs } = createIdempotentReceiver(options)
    const outcome = receive(delivery())
    await vi.advanceTimersByTimeAsync(6000)
    expect(await outcome).toMatchObject({
      code: 'store-failed',
      error: { message: expect.stringContaining('longer than 5000 ms') },
    })
    expect(runs()).toBe(0)
  })

  test('releases a claim that arrives after the timeout', async () => {
    vi.useFakeTimers()
    const store = memoryStore()
    const slowStore: DeliveryStore = {
      ...store,
      claim: async (key, options) => {
        await new Promise((resolve) => setTimeout(resolve, 5500))
        return store.claim(key, options)
      },
    }
    const { receive } = createIdempotentReceiver({ store: slowStore })
    const outcome = receive(delivery())
    await vi.advanceTimersByTimeAsync(6000)
    expect(await outcome).toMatchObject({ code: 'store-failed' })
    const { receive: receiveAgain } = createIdempotentReceiver({ store })
    expect(await receiveAgain(delivery())).toMatchObject({ code: 'handled' })
  })

  test('releases nothing when claim finds a handled delivery after the timeout', async () => {
    vi.useFakeTimers()
    const released: string[] = []
    const store = storeWith({
      claim: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5500))
        return { state: 'done' }
      },
      release: async (key) => released.push(key) > 0,
    })
    const { receive } = createIdempotentReceiver({ store })
    const outcome = receive(delivery())
    await vi.advanceTimersByTimeAsync(6000)
    expect(await outcome).toMatchObject({ code: 'store-failed' })
    expect(released).toEqual([])
  })

  test.each<[string, Partial<DeliveryStore>, RegExp]>([
    ['rejects', { complete: failToConnect }, /connection refused/],
    ['returns false', { complete: async () => false }, /claim was lost/],
  ])('responds with 200 and records a storeError when complete %s', async (_title, changes, message) => {
    const { receive, records } = createIdempotentReceiver({ store: storeWith(changes) })
    expect(await receive(delivery())).toMatchObject({ code: 'handled', status: 200 })
    expect(records).toMatchObject([{ storeError: { message: expect.stringMatching(message) } }])
  })

  test('records both errors when the handler fails and release rejects', async () => {
    const { receive, records } = createIdempotentReceiver({
      store: storeWith({ release: failToConnect }),
      onEvent: failToConnect,
    })
    expect(await receive(delivery())).toMatchObject({ code: 'handler-failed' })
    expect(records).toMatchObject([{ code: 'handler-failed', storeError: { message: 'connection refused' } }])
  })

  test('ignores an event without a handler', async () => {
    const idempotency = { store: storeWith({ claim: failToConnect }) }
    const receiver = createReceiver({ secret, idempotency, on: { 'Template.Status': () => {} } })
    expect(await receiver.receive(delivery())).toMatchObject({ code: 'ignored' })
  })
})

describe("ack: 'before-handler'", () => {
  test('claims before the response, and completes or releases after the handler', async () => {
    let failures = 1
    const { receive, receiver, codes } = createIdempotentReceiver({
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

  test('records a late storeError when complete rejects', async () => {
    const { receive, receiver, records } = createIdempotentReceiver({
      ack: 'before-handler',
      store: storeWith({ complete: failToConnect }),
    })
    await receive(delivery())
    await receiver.drain()
    expect(records).toMatchObject([{ code: 'accepted' }, { code: 'handled', late: true, storeError: { message: /./ } }])
  })
})

describe('maxAgeMs', () => {
  const day = 24 * 3_600_000
  const sent = Date.parse('2026-08-14T06:31:12.000Z')
  const status = samplePayload('Message.WA.Status.Received')

  async function receiveAt(
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
    ['accepts a message that was just sent', sent, 'handled'],
    ['accepts a message that is a day old', sent + day, 'handled'],
    ['rejects a message that is a millisecond older', sent + day + 1, 'stale'],
    ['accepts a message from a clock five minutes ahead', sent - 5 * 60_000, 'handled'],
    ['rejects a message from a clock more than five minutes ahead', sent - 5 * 60_000 - 1, 'stale'],
  ])('%s', async (_title, at, code) => {
    expect(await receiveAt(at)).toEqual({ code, undated: undefined, status: code === 'stale' ? 400 : 200 })
  })

  test('uses the timestamp of a status', async () => {
    const name = 'Message.WA.Status.Received'
    const at = Number(status.timestamp) * 1000
    expect(await receiveAt(at + day, { name, data: status })).toMatchObject({ code: 'handled' })
    expect(await receiveAt(at + day + 1, { name, data: status })).toMatchObject({ code: 'stale' })
  })

  test.each([
    ['Contact.Updated', samplePayload('Contact.Updated')],
    ['Message.Received', { ...samplePayload('Message.Received'), whatsapp: null }],
    ['Ticket.Opened', { timestamp: '1' }],
  ])('accepts %s without a signed time and records it as undated', async (name, data) => {
    expect(await receiveAt(sent + 1000 * day, { name, data })).toEqual({ code: 'handled', undated: true, status: 200 })
  })

  test('accepts a message of any age when it is not set', async () => {
    const receiver = createReceiver({ secret, onEvent: () => {}, now: () => sent - 1000 * day })
    expect(await receiver.receive(delivery())).toMatchObject({ code: 'handled' })
  })

  test('rejects a stale delivery before it calls the store', async () => {
    const { receive } = createIdempotentReceiver({
      store: storeWith({ claim: failToConnect }),
      maxAgeMs: day,
      now: () => sent + 2 * day,
    })
    expect(await receive(delivery())).toMatchObject({ code: 'stale' })
  })

  test('handles a delivery without a time once when idempotency is set too', async () => {
    const { receive, records } = createIdempotentReceiver({ maxAgeMs: day })
    const input = delivery({ name: 'Contact.Updated', data: samplePayload('Contact.Updated') })
    await receive(input)
    await receive(input)
    expect(records).toMatchObject([{ code: 'handled', undated: true }, { code: 'duplicate' }])
  })
})

describe('options', () => {
  const store = memoryStore()
  test.each<[string, object, RegExp]>([
    ['no store', { idempotency: {} }, /idempotency\.store: must have the method claim/],
    ['half a store', { idempotency: { store: { claim: store.claim } } }, /must have the method extend/],
    ['a leaseMs of 0', { idempotency: { store, leaseMs: 0 } }, /^idempotency\.leaseMs: must be an integer/],
    ['a ttlMs of 0', { idempotency: { store, ttlMs: 0 } }, /ttlMs/],
    ['a maxAgeMs of 0', { maxAgeMs: 0 }, /maxAgeMs/],
    ['a maxAgeMs that is a string', { maxAgeMs: '1 day' }, /maxAgeMs/],
  ])('throws a TypeError when given %s', (_title, options, message) => {
    expect(() => createReceiver({ secret, onEvent: () => {}, ...options } as ReceiverOptions)).toThrow(TypeError)
    expect(() => createReceiver({ secret, onEvent: () => {}, ...options } as ReceiverOptions)).toThrow(message)
  })
})

describe('context.claim', () => {
  test('has the key in the store, the token and ttlMs', async () => {
    const claims: unknown[] = []
    const claim = vi.fn(async () => ({ state: 'claimed', token: 'the token' }) as const)
    const { receive } = createIdempotentReceiver({
      idempotency: { store: storeWith({ claim }), namespace: 'shop', key: () => 'a', ttlMs: 1000 },
      onEvent: (_event, context) => claims.push(context.claim),
    })
    await receive(delivery())
    expect(claims).toEqual([{ key: 'shop:a', token: 'the token', ttlMs: 1000 }])
    expect(claim).toHaveBeenCalledWith('shop:a', expect.anything())
  })

  test.each([
    ['null when the delivery is not deduplicated', { store: memoryStore(), key: () => null }, null],
    ['undefined without idempotency', undefined, undefined],
  ])('is %s', async (_title, idempotency, expected) => {
    const claims: unknown[] = []
    const receiver = createReceiver({ secret, idempotency, onEvent: (_event, { claim }) => claims.push(claim) })
    await receiver.receive(delivery())
    expect(claims).toEqual([expected])
  })
})
