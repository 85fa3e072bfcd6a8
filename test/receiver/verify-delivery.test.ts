import { inspect } from 'node:util'
import { type Delivery, verifyDelivery } from 'gallabox-webhooks'
import { samplePayload, signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test, vi } from 'vitest'
import { badSecrets } from '../support/bad-secrets.js'
import { delivery, secret } from '../support/test-receiver.js'

describe('verifyDelivery', () => {
  test('returns the event and its context when the delivery is verified', async () => {
    const result = await verifyDelivery(delivery(), { secret })
    if (!result.ok) throw new Error(result.message)
    expect(result.event).toEqual({ type: 'Message.Received', data: samplePayload('Message.Received') })
    expect(result.context.secretId).toBe('1')
    expect(result.context.receivedAt).toBeInstanceOf(Date)
  })

  test('returns a code, a status and a message when the signature does not match', async () => {
    expect(await verifyDelivery(delivery({ secret: 'forged' }), { secret })).toEqual({
      ok: false,
      code: 'signature-mismatch',
      status: 401,
      message: expect.stringContaining('signature'),
    })
  })

  test.each(badSecrets)('rejects with a TypeError when the secret is %s', async (_title, badSecret) => {
    await expect(verifyDelivery(delivery(), { secret: badSecret as never })).rejects.toThrow(TypeError)
  })

  test.each([{ id: 1 }, undefined, null, 42])(
    'rejects with a TypeError when the raw body is %j, also without a signature',
    async (rawBody) => {
      const input = delivery({ rawBody: rawBody as never, headers: {} })
      await expect(verifyDelivery(input, { secret })).rejects.toThrow(/rawBody: must be/)
    },
  )

  test.each([
    ['maxBodyBytes', { maxBodyBytes: 0 }],
    ['maxBodyBytes', { maxBodyBytes: Number.POSITIVE_INFINITY }],
    ['bodyTimeoutMs', { bodyTimeoutMs: 2 ** 31 }],
    ['bodyTimeoutMs', { bodyTimeoutMs: '10' as never }],
    ['requiredHeaders', { requiredHeaders: { 'x-tenant': undefined } }],
    ['requiredHeaders', { requiredHeaders: { 'x-tenant': '' } }],
  ])('rejects with a TypeError that names %s when given %j', async (name, options) => {
    const result = verifyDelivery(delivery(), { secret, ...options })
    await expect(result).rejects.toThrow(TypeError)
    await expect(result).rejects.toThrow(name)
  })
})

describe('verifyDelivery, before it reads the body', () => {
  test.each([
    ['the method GET', { method: 'GET' }, 'method-not-allowed', 405],
    ['the method XPOST', { method: 'XPOST' }, 'method-not-allowed', 405],
    ['the method POSTS', { method: 'POSTS' }, 'method-not-allowed', 405],
    ['a missing signature', { headers: {} }, 'signature-missing', 401],
    ['a malformed signature', { headers: { 'x-gallabox-signature': 'abc' } }, 'signature-malformed', 401],
    ['an empty signature', { headers: { 'x-gallabox-signature': '' } }, 'signature-malformed', 401],
  ] as const)('rejects %s', async (_title, changes, code, status) => {
    let read = false
    const input = delivery({
      ...changes,
      rawBody: () => {
        read = true
        return '{}'
      },
    })
    expect(await verifyDelivery(input, { secret })).toMatchObject({ ok: false, code, status })
    expect(read).toBe(false)
  })

  test('rejects a required header, an encoding and a declared length, in this order', async () => {
    const options = { secret, requiredHeaders: { 'X-Tenant': 'a' }, maxBodyBytes: 10 }
    const rawBody = () => {
      throw new Error('must not be called')
    }
    const codeOf = async (headers: Record<string, string>) => {
      const result = await verifyDelivery(
        delivery({ rawBody, headers: { ...delivery().headers, ...headers } }),
        options,
      )
      return result.ok || result.code
    }
    expect(await codeOf({ 'x-tenant': 'b', 'content-encoding': 'gzip' })).toBe('required-header-mismatch')
    expect(await codeOf({ 'x-tenant': 'a', 'content-encoding': 'gzip', 'content-length': '99' })).toBe('body-encoded')
    expect(await codeOf({ 'x-tenant': 'a', 'content-encoding': 'identity', 'content-length': '99' })).toBe(
      'body-too-large',
    )
  })

  test.each(['post', 'Put', 'PATCH', undefined])('accepts the method %s', async (method) => {
    expect(await verifyDelivery(delivery({ method }), { secret })).toMatchObject({ ok: true })
  })

  test('accepts headers as a Headers object and as a record in any letter case', async () => {
    const { headers } = delivery()
    const uppercase = Object.fromEntries(
      Object.entries(headers as object).map(([name, value]) => [name.toUpperCase(), value]),
    )
    for (const input of [
      { 'X-Gallabox-Signature': undefined, ...headers },
      new Headers(headers as Record<string, string>),
      uppercase,
      { ...headers, 'x-none': undefined },
    ]) {
      expect(await verifyDelivery(delivery({ headers: input }), { secret })).toMatchObject({ ok: true })
    }
  })

  test('ignores a header that is undefined, in any letter case', async () => {
    const input = delivery()
    const headers = { ...input.headers, 'X-GALLABOX-SIGNATURE': undefined, 'Content-Encoding': undefined }
    expect(await verifyDelivery({ ...input, headers } as Delivery, { secret })).toMatchObject({ ok: true })
  })

  test('accepts a declared length of exactly the limit, and rejects a longer one', async () => {
    const input = delivery()
    const maxBodyBytes = Buffer.byteLength(input.rawBody as string)
    const headers = { ...input.headers, 'content-length': String(maxBodyBytes) } as Record<string, string>
    expect(await verifyDelivery({ ...input, headers }, { secret, maxBodyBytes })).toMatchObject({ ok: true })
    expect(await verifyDelivery({ ...input, headers }, { secret, maxBodyBytes: maxBodyBytes - 1 })).toMatchObject({
      code: 'body-too-large',
    })
  })

  test('rejects a signature that is sent twice, as a list or in two letter cases of the header', async () => {
    const { headers } = delivery() as { headers: Record<string, string> }
    const signature = headers['x-gallabox-signature'] as string
    for (const repeated of [
      { 'x-gallabox-signature': [signature, signature] },
      { 'X-Gallabox-Signature': signature },
    ]) {
      const result = await verifyDelivery(delivery({ headers: { ...headers, ...repeated } }), { secret })
      expect(result).toMatchObject({ ok: false, code: 'signature-malformed' })
    }
  })
})

describe('verifyDelivery, when it reads the body', () => {
  const options = { secret, maxBodyBytes: 2000, bodyTimeoutMs: 30 }

  test('passes the limits to a rawBody function, which can be synchronous or not', async () => {
    const { rawBody } = delivery()
    const limits: unknown[] = []
    for (const read of [() => rawBody as string, async () => Buffer.from(rawBody as string)]) {
      const input = delivery({
        rawBody: (limit) => {
          limits.push(limit)
          return read()
        },
      })
      expect(await verifyDelivery(input, options)).toMatchObject({ ok: true })
    }
    expect(limits).toEqual(Array(2).fill({ maxBytes: 2000, timeoutMs: 30 }))
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('socket hang up')
      },
      'body-aborted',
      400,
    ],
    [
      'throws undefined',
      () => {
        throw undefined
      },
      'body-aborted',
      400,
    ],
    [
      'rejects',
      async () => {
        throw new Error('socket hang up')
      },
      'body-aborted',
      400,
    ],
    [
      'rejects with a read code',
      async () => {
        throw Object.assign(new Error('the reason'), { code: 'body-already-read' })
      },
      'body-already-read',
      500,
    ],
    [
      'rejects with an object that has only a read code',
      async () => {
        throw { code: 'body-too-large' }
      },
      'body-too-large',
      413,
    ],
    [
      'rejects with another code',
      async () => {
        throw Object.assign(new Error('x'), { code: 'signature-mismatch' })
      },
      'body-aborted',
      400,
    ],
    ['never settles', () => new Promise<never>(() => {}), 'body-timeout', 408],
    ['returns a parsed object', async () => ({}) as never, 'body-already-parsed', 500],
    ['returns undefined', () => undefined as never, 'body-already-parsed', 500],
    ['returns more than the limit', () => 'a'.repeat(2001), 'body-too-large', 413],
  ] as const)('rejects the delivery when a rawBody function %s', async (_title, rawBody, code, status) => {
    expect(await verifyDelivery(delivery({ rawBody }), options)).toMatchObject({ ok: false, code, status })
  })

  test('reads a body and times out when the runtime has no setImmediate, like a browser', async () => {
    vi.stubGlobal('setImmediate', undefined)
    vi.stubGlobal('clearImmediate', undefined)
    const { rawBody } = delivery()
    const readSlowly = async () => rawBody as string
    expect(await verifyDelivery(delivery({ rawBody: readSlowly }), options)).toMatchObject({ ok: true })
    const neverSettle = () => new Promise<never>(() => {})
    expect(await verifyDelivery(delivery({ rawBody: neverSettle }), options)).toMatchObject({ code: 'body-timeout' })
    vi.unstubAllGlobals()
  })

  test('returns the message of an error with a read code', async () => {
    const rawBody = () => {
      throw Object.assign(new Error('Mount me first.'), { code: 'body-already-parsed' })
    }
    expect(await verifyDelivery(delivery({ rawBody }), options)).toMatchObject({
      message: 'body already parsed. Mount me first.',
    })
  })

  async function verifyWhileChanging(title: string, bodyOf: (bytes: Buffer) => Partial<Delivery>, ticks: number) {
    // Comparing a required header is asynchronous, which delays the copy of the bytes.
    const requiredHeaders = { 'x-static': 'a value' }
    const original = delivery()
    const headers = { ...original.headers, ...requiredHeaders }
    const source = Buffer.from(original.rawBody as string)
    const buffer = title === 'shared memory' ? new SharedArrayBuffer(source.length) : new ArrayBuffer(source.length)
    const bytes = Buffer.from(buffer)
    bytes.set(source)
    const verifying = verifyDelivery({ ...original, headers, ...bodyOf(bytes) } as Delivery, {
      secret,
      requiredHeaders,
    })
    for (let tick = 0; tick < ticks; tick++) await undefined
    bytes.fill('x')
    const result = await verifying
    if (result.ok) expect(Buffer.from(result.context.rawBody).toString()).toBe(original.rawBody)
    else expect(result.code).toBe('signature-mismatch')
    return result.ok
  }

  test.each<[string, (bytes: Buffer) => Partial<Delivery>]>([
    ['a Buffer', (bytes) => ({ rawBody: bytes })],
    ['a Buffer from a function', (bytes) => ({ rawBody: () => bytes })],
    ['an ArrayBuffer', (bytes) => ({ rawBody: bytes.buffer as ArrayBuffer })],
    ['shared memory', (bytes) => ({ rawBody: new Uint8Array(bytes.buffer) })],
  ])('returns the bytes that it verified when %s changes meanwhile', async (title, bodyOf) => {
    const results: boolean[] = []
    for (let ticks = 0; ticks < 20; ticks++) results.push(await verifyWhileChanging(title, bodyOf, ticks))
    expect(new Set(results)).toEqual(new Set([false, true]))
  })

  test('applies the limit when the raw body is not a function', async () => {
    const rawBody = 'a'.repeat(2001)
    const headers = { 'x-gallabox-signature': signBody(rawBody, secret) }
    expect(await verifyDelivery({ headers, rawBody }, options)).toMatchObject({ ok: false, code: 'body-too-large' })
  })
})

test('rejects bytes that are not UTF-8 when they are the first delivery', async () => {
  vi.resetModules()
  const { verifyDelivery: verify } = await import('gallabox-webhooks')
  const rawBody = Buffer.from([0x22, 0xff, 0x22])
  const headers = { 'x-gallabox-signature': signBody(rawBody, secret) }
  expect(await verify({ headers, rawBody }, { secret })).toMatchObject({ code: 'body-not-utf8' })
})

test('accepts the longest timer delay', async () => {
  expect(await verifyDelivery(delivery(), { secret, bodyTimeoutMs: 2 ** 31 - 1 })).toMatchObject({ ok: true })
})

describe('verifyDelivery, when it identifies the event', () => {
  const identify = async (rawBody: string | Uint8Array, name?: string) => {
    const headers = {
      'x-gallabox-signature': signBody(rawBody, secret),
      ...(name !== undefined && { 'x-event-name': name }),
    }
    const result = await verifyDelivery({ headers, rawBody }, { secret })
    return result.ok ? result.event : result.code
  }

  test.each([
    ['', 'body-not-json'],
    ['{', 'body-not-json'],
    [Buffer.from([0xff]), 'body-not-utf8'],
    [Buffer.from([0xef, 0xbb, 0xbf, 0xc0, 0x80]), 'body-not-utf8'],
  ])('rejects the signed body %j', async (rawBody, code) => {
    expect(await identify(rawBody)).toBe(code)
  })

  test.each(['{}', 'null', '[]', '1', '"text"', 'true', '[1e400]', '{"a":12345678901234567890}', '{"id":1,"id":2}'])(
    'returns an unrecognized event when the body is %s',
    async (rawBody) => {
      expect(await identify(rawBody, 'Message.Received')).toMatchObject({
        type: 'unrecognized',
        reason: 'unexpected-shape',
      })
      expect(await identify(rawBody)).toMatchObject({ type: 'unrecognized', reason: 'no-name', name: null, issues: [] })
    },
  )

  test('accepts ten thousand nested arrays and rejects too many', async () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000)
    expect(await identify(deep)).toMatchObject({ type: 'unrecognized' })
    expect(await identify('['.repeat(400_000))).toBe('body-not-json')
  })

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'Ticket.Opened',
    'unrecognized',
    'İ',
    'x'.repeat(10_000),
  ])('returns an unrecognized event when the name is %s', async (name) => {
    expect(await identify('{}', name)).toMatchObject({ type: 'unrecognized', reason: 'unknown-name', name })
  })

  test('treats an empty name as missing', async () => {
    expect(await identify('{}', '')).toMatchObject({ reason: 'no-name', name: null })
    expect(await identify('{}', '  ')).toMatchObject({ reason: 'no-name', name: null })
  })

  test('does not change a prototype when the body has its keys', async () => {
    const event = await identify(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      'Message.Received',
    )
    expect(event).toMatchObject({ reason: 'unexpected-shape' })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('context', () => {
  test('key() returns the SHA-256 of name, newline and body, for every name of the event', async () => {
    const keyOf = async (name?: string, rawBody = '{"id":"1"}') => {
      const headers = { 'x-gallabox-signature': signBody(rawBody, secret), ...(name && { 'x-event-name': name }) }
      const result = await verifyDelivery({ headers, rawBody }, { secret })
      return result.ok ? result.context.key() : undefined
    }
    const { createHash } = await import('node:crypto')
    expect(await keyOf('Contact.mapped')).toBe(
      createHash('sha256').update('Contact.Tag.Mapped\n{"id":"1"}').digest('hex'),
    )
    expect(await keyOf('contact.tag.mapped')).toBe(await keyOf('Contact.mapped'))
    expect(await keyOf(' Ticket.Opened ')).toBe(createHash('sha256').update('ticket.opened\n{"id":"1"}').digest('hex'))
    expect(await keyOf()).toBe(createHash('sha256').update('\n{"id":"1"}').digest('hex'))
    expect(await keyOf('Ticket.Closed')).not.toBe(await keyOf('Ticket.Opened'))
    expect(await keyOf('Contact.mapped', '{}')).not.toBe(await keyOf('Contact.mapped'))
  })

  test('header() ignores letter case and joins repeated headers', async () => {
    const headers = { ...delivery().headers, 'X-Via': ['a', 'b'], 'x-to': '1', 'X-To': '2', 'x-gone': undefined }
    const result = await verifyDelivery(delivery({ headers }), { secret })
    if (!result.ok) throw new Error(result.message)
    const { context } = result
    expect(context.header('X-TO')).toBe('1, 2')
    expect([context.header('x-via'), context.header('X-EVENT-NAME'), context.header('x-gone')]).toEqual([
      'a, b',
      'Message.Received',
      null,
    ])
    expect([context.header('__proto__'), context.header('toString')]).toEqual([null, null])
  })

  test('key() returns the same promise each time', async () => {
    const result = await verifyDelivery(delivery(), { secret })
    if (!result.ok) throw new Error(result.message)
    expect(result.context.key()).toBe(result.context.key())
  })

  test('shows no secret, body, header or digest when it is inspected', async () => {
    const input = delivery()
    const result = await verifyDelivery(input, { secret })
    if (!result.ok) throw new Error(result.message)
    const shown = inspect(result.context, { depth: 10, showHidden: true }) + JSON.stringify(result.context)
    expect(shown).toContain('receivedAt')
    for (const hidden of [
      secret,
      'Namaste',
      (input.headers as Record<string, string>)['x-gallabox-signature'] as string,
    ]) {
      expect(shown).not.toContain(hidden)
    }
  })
})

describe('verifyDelivery on an unusual platform', () => {
  test.each([1, true, ['a', 'b'], 'Symbol.iterator'])('accepts a header that is %j', async (value) => {
    const { headers, ...rest } = delivery()
    const unusualHeaders = { ...headers, 'x-event-name': value, 'content-encoding': undefined } as never
    expect(await verifyDelivery({ ...rest, headers: unusualHeaders }, { secret })).toMatchObject({
      event: { type: 'unrecognized', reason: expect.stringMatching(/^(unknown|no)-name$/) },
    })
  })

  test('rejects a forged delivery when Object.prototype is polluted', async () => {
    const polluted = Object.prototype as Record<string, unknown>
    Object.assign(polluted, { ok: true, event: { type: 'Message.Received' }, facts: {} })
    try {
      const forged = await verifyDelivery(delivery({ secret: 'forged' }), { secret })
      expect(Object.hasOwn(forged, 'ok') && forged.ok).toBe(false)
      expect((await verifyDelivery(delivery(), { secret })).ok).toBe(true)
    } finally {
      for (const key of ['ok', 'event', 'facts']) delete polluted[key]
    }
  })
})
