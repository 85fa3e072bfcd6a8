// What was verified is what is handled, even when a buffer is written to afterwards.
import { createHmac } from 'node:crypto'
import { createReceiver, type Delivery, type RawBody, type SecretSource } from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { webhookHandler } from 'gallabox-webhooks/web'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { delivery, secret } from '../support/test-receiver.js'

const runtimes = ['with node:crypto', 'without node:crypto'] as const

async function loadLibrary(runtime: (typeof runtimes)[number]) {
  if (runtime === 'with node:crypto') return { createReceiver, webhookHandler }
  vi.resetModules()
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  const [core, web] = await Promise.all([import('gallabox-webhooks'), import('gallabox-webhooks/web')])
  return { createReceiver: core.createReceiver, webhookHandler: web.webhookHandler }
}

afterEach(() => void vi.restoreAllMocks())

describe.each(runtimes)('%s', (runtime) => {
  const signed = delivery()
  const original = signed.rawBody as string

  /** Overwrites a buffer in every later turn of the event loop. */
  function overwriteUntilDone(bytes: Uint8Array) {
    let isDone = false
    void (async () => {
      while (!isDone) {
        await undefined
        if (isDone) return
        await new Promise((resolve) => setImmediate(resolve))
        bytes.fill(0x78)
      }
    })()
    return () => {
      isDone = true
    }
  }

  const views: [string, (bytes: Uint8Array) => RawBody][] = [
    ['a Uint8Array', (bytes) => bytes],
    ['an ArrayBuffer', (bytes) => bytes.buffer as ArrayBuffer],
    ['a DataView', (bytes) => new DataView(bytes.buffer)],
    ['a Buffer', (bytes) => Buffer.from(bytes.buffer)],
  ]
  const readers: [string, (shared: RawBody) => Delivery['rawBody']][] = [
    ['bytes', (shared) => shared],
    ['a synchronous reader', (shared) => () => shared],
    ['an asynchronous reader', (shared) => async () => shared],
    [
      'a late reader',
      (shared) => async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return shared
      },
    ],
  ]
  const sources: [string, SecretSource][] = [
    ['a secret', secret],
    ['a secret function', () => secret],
    ['a late secret', async () => secret],
  ]
  const cases = views.flatMap(([view, toView]) =>
    readers.flatMap(([reader, toRawBody]) =>
      sources.map(([title, source]) => [view, reader, title, toView, toRawBody, source] as const),
    ),
  )

  test.each(cases)('hands over the verified bytes: %s, %s, %s', async (_v, _r, _s, toView, toRawBody, source) => {
    const { createReceiver } = await loadLibrary(runtime)
    const bytes = new Uint8Array(Buffer.from(original))
    const seen: string[] = []
    const receiver = createReceiver({
      secret: source,
      onOutcome: () => {},
      onEvent: async (_event, { rawBody }) => {
        bytes.fill(0x79)
        await new Promise((resolve) => setTimeout(resolve, 2))
        seen.push(Buffer.from(rawBody).toString())
      },
    })
    const outcome = await receiver.receive({ ...signed, rawBody: toRawBody(toView(bytes)) })
    expect([outcome.code, seen]).toEqual(['handled', [original]])
  })

  test.each(sources)('never hands over bytes that change while they are verified, with %s', async (_title, source) => {
    const { createReceiver } = await loadLibrary(runtime)
    const receiver = createReceiver({
      secret: source,
      onOutcome: () => {},
      onEvent: (_event, { rawBody }) => expect(Buffer.from(rawBody).toString()).toBe(original),
    })
    for (const [, toRawBody] of readers) {
      const bytes = new Uint8Array(Buffer.from(original))
      const stop = overwriteUntilDone(bytes)
      const { code } = await receiver.receive({ ...signed, rawBody: toRawBody(bytes) })
      stop()
      expect(['handled', 'signature-mismatch']).toContain(code)
    }
  })

  test('copies shared memory, which another thread may change at any moment', async () => {
    const { createReceiver } = await loadLibrary(runtime)
    const shared = new Uint8Array(new SharedArrayBuffer(Buffer.byteLength(original)))
    shared.set(Buffer.from(original))
    const decode = vi.spyOn(TextDecoder.prototype, 'decode')
    const receiver = createReceiver({ secret, onOutcome: () => {}, onEvent: () => {} })
    expect((await receiver.receive({ ...signed, rawBody: shared })).code).toBe('handled')
    const decoded = decode.mock.calls.map(([bytes]) => (bytes as Uint8Array).buffer)
    expect(decoded).not.toContain(shared.buffer)
  })

  test.each([
    ['signature-mismatch', signed.headers, 'another body'],
    ['body-not-utf8', undefined, new Uint8Array([0x22, 0xff, 0x22])],
    ['body-not-json', undefined, '{'],
  ])('reports a copy of a body that is rejected: %s', async (code, headers, content) => {
    const { createReceiver } = await loadLibrary(runtime)
    const bytes = new Uint8Array(Buffer.from(content as string))
    const before = bytes.slice()
    const signature = createHmac('sha256', secret).update(bytes).digest('base64')
    const seen: unknown[] = []
    const receiver = createReceiver({
      secret,
      onEvent: () => {},
      onOutcome: (outcome, { rawBody }) => {
        bytes.fill(0x78)
        seen.push(outcome.code, outcome.bytes, Buffer.from(rawBody as Uint8Array))
      },
    })
    await receiver.receive({ headers: headers ?? { 'x-gallabox-signature': signature }, rawBody: bytes })
    expect(seen).toEqual([code, before.byteLength, Buffer.from(before)])
  })

  test.each(['{"text":"₹ 🙏 é \\ud83d"}', '\uFEFF{"text":"Hi"}', ' \r\n{} \n', '"\u{10FFFF}\uFFFD"'])(
    'hands over exactly the signed bytes of %j',
    async (text) => {
      const { createReceiver } = await loadLibrary(runtime)
      const bytes = Buffer.from(text)
      const signature = createHmac('sha256', secret).update(bytes).digest('base64')
      const seen: unknown[] = []
      const receiver = createReceiver({
        secret,
        onEvent: (_event, { rawBody }) => seen.push(Buffer.from(rawBody)),
        onOutcome: (outcome, { rawBody }) => seen.push(outcome.bytes, Buffer.from(rawBody as Uint8Array)),
      })
      await receiver.receive({ headers: { 'x-gallabox-signature': signature }, rawBody: bytes })
      expect(seen).toEqual([bytes, bytes.byteLength, bytes])
    },
  )

  test('copies the chunks of a stream whose producer keeps them', async () => {
    const { webhookHandler } = await loadLibrary(runtime)
    const chunk = new Uint8Array(Buffer.from(original))
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(chunk)
        controller.close()
      },
    })
    const seen: string[] = []
    const handler = webhookHandler({
      secret,
      onOutcome: () => {},
      onEvent: (_event, { rawBody }) => {
        chunk.fill(0x78)
        seen.push(Buffer.from(rawBody).toString())
      },
    })
    const headers = signed.headers as Record<string, string>
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    expect((await handler(new Request('http://localhost/', init))).status).toBe(200)
    expect(seen).toEqual([original])
  })

  test.each([
    ['a Buffer', (bytes: Uint8Array) => Buffer.from(bytes)],
    ['a view of pooled memory', (bytes: Uint8Array) => Buffer.concat([bytes, bytes]).subarray(0, bytes.length)],
  ])('copies a key that is wiped after the start: %s', async (_title, toKey) => {
    const { createReceiver } = await loadLibrary(runtime)
    const key = toKey(Buffer.from(secret))
    const receiver = createReceiver({ secret: key, onEvent: () => {}, onOutcome: () => {} })
    key.fill(0)
    expect((await receiver.receive(delivery())).code).toBe('handled')
    const signature = createHmac('sha256', '').update(original).digest('base64')
    const headers = { ...signed.headers, 'x-gallabox-signature': signature }
    expect((await receiver.receive({ ...signed, headers })).code).toBe('signature-mismatch')
  })
})

test('counts the bytes of a string, not its characters', async () => {
  const data = { ...samplePayload('Message.Received'), note: '₹'.repeat(600) }
  const signed = delivery({ data })
  const text = signed.rawBody as string
  const size = Buffer.byteLength(text)
  const receive = (maxBodyBytes: number) =>
    createReceiver({ secret, maxBodyBytes, onEvent: () => {}, onOutcome: () => {} }).receive(signed)
  expect((await receive(size)).code).toBe('handled')
  expect((await receive(size - 1)).code).toBe('body-too-large')
  expect((await receive(text.length - 1)).code).toBe('body-too-large')
})
