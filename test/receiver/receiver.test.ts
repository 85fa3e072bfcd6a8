import { inspect } from 'node:util'
import { createReceiver, type GallaboxEvent, type OutcomeRecord, type ReceiverOptions } from 'gallabox-webhooks'
import { signBody } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/deliveries.js'

function receiverWith(options: Partial<ReceiverOptions> = {}) {
  const records: OutcomeRecord[] = []
  const receiver = createReceiver({
    secret,
    onOutcome: (record) => records.push(record),
    ...options,
  } as ReceiverOptions)
  return { records, receive: receiver.receive, receiver }
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

// No test may leave one behind, whatever it does.
const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
afterEach(async () => {
  await later(0)
  expect(unhandled).toEqual([])
})

describe('the options', () => {
  test.each<[string, Partial<ReceiverOptions>, RegExp]>([
    ['no handler at all', {}, /Give a handler/],
    ['an empty on', { on: {} }, /Give a handler/],
    ['an on of nothing', { on: { 'Message.Received': undefined } }, /Give a handler/],
    ['an unknown name', { on: { 'Message.Recieved': () => {} } as never }, /Message\.Recieved/],
    ['the name of a prototype', { on: { toString: () => {} } as never }, /toString/],
    [
      'one event in two spellings',
      { on: { 'Message.Received': () => {}, 'Message.received': () => {} } },
      /Message\.Received is there twice/,
    ],
    ['a handler that is no function', { on: { 'Message.Received': 'handler' as never } }, /must be a function/],
    ['an onEvent that is no function', { onEvent: {} as never }, /onEvent must be a function/],
    ['an onOutcome that is no function', { onEvent: () => {}, onOutcome: 1 as never }, /onOutcome/],
    ['an onRejected that is no function', { onEvent: () => {}, onRejected: 1 as never }, /onRejected/],
    ['a clock that is no function', { onEvent: () => {}, now: 1 as never }, /now/],
    ['an ack that is neither', { onEvent: () => {}, ack: 'never' as never }, /ack/],
    ['an ack with something before it', { onEvent: () => {}, ack: 'xafter-handler' as never }, /ack/],
    ['an ack with something after it', { onEvent: () => {}, ack: 'after-handlers' as never }, /ack/],
    ['a timeout of nothing', { onEvent: () => {}, handlerTimeoutMs: 0 }, /handlerTimeoutMs/],
    ['a timeout that timers cannot hold', { onEvent: () => {}, handlerTimeoutMs: 2 ** 31 }, /handlerTimeoutMs/],
  ])('%s is a TypeError', (_title, options, message) => {
    expect(() => receiverWith(options)).toThrow(TypeError)
    expect(() => receiverWith(options)).toThrow(message)
  })
})

describe('selecting', () => {
  test('each spelling in on gets its event, and onEvent gets the rest', async () => {
    const seen: string[] = []
    const { receive } = receiverWith({
      on: {
        'Message.received': (event) => seen.push(`on ${event.type}`),
        'Contact.Tag.Unmapped': (event) => seen.push(`on ${event.type}`),
      },
      onEvent: (event) => seen.push(`onEvent ${event.type}`),
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
      'onEvent Message.Send',
      'onEvent unrecognized',
      'onEvent unrecognized',
    ])
  })

  test.each([
    ['a name that on does not name', { name: 'Message.Send' }, 'ignored', 200],
    ['an unknown name', { name: 'Ticket.Opened' }, 'ignored', 200],
    ['another shape under a name that nobody wants', { name: 'Template.Status', data: {} }, 'ignored', 200],
    ['no name', { name: '' }, 'unhandled', 500],
    ['another shape under a wanted name', { data: {} }, 'unhandled', 500],
  ])('without onEvent, %s is %s', async (_title, changes, code, status) => {
    const { receive, records } = receiverWith({ on: { 'Message.Received': () => {} } })
    expect(await receive(delivery(changes))).toMatchObject({ code, status })
    expect(records).toMatchObject([{ code, status }])
  })
})

describe('the outcome', () => {
  test('it holds the reply, the event and the context', async () => {
    const { receive } = receiverWith({ onEvent: () => 'ignored result' })
    expect(await receive(delivery())).toMatchObject({
      code: 'handled',
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"ok":true}',
      event: { type: 'Message.Received' },
      context: { secretId: '1' },
    })
  })

  test('405 says which methods are allowed', async () => {
    const { receive } = receiverWith({ onEvent: () => {} })
    expect((await receive(delivery({ method: 'GET' }))).headers).toMatchObject({ allow: 'POST, PUT, PATCH' })
  })

  test('the record tells all that is known by then, and nothing that is not', async () => {
    let clock = 1000
    const { receive, records } = receiverWith({
      now: () => clock,
      onEvent: () => {
        clock += 7
      },
    })
    const given = delivery()
    await receive(given)
    await receive(delivery({ secret: 'forged' }))
    await receive(delivery({ headers: {} }))
    expect(records).toEqual([
      {
        code: 'handled',
        status: 200,
        message: '',
        receivedAt: new Date(1000),
        ms: 7,
        bytes: Buffer.byteLength(given.rawBody as string),
        type: 'Message.Received',
        name: 'Message.Received',
        secretId: '1',
        error: undefined,
        late: undefined,
      },
      expect.objectContaining({
        code: 'signature-mismatch',
        message: 'signature mismatch',
        bytes: expect.any(Number),
        ms: 0,
      }),
      expect.objectContaining({ code: 'signature-missing', bytes: undefined }),
    ])
    expect(records[1]).toMatchObject({ type: undefined, name: undefined, secretId: undefined })
  })

  test('what a reader failed with is in the record', async () => {
    const { receive, records } = receiverWith({ onEvent: () => {} })
    const error = new Error('reset')
    const rawBody = () => Promise.reject(error)
    expect(await receive(delivery({ rawBody }))).toMatchObject({ code: 'body-aborted', error })
    expect(records).toMatchObject([{ error }])
  })

  test('records and outcomes of refusals show no body, header or secret', async () => {
    const { receive, records, receiver } = receiverWith({ onEvent: () => {} })
    const given = delivery({ secret: 'forged' })
    const outcome = await receive(given)
    const shown = inspect([outcome, records, receiver], { depth: 10, showHidden: true })
    for (const hidden of [
      secret,
      'forged',
      'Namaste',
      (given.headers as Record<string, string>)['x-gallabox-signature'] as string,
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
  ])('onOutcome and onRejected that %s change no reply', async (_title, listener) => {
    const { receive } = receiverWith({ onEvent: () => {}, onOutcome: listener, onRejected: listener })
    expect((await receive(delivery())).code).toBe('handled')
    expect((await receive(delivery({ secret: 'forged' }))).code).toBe('signature-mismatch')
  })

  test('onRejected gets the delivery, with the bytes once they were read', async () => {
    const rejections: { code: string; delivery: { rawBody: unknown } }[] = []
    const { receive } = receiverWith({ onEvent: () => {}, onRejected: (rejection) => rejections.push(rejection) })
    const rawBody = () => '{}'
    await receive(delivery({ secret: 'forged', rawBody: async () => '{}' }))
    await receive(delivery({ headers: {}, rawBody }))
    await receive(delivery())
    for (const bytes of ['{', Buffer.from([0x22, 0xff, 0x22])]) {
      await receive({ headers: { 'x-gallabox-signature': signBody(bytes, secret) }, rawBody: bytes })
    }
    expect(rejections.map(({ code }) => code)).toEqual([
      'signature-mismatch',
      'signature-missing',
      'body-not-json',
      'body-not-utf8',
    ])
    expect(rejections[2]?.delivery.rawBody).toEqual(new Uint8Array([0x7b]))
    expect(rejections[3]?.delivery.rawBody).toEqual(new Uint8Array([0x22, 0xff, 0x22]))
    expect(Buffer.from(rejections[0]?.delivery.rawBody as Uint8Array).toString()).toBe('{}')
    expect(rejections[1]?.delivery.rawBody).toBe(rawBody)
  })
})

describe('the handler', () => {
  test('a thenable is awaited', async () => {
    let settled = false
    const { receive } = receiverWith({
      onEvent: () => ({
        // biome-ignore lint/suspicious/noThenProperty: this is the point.
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

  test('what it throws is in the outcome and the record as it was thrown', async () => {
    const error = new Error('it broke')
    const { receive, records } = receiverWith({ onEvent: () => Promise.reject(error) })
    const outcome = await receive(delivery())
    expect(outcome).toMatchObject({ code: 'handler-failed', status: 500 })
    expect([outcome.error, records[0]?.error]).toEqual([error, error])
    expect(outcome.error).toBe(error)
  })

  test('one that ends in time leaves no timer behind', async () => {
    vi.useFakeTimers()
    try {
      const { receive } = receiverWith({ onEvent: async () => {} })
      await receive(delivery())
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('one that fails after its time was up is heard a second time, as late', async () => {
    const { receive, records } = receiverWith({
      handlerTimeoutMs: 10,
      onEvent: (_event, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => setTimeout(reject, 10, signal.reason)),
        ),
    })
    expect(await receive(delivery())).toMatchObject({ code: 'handler-timeout', status: 500 })
    await later(40)
    expect(records).toMatchObject([
      { code: 'handler-timeout', late: undefined },
      { code: 'handler-failed', late: true, error: { name: 'TimeoutError' } },
    ])
  })

  test('one that succeeds after its time was up changes nothing', async () => {
    const { receive, records } = receiverWith({ handlerTimeoutMs: 10, onEvent: () => later(30) })
    await receive(delivery())
    await later(40)
    expect(records).toMatchObject([{ code: 'handler-timeout' }])
  })

  test('its signal is the same each time, and not aborted before', async () => {
    const signals: unknown[] = []
    const { receive } = receiverWith({
      onEvent: (_event, context) => signals.push(context.signal, context.signal, context.signal.aborted),
    })
    await receive(delivery())
    expect(signals[0]).toBe(signals[1])
    expect(signals[2]).toBe(false)
  })
})

describe("ack: 'before-handler'", () => {
  test('the reply comes before the first line of the handler', async () => {
    const order: string[] = []
    const { receive, receiver, records } = receiverWith({ ack: 'before-handler', onEvent: () => order.push('handler') })
    expect(await receive(delivery())).toMatchObject({ code: 'accepted', status: 200 })
    order.push('reply')
    expect(await receiver.drain()).toBe(true)
    expect(order).toEqual(['reply', 'handler'])
    expect(records).toMatchObject([{ code: 'accepted' }])
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
  ])('a handler that %s is heard as late', async (_title, onEvent, code) => {
    const { receive, records } = receiverWith({ ack: 'before-handler', handlerTimeoutMs: 20, onEvent })
    expect((await receive(delivery())).code).toBe('accepted')
    await later(50)
    expect(records).toMatchObject([{ code: 'accepted' }, { code, late: true }])
  })

  test('a platform that stops after the reply is asked to wait', async () => {
    const waiting: Promise<unknown>[] = []
    let ran = false
    const { receive } = receiverWith({
      ack: 'before-handler',
      onEvent: () => {
        ran = true
      },
    })
    const outcome = await receive(delivery(), { stopsAfterReply: true, waitUntil: (promise) => waiting.push(promise) })
    expect(outcome.code).toBe('accepted')
    await Promise.all(waiting)
    expect(ran).toBe(true)
  })

  test('without waitUntil on such a platform, the handler is awaited all the same', async () => {
    const { receive } = receiverWith({ ack: 'before-handler', onEvent: () => Promise.reject(new Error('in time')) })
    expect(await receive(delivery(), { stopsAfterReply: true })).toMatchObject({ code: 'handler-failed', status: 500 })
  })
})

test('a handler may take its context apart', async () => {
  const seen: unknown[] = []
  const { receive } = receiverWith({
    onEvent: async (event, { header, key, rawBody, waitUntil }) => {
      waitUntil(later(1).then(() => seen.push(event.type)))
      seen.push(header('X-Event-Name'), rawBody.byteLength > 0, await key())
    },
  })
  expect((await receive(delivery())).code).toBe('handled')
  await vi.waitFor(() => expect(seen).toHaveLength(4))
  expect(seen).toEqual(expect.arrayContaining(['Message.Received', true, expect.stringMatching(/^[0-9a-f]{64}$/)]))
})

describe('waitUntil', () => {
  const work = (ms: number) => (_event: GallaboxEvent, context: { waitUntil(promise: PromiseLike<unknown>): void }) =>
    context.waitUntil(later(ms))

  test('the platform is asked to wait', async () => {
    const waiting: Promise<unknown>[] = []
    const { receive } = receiverWith({ onEvent: work(10) })
    await receive(delivery(), { waitUntil: (promise) => waiting.push(promise) })
    expect(waiting).toHaveLength(1)
  })

  test.each([
    ['goes on after the reply', {}],
    ['can wait', { stopsAfterReply: true, waitUntil: () => {} }],
  ])('a platform that %s replies before the work is done', async (_title, platform) => {
    let done = false
    for (const returns of [undefined, Promise.resolve()]) {
      const { receive } = receiverWith({
        onEvent: (_event, context) => {
          context.waitUntil(
            later(30).then(() => {
              done = true
            }),
          )
          return returns
        },
      })
      expect((await receive(delivery(), platform)).code).toBe('handled')
      expect(done).toBe(false)
    }
  })

  test('a platform that stops after the reply, and cannot wait, replies after the work', async () => {
    const { receive } = receiverWith({ onEvent: work(30) })
    const before = performance.now()
    await receive(delivery(), { stopsAfterReply: true })
    expect(performance.now() - before).toBeGreaterThan(25)
  })

  test('a platform that throws when it is asked harms nobody', async () => {
    const { receive, records, receiver } = receiverWith({ ack: 'before-handler', onEvent: () => {} })
    const waitUntil = () => {
      throw new Error('Illegal invocation')
    }
    expect((await receive(delivery(), { stopsAfterReply: true, waitUntil })).code).toBe('accepted')
    expect(await receiver.drain()).toBe(true)
    expect(records).toHaveLength(1)
  })

  test('the platform is asked to wait for a handler whose time was up', async () => {
    const waiting: Promise<unknown>[] = []
    const { receive } = receiverWith({ handlerTimeoutMs: 10, onEvent: () => later(40) })
    const outcome = await receive(delivery(), { stopsAfterReply: true, waitUntil: (work) => waiting.push(work) })
    expect(outcome.code).toBe('handler-timeout')
    expect(waiting).toHaveLength(1)
    await Promise.all(waiting)
  })

  test('where nothing runs after the reply, work that fails is waited for, and heard as late', async () => {
    const { receive, records } = receiverWith({
      handlerTimeoutMs: 1000,
      onEvent: (_event, context) => context.waitUntil(later(1).then(() => Promise.reject(new Error('index is down')))),
    })
    expect((await receive(delivery(), { stopsAfterReply: true })).code).toBe('handled')
    expect(records).toMatchObject([
      { code: 'handled' },
      { code: 'handler-failed', late: true, error: { message: 'index is down' } },
    ])
  })

  test('work that fails is heard as late', async () => {
    const { receive, records } = receiverWith({
      onEvent: (_event, context) => context.waitUntil(Promise.reject(new Error('index is down'))),
    })
    expect((await receive(delivery())).code).toBe('handled')
    await later(0)
    expect(records).toMatchObject([
      { code: 'handled' },
      { code: 'handler-failed', late: true, error: { message: 'index is down' } },
    ])
  })
})

test('a clock that fails later changes no outcome', async () => {
  let calls = 0
  const now = () => {
    if (calls++ > 0) throw new Error('no time')
    return 0
  }
  const { receive, records } = receiverWith({ now, onEvent: () => {} })
  expect((await receive(delivery())).code).toBe('handled')
  expect(records).toEqual([])
})

describe('drain', () => {
  test('it waits for handlers, for work after the reply, and for handlers whose time was up', async () => {
    const ended: string[] = []
    const { receive, receiver } = receiverWith({
      handlerTimeoutMs: 20,
      onEvent: async (_event, context) => {
        context.waitUntil(later(40).then(() => ended.push('work')))
        await later(60)
        ended.push('handler')
      },
    })
    void receive(delivery())
    expect(await receiver.drain()).toBe(true)
    expect(ended).toEqual(['work', 'handler'])
  })

  test('it is not done before the reply is out, for the process may end then', async () => {
    const order: string[] = []
    const { receive, receiver } = receiverWith({ onEvent: () => later(10) })
    async function reply(): Promise<void> {
      await receive(delivery())
      // The layers of a framework, each with a promise or two.
      for (let layer = 0; layer < 50; layer++) await undefined
      order.push('replied')
    }
    await Promise.all([reply(), receiver.drain().then(() => order.push('drained'))])
    expect(order).toEqual(['replied', 'drained'])
  })

  test('it wants a time that timers can hold', () => {
    const { receiver } = receiverWith({ onEvent: () => {} })
    expect(() => receiver.drain(0)).toThrow(/^timeoutMs must be/)
  })

  test('it gives up in time', async () => {
    const { receive, receiver } = receiverWith({ onEvent: () => later(200) })
    void receive(delivery())
    expect(await receiver.drain(20)).toBe(false)
  })

  test('a delivery that is no delivery rejects, and does not hold it up', async () => {
    const { receive, receiver } = receiverWith({ onEvent: () => {} })
    await expect(receive(delivery({ rawBody: {} as never }))).rejects.toThrow(TypeError)
    expect(await receiver.drain(50)).toBe(true)
  })

  test('it is done at once when nothing runs', async () => {
    const { receive, receiver } = receiverWith({ onEvent: () => {} })
    await receive(delivery())
    expect(await receiver.drain(1)).toBe(true)
  })
})
