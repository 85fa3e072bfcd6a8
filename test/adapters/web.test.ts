import { createReceiver, type ReceiverOptions } from 'gallabox-webhooks'
import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
import { verifyRequest, webhookHandler } from 'gallabox-webhooks/web'
import { describe, expect, test } from 'vitest'
import { recordingHandler } from '../support/recording.js'

const secret = 'whsec_Jg8mZ2vQ'
const url = 'http://localhost/hook'
const signed = signDelivery('Message.received', samplePayload('Message.received'), { secret })

const handlerWith = (options?: Partial<ReceiverOptions>) => recordingHandler(webhookHandler, secret, options)

/** A request whose body comes in pieces, and what became of the stream. */
function streamed(pieces: readonly Uint8Array[], headers: Record<string, string> = signed.headers) {
  const state = { cancelled: false }
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[next++]
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
    cancel() {
      state.cancelled = true
    },
  })
  const request = new Request(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  return { request, state }
}

const bytes = Buffer.from(signed.body)

describe('the body', () => {
  test.each([
    ['in one piece', [bytes]],
    ['in two', [bytes.subarray(0, 10), bytes.subarray(10)]],
    ['byte by byte, with empty pieces between', [...bytes].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array(0)])],
  ])('%s is read whole', async (_title, pieces) => {
    const { handler } = handlerWith()
    expect((await handler(streamed(pieces).request)).status).toBe(200)
  })

  test('a piece is never written to', async () => {
    const pieces = [Uint8Array.from(bytes.subarray(0, 10)), Uint8Array.from(bytes.subarray(10))]
    await handlerWith().handler(streamed(pieces).request)
    expect(Buffer.concat(pieces)).toEqual(bytes)
  })

  test('one that is declared within the limit is read in one call', async () => {
    const request = toRequest(signed, url)
    request.headers.set('content-length', String(bytes.byteLength))
    expect((await handlerWith().handler(request)).status).toBe(200)
  })

  test('one that is longer than declared is held to the limit all the same', async () => {
    const { handler, records } = handlerWith({ limitBytes: 100 })
    const request = toRequest(signed, url)
    request.headers.set('content-length', '10')
    expect((await handler(request)).status).toBe(413)
    expect(records).toMatchObject([{ code: 'body-too-large' }])
  })

  test('one over the limit is cancelled', async () => {
    const { request, state } = streamed([bytes, bytes])
    expect((await handlerWith({ limitBytes: 100 }).handler(request)).status).toBe(413)
    expect(state.cancelled).toBe(true)
  })

  test('none is an empty body', async () => {
    const { handler, records } = handlerWith()
    const request = new Request(url, { method: 'POST', headers: signed.headers })
    expect((await handler(request)).status).toBe(401)
    expect(records).toMatchObject([{ code: 'signature-mismatch', bytes: 0 }])
  })

  test.each([
    ['was read', async (request: Request) => void (await request.text())],
    ['has a reader', async (request: Request) => void request.body?.getReader()],
    [
      'has a reader, though its length was declared,',
      async (request: Request) => {
        request.headers.set('content-length', String(bytes.length))
        request.body?.getReader()
      },
    ],
  ])('one that %s is named, with what to change', async (_title, before) => {
    const { handler, records } = handlerWith()
    const request = toRequest(signed, url)
    await before(request)
    expect((await handler(request)).status).toBe(500)
    expect(records).toMatchObject([{ code: 'body-already-read', message: expect.stringContaining('request.clone()') }])
  })

  test.each([
    ['', undefined],
    [', though its length was declared,', '900'],
  ])('one that fails%s is aborted', async (_title, length) => {
    const { handler, records } = handlerWith()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
    const request = new Request(url, { method: 'POST', headers: signed.headers, body, duplex: 'half' } as RequestInit)
    if (length) request.headers.set('content-length', length)
    expect((await handler(request)).status).toBe(400)
    expect(records).toMatchObject([{ code: 'body-aborted', error: { message: 'reset' } }])
  })

  test.each([
    ['of which nothing says how long it is', undefined],
    ['that says it is long', '900000'],
  ])('one that stops half way, %s, is cancelled in time and let go', async (_title, length) => {
    let cancelled = false
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(bytes.subarray(0, 10)),
      cancel: () => {
        cancelled = true
      },
    })
    const { handler, records } = handlerWith({ bodyTimeoutMs: 30 })
    const request = new Request(url, { method: 'POST', headers: signed.headers, body, duplex: 'half' } as RequestInit)
    if (length) request.headers.set('content-length', length)
    expect((await handler(request)).status).toBe(408)
    expect(records).toMatchObject([{ code: 'body-timeout' }])
    expect(cancelled).toBe(true)
  })

  test('one that cannot be cancelled is refused all the same', async () => {
    const reader = {
      read: async () => ({ done: false, value: bytes }),
      cancel: async () => {
        throw new Error('no')
      },
    }
    const request = {
      method: 'POST',
      headers: new Headers(signed.headers),
      bodyUsed: false,
      body: { locked: false, getReader: () => reader },
      arrayBuffer: async () => new ArrayBuffer(0),
    }
    expect((await handlerWith({ limitBytes: 100 }).handler(request)).status).toBe(413)
  })
})

describe('waitUntil', () => {
  class Host {
    readonly waiting: Promise<unknown>[] = []
    waitUntil(promise: Promise<unknown>) {
      this.waiting.push(promise)
    }
  }

  test.each([
    ['second', (host: Host) => [host]],
    ['third', (host: Host) => [{ SECRET: 'env' }, host]],
  ])('is called as a method of the %s argument', async (_title, platform) => {
    const host = new Host()
    let ran = false
    const { handler } = handlerWith({
      ack: 'before-handler',
      onEvent: () => {
        ran = true
      },
    })
    expect((await handler(toRequest(signed, url), ...platform(host))).status).toBe(200)
    expect(ran).toBe(false)
    await Promise.all(host.waiting)
    expect(ran).toBe(true)
  })

  test.each([[], [undefined], [null, null], [{ params: Promise.resolve({}) }]])(
    'without it the handler is awaited: %j',
    async (...platform) => {
      let ran = false
      const { handler } = handlerWith({
        ack: 'before-handler',
        onEvent: async () => {
          ran = true
        },
      })
      await handler(toRequest(signed, url), ...platform)
      expect(ran).toBe(true)
    },
  )
})

test('a receiver made before can be given', async () => {
  const handler = webhookHandler(createReceiver({ secret, onEvent: () => {} }))
  expect((await handler(toRequest(signed, url))).status).toBe(200)
})

describe('verifyRequest', () => {
  test('a genuine request is an event', async () => {
    expect(await verifyRequest(toRequest(signed, url), { secret })).toMatchObject({
      ok: true,
      event: { type: 'Message.Received' },
    })
  })

  test('another is a code and a status', async () => {
    expect(await verifyRequest(toRequest(signed, url), { secret: 'another' })).toMatchObject({
      ok: false,
      code: 'signature-mismatch',
      status: 401,
    })
  })

  test('a bad secret rejects', async () => {
    await expect(verifyRequest(toRequest(signed, url), { secret: undefined })).rejects.toThrow(TypeError)
  })
})
