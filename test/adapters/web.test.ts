import { createReceiver, type ReceiverOptions } from 'gallabox-webhooks'
import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
import { verifyRequest, webhookHandler } from 'gallabox-webhooks/web'
import { describe, expect, test } from 'vitest'
import { recordingHandler } from '../support/recording.js'

const secret = 'whsec_Jg8mZ2vQ'
const url = 'http://localhost/hook'
const signed = signDelivery('Message.received', samplePayload('Message.received'), { secret })

const handlerWith = (options?: Partial<ReceiverOptions>) => recordingHandler(webhookHandler, secret, options)

/** Creates a request with a streamed body. `state` says whether the stream was cancelled. */
function streamed(chunks: readonly Uint8Array[], headers: Record<string, string> = signed.headers) {
  const state = { cancelled: false }
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++]
      if (chunk) controller.enqueue(chunk)
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

describe('webhookHandler', () => {
  test.each([
    ['in one chunk', [bytes]],
    ['in two chunks', [bytes.subarray(0, 10), bytes.subarray(10)]],
    [
      'in one-byte chunks with empty chunks between',
      [...bytes].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array(0)]),
    ],
  ])('reads a body %s', async (_title, chunks) => {
    const { handler } = handlerWith()
    expect((await handler(streamed(chunks).request)).status).toBe(200)
  })

  test('does not modify the chunks', async () => {
    const chunks = [Uint8Array.from(bytes.subarray(0, 10)), Uint8Array.from(bytes.subarray(10))]
    await handlerWith().handler(streamed(chunks).request)
    expect(Buffer.concat(chunks)).toEqual(bytes)
  })

  test('reads a body when its declared length is within the limit', async () => {
    const request = toRequest(signed, url)
    request.headers.set('content-length', String(bytes.byteLength))
    expect((await handlerWith().handler(request)).status).toBe(200)
  })

  test('rejects a body over the limit when its declared length is smaller', async () => {
    const { handler, records } = handlerWith({ maxBodyBytes: 100 })
    const request = toRequest(signed, url)
    request.headers.set('content-length', '10')
    expect((await handler(request)).status).toBe(413)
    expect(records).toMatchObject([{ code: 'body-too-large' }])
  })

  test('cancels the stream when the body is over the limit', async () => {
    const { request, state } = streamed([bytes, bytes])
    expect((await handlerWith({ maxBodyBytes: 100 }).handler(request)).status).toBe(413)
    expect(state.cancelled).toBe(true)
  })

  test('treats a missing body as empty', async () => {
    const { handler, records } = handlerWith()
    const request = new Request(url, { method: 'POST', headers: signed.headers })
    expect((await handler(request)).status).toBe(401)
    expect(records).toMatchObject([{ code: 'signature-mismatch', bytes: 0 }])
  })

  test.each([
    ['was read', async (request: Request) => void (await request.text())],
    ['has a reader', async (request: Request) => void request.body?.getReader()],
    [
      'has a reader and a declared length',
      async (request: Request) => {
        request.headers.set('content-length', String(bytes.length))
        request.body?.getReader()
      },
    ],
  ])('names the mistake and the fix when the body %s', async (_title, prepare) => {
    const { handler, records } = handlerWith()
    const request = toRequest(signed, url)
    await prepare(request)
    expect((await handler(request)).status).toBe(500)
    expect(records).toMatchObject([{ code: 'body-already-read', message: expect.stringContaining('request.clone()') }])
  })

  test.each([
    ['', undefined],
    [' and has a declared length', '900'],
  ])('reports body-aborted when the stream fails%s', async (_title, length) => {
    const { handler, records } = handlerWith()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
    const request = new Request(url, { method: 'POST', headers: signed.headers, body, duplex: 'half' } as RequestInit)
    if (length) request.headers.set('content-length', length)
    expect((await handler(request)).status).toBe(400)
    expect(records).toMatchObject([{ code: 'body-aborted', error: { message: 'reset' } }])
  })

  test.each([
    ['without a declared length', undefined],
    ['with a declared length', '900000'],
  ])('cancels the stream and responds with 408 when a body %s stops half way', async (_title, length) => {
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

  test('rejects a body over the limit when its stream cannot be cancelled', async () => {
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
    expect((await handlerWith({ maxBodyBytes: 100 }).handler(request)).status).toBe(413)
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
    'is replaced by awaiting the handler when the platform argument is %j',
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

test('webhookHandler accepts a receiver', async () => {
  const handler = webhookHandler(createReceiver({ secret, onEvent: () => {} }))
  expect((await handler(toRequest(signed, url))).status).toBe(200)
})

describe('verifyRequest', () => {
  test('returns the event when the request is verified', async () => {
    expect(await verifyRequest(toRequest(signed, url), { secret })).toMatchObject({
      ok: true,
      event: { type: 'Message.Received' },
    })
  })

  test('returns a code and a status when the signature does not match', async () => {
    expect(await verifyRequest(toRequest(signed, url), { secret: 'another' })).toMatchObject({
      ok: false,
      code: 'signature-mismatch',
      status: 401,
    })
  })

  test('rejects with a TypeError when the secret is undefined', async () => {
    await expect(verifyRequest(toRequest(signed, url), { secret: undefined })).rejects.toThrow(TypeError)
  })
})
