import { inspect } from 'node:util'
import type { GallaboxEvent, ReceivedDelivery, ReceiverOptions } from 'gallabox-webhooks'
import { samplePayload, signBody } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTestReceiver, delivery, secret } from '../support/test-receiver.js'

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

// No test may cause an unhandled rejection.
const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
afterEach(async () => {
  await delay(0)
  expect(unhandled).toEqual([])
})

describe('options', () => {
  test.each<[string, Partial<ReceiverOptions>, RegExp]>([
    ['no handler', { onEvent: undefined }, /no handler/],
    ['an empty on', { on: {} }, /no handler/],
    ['an on with an undefined handler', { on: { 'Message.Received': undefined } }, /no handler/],
    ['an unknown event name', { on: { 'Message.Recieved': () => {} } as never }, /Message\.Recieved/],
    ['a name of Object.prototype', { on: { toString: () => {} } as never }, /toString/],
    [
      'two names of one event',
      { on: { 'Message.Received': () => {}, 'Message.received': () => {} } },
      /duplicate handler for "Message\.Received"/,
    ],
    ['a handler that is not a function', { on: { 'Message.Received': 'handler' as never } }, /must be a function/],
    ['an onEvent that is not a function', { onEvent: {} as never }, /onEvent: must be a function/],
    ['an onOutcome that is not a function', { onEvent: () => {}, onOutcome: 1 as never }, /onOutcome/],
    ['a now that is not a function', { onEvent: () => {}, now: 1 as never }, /now/],
    ['an unknown ack', { onEvent: () => {}, ack: 'never' as never }, /ack/],
    ['an ack with a prefix', { onEvent: () => {}, ack: 'xafter-handler' as never }, /ack/],
    ['an ack with a suffix', { onEvent: () => {}, ack: 'after-handlers' as never }, /ack/],
    ['a handlerTimeoutMs of 0', { onEvent: () => {}, handlerTimeoutMs: 0 }, /handlerTimeoutMs/],
    [
      'a handlerTimeoutMs over the limit of timers',
      { onEvent: () => {}, handlerTimeoutMs: 2 ** 31 },
      /handlerTimeoutMs/,
    ],
  ])('throws a TypeError when given %s', (_title, options, message) => {
    expect(() => createTestReceiver(options)).toThrow(TypeError)
    expect(() => createTestReceiver(options)).toThrow(message)
  })
})

describe('handler selection', () => {
  test('calls the handler of each name, and default for all other events', async () => {
    const seen: string[] = []
    const { receive } = createTestReceiver({
      on: {
        'Message.received': (event) => seen.push(`on ${event.type}`),
        'Contact.Tag.Unmapped': (event) => seen.push(`on ${event.type}`),
        default: (event) => seen.push(`default ${event.type}`),
      },
    })
    await receive(delivery())
    await receive(
      delivery({
        name: 'Contact.unmapped',
        data: { id: '1', tagId: '1', contactId: '2', accountId: '3', name: 'VIP' },
      }),
    )
    await receive(delivery({ name: 'Message.Send' }))
    await receive(delivery({ name: 'Message.Received', data: {} }))
    await receive(delivery({ name: 'Ticket.Opened' }))
    expect(seen).toEqual([
      'on Message.Received',
      'on Contact.Tag.Unmapped',
      'default Message.Send',
      'default unrecognized',
      'default unrecognized',
    ])
  })

  test('calls the methods of a class instance with the instance as this', async () => {
    class Base {
      readonly seen: string[] = []
      'Message.Received'(event: { type: string }) {
        this.seen.push(event.type)
      }
    }
    class Handlers extends Base {
      readonly name = 'not a handler'
      helper() {}
      'Contact.created'(event: { type: string }) {
        this.seen.push(event.type)
      }
      default(event: { type: string }) {
        this.seen.push(`default ${event.type}`)
      }
    }
    const on = new Handlers()
    const { receive } = createTestReceiver({ on })
    await receive(delivery())
    await receive(delivery({ name: 'Contact.Created', data: samplePayload('Contact.Created') }))
    await receive(delivery({ name: 'Ticket.Opened' }))
    expect(on.seen).toEqual(['Message.Received', 'Contact.Created', 'default unrecognized'])
  })

  test.each([
    ['an event without a handler', 'ignored', 200, { name: 'Message.Send' }],
    ['an unknown name', 'ignored', 200, { name: 'Ticket.Opened' }],
    ['an unexpected payload of an event without a handler', 'ignored', 200, { name: 'Template.Status', data: {} }],
    ['a missing name', 'unhandled', 500, { name: '' }],
    ['an unexpected payload of an event with a handler', 'unhandled', 500, { data: {} }],
  ])('reports %s as %s when there is no default handler', async (_title, code, status, changes) => {
    const { receive, outcomes } = createTestReceiver({ on: { 'Message.Received': () => {} } })
    expect(await receive(delivery(changes))).toMatchObject({ code, status })
    expect(outcomes).toMatchObject([{ code, status }])
  })
})

test('a receiver tells whether it responds before the handler', () => {
  expect(createTestReceiver().receiver.ack).toBe('after-handler')
  expect(createTestReceiver({ ack: 'before-handler' }).receiver.ack).toBe('before-handler')
})

test('a body may be as large as the limit, as a string and as bytes', async () => {
  const { rawBody, ...rest } = delivery({ data: { id: 'only ASCII' } }) as { rawBody: string }
  const { receive } = createTestReceiver({ maxBodyBytes: rawBody.length })
  const bytes = new TextEncoder().encode(rawBody)
  for (const body of [rawBody, bytes, bytes.buffer])
    expect((await receive({ headers: {}, ...rest, rawBody: body })).code).toBe('handled')
  const { receive: receiveLess } = createTestReceiver({ maxBodyBytes: rawBody.length - 1 })
  for (const body of [rawBody, bytes, bytes.buffer])
    expect((await receiveLess({ headers: {}, ...rest, rawBody: body })).code).toBe('body-too-large')
})

describe('outcome', () => {
  test('contains the response, the event and the context', async () => {
    const { receive } = createTestReceiver({ onEvent: () => 'ignored result' })
    expect(await receive(delivery())).toMatchObject({
      code: 'handled',
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"ok":true}',
      event: { type: 'Message.Received' },
      context: { secretId: '1' },
    })
  })

  test('contains the header allow when the status is 405', async () => {
    const { receive } = createTestReceiver({ onEvent: () => {} })
    expect((await receive(delivery({ method: 'GET' }))).headers).toMatchObject({ allow: 'POST, PUT, PATCH' })
  })

  test('is reported with every available value, and undefined for the others', async () => {
    let clock = 1000
    let receivedAt: Date | undefined
    const { receive, outcomes } = createTestReceiver({
      now: () => clock,
      onEvent: (_event, context) => {
        clock += 7
        receivedAt = context.receivedAt
      },
    })
    const input = delivery()
    await receive(input)
    expect(receivedAt).toEqual(new Date(1000))
    await receive(delivery({ secret: 'forged' }))
    await receive(delivery({ headers: {} }))
    expect(outcomes).toEqual([
      {
        code: 'handled',
        status: 200,
        message: '',
        receivedAt: new Date(1000),
        ms: 7,
        bytes: Buffer.byteLength(input.rawBody as string),
        type: 'Message.Received',
        name: 'Message.Received',
        secretId: '1',
        error: undefined,
        storeError: undefined,
        notDeduplicated: undefined,
        undated: undefined,
        late: undefined,
        hint: '',
      },
      expect.objectContaining({
        code: 'signature-mismatch',
        message: 'signature mismatch. Compare the secret with the one in Gallabox, or call diagnose().',
        hint: 'Compare the secret with the one in Gallabox, or call diagnose().',
        bytes: expect.any(Number),
        ms: 0,
      }),
      expect.objectContaining({ code: 'signature-missing', bytes: undefined }),
    ])
    expect(outcomes[1]).toMatchObject({ type: undefined, name: undefined, secretId: undefined })
  })

  test('contains the error when rawBody rejects', async () => {
    const { receive, outcomes } = createTestReceiver({ onEvent: () => {} })
    const error = new Error('reset')
    const rawBody = () => Promise.reject(error)
    expect(await receive(delivery({ rawBody }))).toMatchObject({ code: 'body-aborted', error })
    expect(outcomes).toMatchObject([{ error }])
  })

  test('shows no body, header or secret when it is inspected', async () => {
    const { receive, outcomes, receiver } = createTestReceiver({ onEvent: () => {} })
    const input = delivery({ secret: 'forged' })
    const outcome = await receive(input)
    const shown = inspect([outcome, outcomes, receiver], { depth: 10, showHidden: true })
    for (const hidden of [
      secret,
      'forged',
      'Namaste',
      (input.headers as Record<string, string>)['x-gallabox-signature'] as string,
    ]) {
      expect(shown).not.toContain(hidden)
    }
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('logger')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('logger')
      },
    ],
    [
      'throws undefined',
      () => {
        throw undefined
      },
    ],
  ])('ignores an onOutcome that %s', async (_title, listener) => {
    const { receive } = createTestReceiver({ onEvent: () => {}, onOutcome: listener })
    expect((await receive(delivery())).code).toBe('handled')
    expect((await receive(delivery({ secret: 'forged' }))).code).toBe('signature-mismatch')
  })

  test('is reported with a snapshot of the delivery, and its bytes if they were read', async () => {
    const reports: { code: string; received: ReceivedDelivery }[] = []
    const { receive } = createTestReceiver({
      onEvent: () => {},
      onOutcome: ({ code }, received) => reports.push({ code, received }),
    })
    const rawBody = () => '{}'
    const forged = delivery({ secret: 'forged', url: '/hooks?tenant=1', rawBody: async () => '{}' })
    await receive(forged)
    await receive(delivery({ headers: {}, rawBody }))
    const handled = delivery()
    await receive(handled)
    for (const bytes of ['{', Buffer.from([0x22, 0xff, 0x22])]) {
      await receive({ headers: { 'x-gallabox-signature': signBody(bytes, secret) }, rawBody: bytes })
    }
    expect(reports.map(({ code }) => code)).toEqual([
      'signature-mismatch',
      'signature-missing',
      'handled',
      'body-not-json',
      'body-not-utf8',
    ])
    expect(reports[0]?.received).toEqual({
      method: 'POST',
      url: '/hooks?tenant=1',
      headers: forged.headers,
      rawBody: new Uint8Array([0x7b, 0x7d]),
    })
    expect(reports[1]?.received.rawBody).toBeUndefined()
    expect(Buffer.from(reports[2]?.received.rawBody as Uint8Array).toString()).toBe(handled.rawBody)
    expect(reports[3]?.received.rawBody).toEqual(new Uint8Array([0x7b]))
    expect(reports[4]?.received.rawBody).toEqual(new Uint8Array([0x22, 0xff, 0x22]))
  })
})

describe('handler', () => {
  test('is awaited when it returns a thenable', async () => {
    let settled = false
    const { receive } = createTestReceiver({
      onEvent: () => ({
        // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
        then(resolve: (value: unknown) => void) {
          setTimeout(() => {
            settled = true
            resolve(undefined)
          }, 10)
        },
      }),
    })
    await receive(delivery())
    expect(settled).toBe(true)
  })

  test('is reported with the same error object when it rejects', async () => {
    const error = new Error('it broke')
    const { receive, outcomes } = createTestReceiver({ onEvent: () => Promise.reject(error) })
    const outcome = await receive(delivery())
    expect(outcome).toMatchObject({ code: 'handler-failed', status: 500 })
    expect([outcome.error, outcomes[0]?.error]).toEqual([error, error])
    expect(outcome.error).toBe(error)
  })

  test('leaves no timer when it ends in time', async () => {
    vi.useFakeTimers()
    try {
      const { receive } = createTestReceiver({ onEvent: async () => {} })
      await receive(delivery())
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('is reported a second time, as late, when it fails after its timeout', async () => {
    const { receive, outcomes } = createTestReceiver({
      handlerTimeoutMs: 10,
      onEvent: (_event, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => setTimeout(reject, 10, signal.reason)),
        ),
    })
    expect(await receive(delivery())).toMatchObject({ code: 'handler-timeout', status: 500 })
    await delay(40)
    expect(outcomes).toMatchObject([
      { code: 'handler-timeout', late: undefined },
      { code: 'handler-failed', late: true, error: { name: 'TimeoutError' } },
    ])
  })

  test('is reported once when it succeeds after its timeout', async () => {
    const { receive, outcomes } = createTestReceiver({ handlerTimeoutMs: 10, onEvent: () => delay(30) })
    await receive(delivery())
    await delay(40)
    expect(outcomes).toMatchObject([{ code: 'handler-timeout' }])
  })

  test('gets one signal, which is not aborted', async () => {
    const signals: unknown[] = []
    const { receive } = createTestReceiver({
      onEvent: (_event, context) => signals.push(context.signal, context.signal, context.signal.aborted),
    })
    await receive(delivery())
    expect(signals[0]).toBe(signals[1])
    expect(signals[2]).toBe(false)
  })
})

describe("ack: 'before-handler'", () => {
  test('responds before the handler starts', async () => {
    const order: string[] = []
    const { receive, receiver, outcomes } = createTestReceiver({
      ack: 'before-handler',
      onEvent: () => order.push('handler'),
    })
    expect(await receive(delivery())).toMatchObject({ code: 'accepted', status: 200 })
    order.push('response')
    expect(await receiver.drain()).toBe(true)
    expect(order).toEqual(['response', 'handler'])
    expect(outcomes).toMatchObject([{ code: 'accepted' }])
  })

  test.each([
    ['fails', () => Promise.reject(new Error('late')), 'handler-failed'],
    [
      'throws',
      () => {
        throw new Error('late')
      },
      'handler-failed',
    ],
    ['takes too long', () => new Promise(() => {}), 'handler-timeout'],
  ])('reports a handler that %s as late', async (_title, onEvent, code) => {
    const { receive, outcomes } = createTestReceiver({ ack: 'before-handler', handlerTimeoutMs: 20, onEvent })
    expect((await receive(delivery())).code).toBe('accepted')
    await delay(50)
    expect(outcomes).toMatchObject([{ code: 'accepted' }, { code, late: true }])
  })

  test('passes the handler to waitUntil when the platform stops after the response', async () => {
    const waiting: Promise<unknown>[] = []
    let ran = false
    const { receive } = createTestReceiver({
      ack: 'before-handler',
      onEvent: () => {
        ran = true
      },
    })
    const outcome = await receive(delivery(), {
      stopsAfterResponse: true,
      waitUntil: (promise) => waiting.push(promise),
    })
    expect(outcome.code).toBe('accepted')
    await Promise.all(waiting)
    expect(ran).toBe(true)
  })

  test('awaits the handler when the platform stops after the response and has no waitUntil', async () => {
    const { receive } = createTestReceiver({
      ack: 'before-handler',
      onEvent: () => Promise.reject(new Error('in time')),
    })
    expect(await receive(delivery(), { stopsAfterResponse: true })).toMatchObject({
      code: 'handler-failed',
      status: 500,
    })
  })
})

test('context methods work when they are destructured', async () => {
  const seen: unknown[] = []
  const { receive } = createTestReceiver({
    onEvent: async (event, { header, key, rawBody, waitUntil }) => {
      waitUntil(delay(1).then(() => seen.push(event.type)))
      seen.push(header('X-Event-Name'), rawBody.byteLength > 0, await key())
    },
  })
  expect((await receive(delivery())).code).toBe('handled')
  await vi.waitFor(() => expect(seen).toHaveLength(4))
  expect(seen).toEqual(expect.arrayContaining(['Message.Received', true, expect.stringMatching(/^[0-9a-f]{64}$/)]))
})

describe('waitUntil', () => {
  const work = (ms: number) => (_event: GallaboxEvent, context: { waitUntil(promise: PromiseLike<unknown>): void }) =>
    context.waitUntil(delay(ms))

  test('passes the work to the platform', async () => {
    const waiting: Promise<unknown>[] = []
    const { receive } = createTestReceiver({ onEvent: work(10) })
    await receive(delivery(), { waitUntil: (promise) => waiting.push(promise) })
    expect(waiting).toHaveLength(1)
  })

  test.each([
    ['continues after the response', {}],
    ['can wait', { stopsAfterResponse: true, waitUntil: () => {} }],
  ])('responds before the work is done when the platform %s', async (_title, platform) => {
    let done = false
    for (const handlerResult of [undefined, Promise.resolve()]) {
      const { receive } = createTestReceiver({
        onEvent: (_event, context) => {
          context.waitUntil(
            delay(30).then(() => {
              done = true
            }),
          )
          return handlerResult
        },
      })
      expect((await receive(delivery(), platform)).code).toBe('handled')
      expect(done).toBe(false)
    }
  })

  test('responds after the work when the platform stops after the response and cannot wait', async () => {
    const { receive } = createTestReceiver({ onEvent: work(30) })
    const start = performance.now()
    await receive(delivery(), { stopsAfterResponse: true })
    expect(performance.now() - start).toBeGreaterThan(25)
  })

  test('ignores a waitUntil that throws', async () => {
    const { receive, outcomes, receiver } = createTestReceiver({ ack: 'before-handler', onEvent: () => {} })
    const waitUntil = () => {
      throw new Error('Illegal invocation')
    }
    expect((await receive(delivery(), { stopsAfterResponse: true, waitUntil })).code).toBe('accepted')
    expect(await receiver.drain()).toBe(true)
    expect(outcomes).toHaveLength(1)
  })

  test('passes a handler to the platform when it exceeds its timeout', async () => {
    const waiting: Promise<unknown>[] = []
    const { receive } = createTestReceiver({ handlerTimeoutMs: 10, onEvent: () => delay(40) })
    const outcome = await receive(delivery(), { stopsAfterResponse: true, waitUntil: (work) => waiting.push(work) })
    expect(outcome.code).toBe('handler-timeout')
    expect(waiting).toHaveLength(1)
    await Promise.all(waiting)
  })

  test('awaits work and reports its error as late when the platform stops after the response', async () => {
    const { receive, outcomes } = createTestReceiver({
      handlerTimeoutMs: 1000,
      onEvent: (_event, context) => context.waitUntil(delay(1).then(() => Promise.reject(new Error('index is down')))),
    })
    expect((await receive(delivery(), { stopsAfterResponse: true })).code).toBe('handled')
    expect(outcomes).toMatchObject([
      { code: 'handled' },
      { code: 'handler-failed', late: true, error: { message: 'index is down' } },
    ])
  })

  test('reports work that fails as late', async () => {
    const { receive, outcomes } = createTestReceiver({
      onEvent: (_event, context) => context.waitUntil(Promise.reject(new Error('index is down'))),
    })
    expect((await receive(delivery())).code).toBe('handled')
    await delay(0)
    expect(outcomes).toMatchObject([
      { code: 'handled' },
      { code: 'handler-failed', late: true, error: { message: 'index is down' } },
    ])
  })
})

test('keeps the outcome when now() throws after the first call', async () => {
  let calls = 0
  const now = () => {
    if (calls++ > 0) throw new Error('no time')
    return 0
  }
  const { receive, outcomes } = createTestReceiver({ now, onEvent: () => {} })
  expect((await receive(delivery())).code).toBe('handled')
  expect(outcomes).toEqual([])
})

describe('drain', () => {
  test('waits for handlers, also after their timeout, and for work after the response', async () => {
    const ended: string[] = []
    const { receive, receiver } = createTestReceiver({
      handlerTimeoutMs: 20,
      onEvent: async (_event, context) => {
        context.waitUntil(delay(40).then(() => ended.push('work')))
        await delay(60)
        ended.push('handler')
      },
    })
    void receive(delivery())
    expect(await receiver.drain()).toBe(true)
    expect(ended).toEqual(['work', 'handler'])
  })

  test('resolves after the response, because the process may end then', async () => {
    const order: string[] = []
    const { receive, receiver } = createTestReceiver({ onEvent: () => delay(10) })
    async function respond(): Promise<void> {
      await receive(delivery())
      // Frameworks add promises before they send the response.
      for (let layer = 0; layer < 50; layer++) await undefined
      order.push('responded')
    }
    await Promise.all([respond(), receiver.drain().then(() => order.push('drained'))])
    expect(order).toEqual(['responded', 'drained'])
  })

  test('throws when timeoutMs is 0', () => {
    const { receiver } = createTestReceiver({ onEvent: () => {} })
    expect(() => receiver.drain(0)).toThrow(/^timeoutMs: must be/)
  })

  test('resolves to false after its timeout', async () => {
    const { receive, receiver } = createTestReceiver({ onEvent: () => delay(200) })
    void receive(delivery())
    expect(await receiver.drain(20)).toBe(false)
  })

  test('does not wait for a delivery that is rejected as invalid', async () => {
    const { receive, receiver } = createTestReceiver({ onEvent: () => {} })
    await expect(receive(delivery({ rawBody: {} as never }))).rejects.toThrow(TypeError)
    expect(await receiver.drain(50)).toBe(true)
  })

  test('resolves at once when nothing runs', async () => {
    const { receive, receiver } = createTestReceiver({ onEvent: () => {} })
    await receive(delivery())
    expect(await receiver.drain(1)).toBe(true)
  })
})
