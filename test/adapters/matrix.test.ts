// One table of cases, run against every adapter in every form on a real server (test/support/targets.ts).
import { gzipSync } from 'node:zlib'
import { HandlerError, type OutcomeRecord, type ReceiverOptions } from 'gallabox-webhooks'
import { samplePayload, signBody } from 'gallabox-webhooks/testing'
import { afterEach, describe, expect, test } from 'vitest'
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
  /** The code in the record. Middleware says `verified` where a handler says `handled`. */
  readonly code: OutcomeRecord['code']
  readonly type?: string
}

const rows: readonly Case[] = [
  { title: 'a genuine delivery is handled', status: 200, code: 'handled', type: 'Message.Received' },
  {
    title: 'a digest in hex is as good',
    request: {
      headers: { ...signedHeaders(body), 'x-gallabox-signature': signBody(body, secret, 'hex').toUpperCase() },
    },
    status: 200,
    code: 'handled',
  },
  {
    title: 'a chunked delivery is handled',
    request: { headers: signedHeaders(body), chunked: true },
    status: 200,
    code: 'handled',
  },
  { title: 'PUT is handled', request: { method: 'PUT', headers: signedHeaders(body) }, status: 200, code: 'handled' },
  {
    title: 'PATCH is handled',
    request: { method: 'PATCH', headers: signedHeaders(body) },
    status: 200,
    code: 'handled',
  },
  {
    title: 'a delivery without a content type is handled',
    request: { headers: { 'x-event-name': 'Message.Received', 'x-gallabox-signature': signBody(body, secret) } },
    status: 200,
    code: 'handled',
  },
  {
    title: 'a form content type changes nothing',
    request: { headers: { ...signedHeaders(body), 'content-type': 'application/x-www-form-urlencoded' } },
    status: 200,
    code: 'handled',
  },
  {
    title: 'emoji and ₹ arrive whole',
    body: '{"text":"₹80.00 🪔 नमस्ते"}',
    request: { headers: signedHeaders('{"text":"₹80.00 🪔 नमस्ते"}', 'Broadcast.WA.Message.Engaged.Received') },
    status: 200,
    code: 'handled',
  },
  {
    title: 'a BOM is no fault',
    body: `\uFEFF${body}`,
    request: { headers: signedHeaders(`\uFEFF${body}`) },
    status: 200,
    code: 'handled',
    type: 'Message.Received',
  },
  {
    title: 'an unknown event is unrecognized, not refused',
    request: { headers: signedHeaders(body, 'Ticket.Opened') },
    status: 200,
    code: 'handled',
    type: 'unrecognized',
  },
  {
    title: 'a delivery without a name is unrecognized, not refused',
    request: { headers: signedHeaders(body, null) },
    status: 200,
    code: 'handled',
    type: 'unrecognized',
  },
  {
    title: 'a relabelled body is unrecognized',
    request: { headers: signedHeaders(body, 'Template.Status') },
    status: 200,
    code: 'handled',
    type: 'unrecognized',
  },
  {
    title: 'a required header that is right is let through',
    request: { headers: { ...signedHeaders(body), 'x-tenant': 'Chai & Co' } },
    options: { requiredHeaders: { 'X-Tenant': 'Chai & Co' } },
    status: 200,
    code: 'handled',
  },
  {
    title: 'a required header that is wrong is refused',
    request: { headers: { ...signedHeaders(body), 'x-tenant': 'Chai & Ca' } },
    options: { requiredHeaders: { 'X-Tenant': 'Chai & Co' } },
    status: 401,
    code: 'required-header-mismatch',
  },
  {
    title: 'a required header that is absent is refused',
    options: { requiredHeaders: { 'x-tenant': 'Chai & Co' } },
    status: 401,
    code: 'required-header-mismatch',
  },
  {
    title: 'a tampered body is refused',
    body: body.replace('449', '449000'),
    request: { headers: signedHeaders(body) },
    status: 401,
    code: 'signature-mismatch',
  },
  {
    title: 'a body that only equals the signed one as JSON is refused',
    body: JSON.stringify(JSON.parse(body), null, 2),
    request: { headers: signedHeaders(body) },
    status: 401,
    code: 'signature-mismatch',
  },
  {
    title: 'a body without a signature is refused',
    request: { headers: { 'x-event-name': 'Message.Received' } },
    status: 401,
    code: 'signature-missing',
  },
  {
    title: 'a body signed with another secret is refused',
    request: { headers: signedHeaders(body, 'Message.Received', 'another secret') },
    status: 401,
    code: 'signature-mismatch',
  },
  {
    title: 'a prefixed signature is malformed',
    request: { headers: { 'x-gallabox-signature': `sha256=${signBody(body, secret, 'hex')}` } },
    status: 401,
    code: 'signature-malformed',
  },
  {
    title: 'a signature that comes twice is malformed',
    request: { headers: { 'x-gallabox-signature': [signBody(body, secret), signBody(body, secret)] } },
    status: 401,
    code: 'signature-malformed',
  },
  {
    title: 'a compressed body is refused',
    body: gzipSync(body),
    request: { headers: { ...signedHeaders(gzipSync(body)), 'content-encoding': 'gzip' } },
    status: 415,
    code: 'body-encoded',
  },
  {
    title: 'a body that is not UTF-8 is refused',
    body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    request: { headers: signedHeaders(Buffer.from([0x22, 0xff, 0xfe, 0x22])) },
    status: 400,
    code: 'body-not-utf8',
  },
  { title: 'an empty body is not JSON', body: '', status: 400, code: 'body-not-json' },
  { title: 'a body that is not JSON is refused', body: '{"id":', status: 400, code: 'body-not-json' },
  ...[-1, 0, 1].map((over): Case => {
    const sized = `"${'a'.repeat(1000 + over - 2)}"`
    return {
      title: `a body of ${over === 0 ? 'exactly the limit' : `${over} byte over the limit`}`,
      body: sized,
      options: { limitBytes: 1000 },
      status: over > 0 ? 413 : 200,
      code: over > 0 ? 'body-too-large' : 'handled',
    }
  }),
  ...[-1, 0, 1].map((over): Case => {
    const sized = `"${'a'.repeat(1000 + over - 2)}"`
    return {
      title: `a chunked body of ${over === 0 ? 'exactly the limit' : `${over} byte over the limit`}`,
      body: sized,
      request: { headers: signedHeaders(sized), chunked: true },
      options: { limitBytes: 1000 },
      status: over > 0 ? 413 : 200,
      code: over > 0 ? 'body-too-large' : 'handled',
    }
  }),
  ...['GET', 'HEAD', 'OPTIONS', 'DELETE'].map(
    (method): Case => ({
      title: `${method} is not allowed`,
      body: '',
      request: { method, headers: {} },
      status: 405,
      code: 'method-not-allowed',
    }),
  ),
]

const failures: readonly { title: string; handler: () => unknown }[] = [
  {
    title: 'throws',
    handler: () => {
      throw new Error('it broke')
    },
  },
  {
    title: 'rejects',
    handler: async () => {
      throw new Error('it broke')
    },
  },
  {
    title: 'throws undefined',
    handler: () => {
      throw undefined
    },
  },
  {
    title: 'throws an error with status 202',
    handler: () => {
      throw Object.assign(new Error('fine'), { status: 202, statusCode: 202, expose: true })
    },
  },
  {
    title: 'throws an error that holds a secret',
    handler: () => {
      throw new Error('postgres://user:hunter2@db')
    },
  },
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
  test.each(rows)('$title', async (row) => {
    const { url, records, seen } = await start(target, row.options)
    const answer = await send(url, row.body ?? body, row.request ?? { headers: signedHeaders(row.body ?? body) })
    expect(answer.status).toBe(row.status)
    expect(records).toHaveLength(1)
    const code = row.code === 'handled' && target.form === 'middleware' ? 'verified' : row.code
    expect(records[0]).toMatchObject({ code, ...(row.type && { type: row.type }) })
    expect(seen).toHaveLength(row.code === 'handled' ? 1 : 0)
    if (row.type) expect(seen[0]).toMatchObject({ type: row.type })
    if (row.status !== 200 && row.request?.method !== 'HEAD') {
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      expect(answer.body).toBe('{"ok":false}')
    }
    if (row.status === 405) expect(answer.headers.allow).toBe('POST, PUT, PATCH')
  })

  test('the handler gets the body as it was sent, the headers and the time', async () => {
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

  test('a parser that ran first is named, at once, and never a 2xx', async () => {
    const { url, records } = await start(target, { parserFirst: true })
    const answer = await send(url, body)
    const [record] = records
    if (target.parsedBefore === 'harmless') {
      expect(answer.status).toBe(200)
    } else {
      expect(answer.status).toBe(500)
      expect(record?.code).toBe(target.parsedBefore)
      if (target.parsedBefore === 'body-already-parsed') expect(record?.message).toContain('express.json()')
      expect(record?.message.length).toBeGreaterThan(80)
    }
  })

  test('a hundred mixed deliveries at once are told apart', async () => {
    const { url, records } = await start(target)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const own = JSON.stringify({ ...samplePayload('Message.Received'), localMessageId: String(i) })
        return send(url, own, { headers: signedHeaders(own, 'Message.Received', i % 2 ? secret : 'forged') })
      }),
    )
    expect(answers.map((answer) => answer.status)).toEqual(answers.map((_, i) => (i % 2 ? 200 : 401)))
    expect(records).toHaveLength(100)
  })

  describe.skipIf(!target.streams)('while the body is on its way', () => {
    test('an unsigned request is answered before any of its body is sent', async () => {
      const { url } = await start(target)
      const socket = await openRaw(url, { 'content-length': '1000' })
      expect(await readRaw(socket)).toMatch(/^HTTP\/1\.1 401 /)
      socket.destroy()
    })

    test.each([
      ['without a signature', {}],
      ['with a bad signature', { 'x-gallabox-signature': signBody('other', secret) }],
    ])('64 MiB %s stop at the limit, and the sender sees why', async (_title, headers) => {
      const { url, records } = await start(target)
      const socket = await openRaw(url, { ...headers, 'transfer-encoding': 'chunked' })
      const answer = readRaw(socket)
      const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65536, 97), Buffer.from('\r\n')])
      let sent = 0
      while (sent < 64 * mib && !socket.destroyed && records.length === 0) {
        if (!socket.write(chunk))
          await new Promise((resolve) => {
            const go = () => resolve(undefined)
            socket.once('drain', go).once('close', go)
          })
        sent += 65536
      }
      expect(sent).toBeLessThan(16 * mib)
      const status = 'x-gallabox-signature' in headers ? 413 : 401
      if (target.name.startsWith('web')) expect(records).toMatchObject([{ status }])
      else expect(await answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      socket.destroy()
    })

    test('a declared length over the limit is answered without reading', async () => {
      const { url } = await start(target)
      const socket = await openRaw(url, { ...signedHeaders(body), 'content-length': String(64 * mib) })
      expect(await readRaw(socket)).toMatch(/^HTTP\/1\.1 413 /)
      socket.destroy()
    })

    test('a sender that stops half way is an aborted body', async () => {
      const { url, records } = await start(target)
      const socket = await openRaw(url, { ...signedHeaders(body), 'content-length': String(body.length + 100) })
      socket.write(body.slice(0, 100))
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
      await expect.poll(() => records).toMatchObject([{ code: 'body-aborted', status: 400 }])
    })

    test('a sender that is too slow is answered in time', async () => {
      const { url, records } = await start(target, { bodyTimeoutMs: 150 })
      const socket = await openRaw(url, { ...signedHeaders(body), 'content-length': String(body.length) })
      const answer = readRaw(socket)
      const drip = setInterval(() => socket.write('{'), 20)
      expect(await answer).toMatch(/^HTTP\/1\.1 408 /)
      clearInterval(drip)
      socket.destroy()
      expect(records).toMatchObject([{ code: 'body-timeout' }])
    })
  })
})

describe.each(targets.filter((target) => target.form === 'handler').map((target) => [target.name, target] as const))(
  '%s, handler',
  (_name, target) => {
    test.each(failures)('a handler that $title is a failure, and the framework hears of it', async ({ handler }) => {
      const { url, records, errors } = await start(target, { onEvent: handler })
      const answer = await send(url, body)
      expect(answer.status).toBe(target.failureStatus)
      expect(answer.body).not.toMatch(/hunter2|it broke|fine/)
      expect(records).toMatchObject([{ code: 'handler-failed', status: 500 }])
      if (!target.hasErrorHandling) return
      expect(errors).toHaveLength(1)
      expect(errors[0]).toBeInstanceOf(HandlerError)
      expect(errors[0]).toMatchObject({ status: 500, statusCode: 500, expose: false })
      expect((errors[0] as HandlerError).cause).toBe(records[0]?.error)
    })

    test('what nobody asked for is ignored with 200', async () => {
      const { url, records } = await start(target, {
        onEvent: undefined,
        on: { 'Template.status': () => {} },
      } as Partial<ReceiverOptions>)
      expect((await send(url, body)).status).toBe(200)
      expect(records).toMatchObject([{ code: 'ignored', type: 'Message.Received' }])
    })

    test('what someone may want and nobody can take is never a silent 200', async () => {
      const options = { onEvent: undefined, on: { 'Template.Status': () => {} } } as Partial<ReceiverOptions>
      const { url, records } = await start(target, options)
      expect((await send(url, body, { headers: signedHeaders(body, null) })).status).toBe(500)
      expect((await send(url, body, { headers: signedHeaders(body, 'Template.Status') })).status).toBe(500)
      expect(records).toMatchObject([{ code: 'unhandled' }, { code: 'unhandled' }])
    })

    test('a handler that never ends is timed out, and told so', async () => {
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

    test('a bad secret is a TypeError when the handler is made', async () => {
      const bad = ['', ' ', undefined, null, [], [''], ['good', ''], 'U2FsdGVkX19abc', { secret: '' }, 42] as never[]
      for (const secret of bad) {
        await expect((async () => target.start({ secret, onEvent: () => {} }))()).rejects.toThrow(TypeError)
      }
    })
  },
)
