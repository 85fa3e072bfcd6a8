// One table of cases, run against every adapter in every form on a real server (test/support/targets.ts).
import { gzipSync } from 'node:zlib'
import {
  type ContentEvent,
  entityIds,
  type GallaboxEvent,
  HandlerError,
  messageContent,
  type OutcomeRecord,
  type ReceiverOptions,
} from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload, sampleVariants, signBody } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { eventDescriptors } from '../../src/events/descriptors.js'
import { openRaw, readRaw, type SendOptions, secret, send, signedHeaders } from '../support/client.js'
import { type Running, type StartOptions, type Target, targets } from '../support/targets.js'

const body = JSON.stringify(samplePayload('Message.Received'))
const mib = 1024 * 1024

interface Case {
  readonly title: string
  readonly body?: string | Uint8Array
  readonly request?: SendOptions
  readonly options?: Partial<StartOptions>
  readonly status: number
  /** The outcome code. Middleware reports `verified` instead of `handled`. */
  readonly code: OutcomeRecord['code']
  readonly type?: string
}

function limitTitle(subject: string, over: number): string {
  if (over > 0) return `rejects ${subject} ${over} byte over the limit`
  return `accepts ${subject} ${over === 0 ? 'of exactly' : `${-over} byte under`} the limit`
}

const rows: readonly Case[] = [
  { title: 'accepts a signed delivery', status: 200, code: 'handled', type: 'Message.Received' },
  {
    title: 'accepts a signature in hex',
    request: {
      headers: { ...signedHeaders(body), 'x-gallabox-signature': signBody(body, secret, 'hex').toUpperCase() },
    },
    status: 200,
    code: 'handled',
  },
  {
    title: 'accepts a chunked delivery',
    request: { headers: signedHeaders(body), chunked: true },
    status: 200,
    code: 'handled',
  },
  { title: 'accepts PUT', request: { method: 'PUT', headers: signedHeaders(body) }, status: 200, code: 'handled' },
  {
    title: 'accepts PATCH',
    request: { method: 'PATCH', headers: signedHeaders(body) },
    status: 200,
    code: 'handled',
  },
  {
    title: 'accepts a delivery without a content type',
    request: { headers: { 'x-event-name': 'Message.Received', 'x-gallabox-signature': signBody(body, secret) } },
    status: 200,
    code: 'handled',
  },
  {
    title: 'accepts a form content type',
    request: { headers: { ...signedHeaders(body), 'content-type': 'application/x-www-form-urlencoded' } },
    status: 200,
    code: 'handled',
  },
  {
    title: 'accepts emoji and ₹',
    body: '{"text":"₹80.00 🪔 नमस्ते"}',
    request: { headers: signedHeaders('{"text":"₹80.00 🪔 नमस्ते"}', 'Broadcast.WA.Message.Engaged.Received') },
    status: 200,
    code: 'handled',
  },
  {
    title: 'accepts a body with a BOM',
    body: `\uFEFF${body}`,
    request: { headers: signedHeaders(`\uFEFF${body}`) },
    status: 200,
    code: 'handled',
    type: 'Message.Received',
  },
  {
    title: 'accepts an unknown event name as unrecognized',
    request: { headers: signedHeaders(body, 'Ticket.Opened') },
    status: 200,
    code: 'handled',
    type: 'unrecognized',
  },
  {
    title: 'accepts a delivery without a name as unrecognized',
    request: { headers: signedHeaders(body, null) },
    status: 200,
    code: 'handled',
    type: 'unrecognized',
  },
  {
    title: 'accepts a payload under the name of another event as unrecognized',
    request: { headers: signedHeaders(body, 'Template.Status') },
    status: 200,
    code: 'handled',
    type: 'unrecognized',
  },
  {
    title: 'accepts a delivery when its required header matches',
    request: { headers: { ...signedHeaders(body), 'x-tenant': 'Chai & Co' } },
    options: { requiredHeaders: { 'X-Tenant': 'Chai & Co' } },
    status: 200,
    code: 'handled',
  },
  {
    title: 'rejects a delivery when its required header does not match',
    request: { headers: { ...signedHeaders(body), 'x-tenant': 'Chai & Ca' } },
    options: { requiredHeaders: { 'X-Tenant': 'Chai & Co' } },
    status: 401,
    code: 'required-header-mismatch',
  },
  {
    title: 'rejects a delivery when its required header is missing',
    options: { requiredHeaders: { 'x-tenant': 'Chai & Co' } },
    status: 401,
    code: 'required-header-mismatch',
  },
  {
    title: 'rejects a changed body',
    body: body.replace('449', '449000'),
    request: { headers: signedHeaders(body) },
    status: 401,
    code: 'signature-mismatch',
  },
  {
    title: 'rejects a body that was serialized again',
    body: JSON.stringify(JSON.parse(body), null, 2),
    request: { headers: signedHeaders(body) },
    status: 401,
    code: 'signature-mismatch',
  },
  {
    title: 'rejects a delivery without a signature',
    request: { headers: { 'x-event-name': 'Message.Received' } },
    status: 401,
    code: 'signature-missing',
  },
  {
    title: 'rejects a signature of another secret',
    request: { headers: signedHeaders(body, 'Message.Received', 'another secret') },
    status: 401,
    code: 'signature-mismatch',
  },
  {
    title: 'rejects a signature with a prefix',
    request: { headers: { 'x-gallabox-signature': `sha256=${signBody(body, secret, 'hex')}` } },
    status: 401,
    code: 'signature-malformed',
  },
  {
    title: 'rejects a signature that is sent twice',
    request: { headers: { 'x-gallabox-signature': [signBody(body, secret), signBody(body, secret)] } },
    status: 401,
    code: 'signature-malformed',
  },
  {
    title: 'rejects a compressed body',
    body: gzipSync(body),
    request: { headers: { ...signedHeaders(gzipSync(body)), 'content-encoding': 'gzip' } },
    status: 415,
    code: 'body-encoded',
  },
  {
    title: 'rejects a body that is not UTF-8',
    body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    request: { headers: signedHeaders(Buffer.from([0x22, 0xff, 0xfe, 0x22])) },
    status: 400,
    code: 'body-not-utf8',
  },
  { title: 'rejects an empty body', body: '', status: 400, code: 'body-not-json' },
  { title: 'rejects a body that is not JSON', body: '{"id":', status: 400, code: 'body-not-json' },
  ...[-1, 0, 1].map((over): Case => {
    const sized = `"${'a'.repeat(1000 + over - 2)}"`
    return {
      title: limitTitle('a body', over),
      body: sized,
      options: { maxBodyBytes: 1000 },
      status: over > 0 ? 413 : 200,
      code: over > 0 ? 'body-too-large' : 'handled',
    }
  }),
  ...[-1, 0, 1].map((over): Case => {
    const sized = `"${'a'.repeat(1000 + over - 2)}"`
    return {
      title: limitTitle('a chunked body', over),
      body: sized,
      request: { headers: signedHeaders(sized), chunked: true },
      options: { maxBodyBytes: 1000 },
      status: over > 0 ? 413 : 200,
      code: over > 0 ? 'body-too-large' : 'handled',
    }
  }),
  ...['GET', 'HEAD', 'OPTIONS', 'DELETE'].map(
    (method): Case => ({
      title: `rejects ${method}`,
      body: '',
      request: { method, headers: {} },
      status: 405,
      code: 'method-not-allowed',
    }),
  ),
]

const failures: readonly (readonly [title: string, handler: () => unknown])[] = [
  [
    'throws',
    () => {
      throw new Error('it broke')
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error('it broke')
    },
  ],
  [
    'throws undefined',
    () => {
      throw undefined
    },
  ],
  [
    'throws an error with status 202',
    () => {
      throw Object.assign(new Error('fine'), { status: 202, statusCode: 202, expose: true })
    },
  ],
  [
    'throws an error that contains a secret',
    () => {
      throw new Error('postgres://user:hunter2@db')
    },
  ],
]

let running: Running | undefined
afterEach(async () => {
  await running?.close()
  running = undefined
})

async function start(target: Target, options: Partial<StartOptions> = {}) {
  const records: OutcomeRecord[] = []
  const seen: unknown[] = []
  running = await target.start({
    secret,
    onEvent: (event) => {
      seen.push(event)
    },
    onOutcome: (record) => records.push(record),
    ...options,
  } as StartOptions)
  return { ...running, records, seen }
}

describe.each(targets.map((target) => [`${target.name}, ${target.form}`, target] as const))('%s', (_name, target) => {
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    const { url, records, seen } = await start(target, row.options)
    const response = await send(url, row.body ?? body, row.request ?? { headers: signedHeaders(row.body ?? body) })
    expect(response.status).toBe(row.status)
    expect(records).toHaveLength(1)
    const code = row.code === 'handled' && target.form === 'middleware' ? 'verified' : row.code
    expect(records[0]).toMatchObject({ code, ...(row.type && { type: row.type }) })
    expect(seen).toHaveLength(row.code === 'handled' ? 1 : 0)
    if (row.type) expect(seen[0]).toMatchObject({ type: row.type })
    if (row.status !== 200 && row.request?.method !== 'HEAD') {
      expect(response.headers['content-type']).toMatch(/^application\/json/)
      expect(response.body).toBe('{"ok":false}')
    }
    if (row.status === 405) expect(response.headers.allow).toBe('POST, PUT, PATCH')
  })

  test('hands over every sample and variant as it was sent, with its content', async () => {
    const { url, seen } = await start(target)
    for (const type of sampledEventTypes) {
      for (const variant of sampleVariants(type)) {
        const data = samplePayload(type, variant)
        const text = JSON.stringify(data)
        await send(url, text, { headers: { ...signedHeaders(text), 'x-event-name': type } })
        const event = seen.pop() as GallaboxEvent
        expect(event).toEqual({ type, data })
        expect(entityIds(event)).toEqual(entityIds({ type, data } as never))
        if (!('content' in eventDescriptors[type])) continue
        const content = messageContent(event as ContentEvent)
        expect(content).toEqual(messageContent({ type, data } as never))
        expect(content.kind).not.toBe('other')
      }
    }
  })

  test('passes the raw body, the headers and the time to the handler', async () => {
    const seen: unknown[] = []
    const { url } = await start(target, {
      onEvent: async (event, context) => {
        const { rawBody, receivedAt, secretId } = context
        seen.push(event.data, Buffer.from(rawBody).toString(), receivedAt, secretId)
        seen.push(context.header('X-Event-Name'), context.header('x-none'), await context.key())
      },
    })
    await send(url, body)
    expect(seen).toEqual([
      JSON.parse(body),
      body,
      expect.any(Date),
      '1',
      'Message.Received',
      null,
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ])
  })

  test('accepts the delivery or names the mistake when a body parser runs first', async () => {
    const { url, records } = await start(target, { parserFirst: true })
    const response = await send(url, body)
    const [record] = records
    if (target.parsedBefore === 'harmless') {
      expect(response.status).toBe(200)
    } else {
      expect(response.status).toBe(500)
      expect(record?.code).toBe(target.parsedBefore)
      if (target.parsedBefore === 'body-already-parsed') expect(record?.message).toContain('express.json()')
      expect(record?.message.length).toBeGreaterThan(80)
    }
  })

  test('accepts the signed and rejects the forged when a hundred deliveries arrive at once', async () => {
    const { url, records } = await start(target)
    const responses = await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const uniqueBody = JSON.stringify({ ...samplePayload('Message.Received'), localMessageId: String(i) })
        return send(url, uniqueBody, {
          headers: signedHeaders(uniqueBody, 'Message.Received', i % 2 ? secret : 'forged'),
        })
      }),
    )
    expect(responses.map((response) => response.status)).toEqual(responses.map((_, i) => (i % 2 ? 200 : 401)))
    expect(records).toHaveLength(100)
  })

  describe.skipIf(!target.streams)('while the body arrives', () => {
    test('rejects an unsigned request before any of its body is sent', async () => {
      const { url } = await start(target)
      const socket = await openRaw(url, { 'content-length': '1000' })
      expect(await readRaw(socket)).toMatch(/^HTTP\/1\.1 401 /)
      socket.destroy()
    })

    test.each([
      ['without a signature', {}],
      ['with a bad signature', { 'x-gallabox-signature': signBody('other', secret) }],
    ])('stops reading at the limit and responds when 64 MiB arrive %s', async (_title, headers) => {
      const { url, records } = await start(target)
      const socket = await openRaw(url, { ...headers, 'transfer-encoding': 'chunked' })
      const response = readRaw(socket)
      const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65536, 97), Buffer.from('\r\n')])
      let sent = 0
      while (sent < 64 * mib && !socket.destroyed && records.length === 0) {
        if (!socket.write(chunk))
          await new Promise((resolve) => {
            const proceed = () => resolve(undefined)
            socket.once('drain', proceed).once('close', proceed)
          })
        sent += 65536
      }
      expect(sent).toBeLessThan(16 * mib)
      const status = 'x-gallabox-signature' in headers ? 413 : 401
      if (target.name.startsWith('web')) expect(records).toMatchObject([{ status }])
      else expect(await response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      socket.destroy()
    })

    test('rejects a declared length over the limit before any of the body is sent', async () => {
      const { url } = await start(target)
      const socket = await openRaw(url, { ...signedHeaders(body), 'content-length': String(64 * mib) })
      expect(await readRaw(socket)).toMatch(/^HTTP\/1\.1 413 /)
      socket.destroy()
    })

    test('reports body-aborted when the sender stops half way', async () => {
      const { url, records } = await start(target)
      const socket = await openRaw(url, { ...signedHeaders(body), 'content-length': String(body.length + 100) })
      socket.write(body.slice(0, 100))
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
      await expect.poll(() => records).toMatchObject([{ code: 'body-aborted', status: 400 }])
    })

    test('responds with 408 when the sender is too slow', async () => {
      const { url, records } = await start(target, { bodyTimeoutMs: 150 })
      const socket = await openRaw(url, { ...signedHeaders(body), 'content-length': String(body.length) })
      const response = readRaw(socket)
      const drip = setInterval(() => socket.write('{'), 20)
      expect(await response).toMatch(/^HTTP\/1\.1 408 /)
      clearInterval(drip)
      socket.destroy()
      expect(records).toMatchObject([{ code: 'body-timeout' }])
    })
  })
})

describe.each(targets.filter((target) => target.form === 'handler').map((target) => [target.name, target] as const))(
  '%s, handler',
  (_name, target) => {
    test.each(failures)(
      'responds with an error and passes it to the framework when a handler %s',
      async (_title, handler) => {
        const { url, records, errors } = await start(target, { onEvent: handler })
        const response = await send(url, body)
        expect(response.status).toBe(target.failureStatus)
        expect(response.body).not.toMatch(/hunter2|it broke|fine/)
        expect(records).toMatchObject([{ code: 'handler-failed', status: 500 }])
        if (!target.hasErrorHandling) return
        expect(errors).toHaveLength(1)
        expect(errors[0]).toBeInstanceOf(HandlerError)
        expect(errors[0]).toMatchObject({ status: 500, statusCode: 500, expose: false })
        expect((errors[0] as HandlerError).cause).toBe(records[0]?.error)
      },
    )

    test('responds with 200 when no handler is registered for the event', async () => {
      const { url, records } = await start(target, {
        onEvent: undefined,
        on: { 'Template.status': () => {} },
      } as Partial<ReceiverOptions>)
      expect((await send(url, body)).status).toBe(200)
      expect(records).toMatchObject([{ code: 'ignored', type: 'Message.Received' }])
    })

    test('responds with 500 when an unrecognized delivery has no handler', async () => {
      const options = { onEvent: undefined, on: { 'Template.Status': () => {} } } as Partial<ReceiverOptions>
      const { url, records } = await start(target, options)
      expect((await send(url, body, { headers: signedHeaders(body, null) })).status).toBe(500)
      expect((await send(url, body, { headers: signedHeaders(body, 'Template.Status') })).status).toBe(500)
      expect(records).toMatchObject([{ code: 'unhandled' }, { code: 'unhandled' }])
    })

    test('aborts the signal and responds with 500 when a handler exceeds the timeout', async () => {
      const aborted: unknown[] = []
      const { url, records } = await start(target, {
        handlerTimeoutMs: 50,
        onEvent: (_event, { signal }) =>
          new Promise(() => signal.addEventListener('abort', () => aborted.push(signal.reason))),
      })
      expect((await send(url, body)).status).toBe(500)
      expect(records).toMatchObject([{ code: 'handler-timeout' }])
      expect(aborted).toMatchObject([{ name: 'TimeoutError' }])
    })

    test('throws a TypeError at the start when the secret is invalid', async () => {
      const invalidSecrets = [
        '',
        ' ',
        undefined,
        null,
        [],
        [''],
        ['good', ''],
        'U2FsdGVkX19abc',
        { secret: '' },
        42,
      ] as never[]
      for (const secret of invalidSecrets) {
        await expect((async () => target.start({ secret, onEvent: () => {} }))()).rejects.toThrow(TypeError)
      }
    })
  },
)
