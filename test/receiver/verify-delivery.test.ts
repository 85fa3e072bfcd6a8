import { inspect } from 'node:util'
import { type Delivery, verifyDelivery } from 'gallabox-webhooks'
import { samplePayload, signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test, vi } from 'vitest'
import { badSecrets } from '../support/bad-secrets.js'
import { delivery, secret } from '../support/deliveries.js'

describe('verifyDelivery', () => {
  test('a genuine delivery is an event with its context', async () => {
    const result = await verifyDelivery(delivery(), { secret })
    if (!result.ok) throw new Error(result.message)
    expect(result.event).toEqual({ type: 'Message.Received', data: samplePayload('Message.Received') })
    expect(result.context.secretId).toBe('1')
    expect(result.context.receivedAt).toBeInstanceOf(Date)
  })

  test('a refusal says why, with the status to answer', async () => {
    expect(await verifyDelivery(delivery({ secret: 'forged' }), { secret })).toEqual({
      ok: false,
      code: 'signature-mismatch',
      status: 401,
      message: expect.stringContaining('signature'),
    })
  })

  test.each(badSecrets)('a secret that is %s rejects with a TypeError', async (_title, bad) => {
    await expect(verifyDelivery(delivery(), { secret: bad as never })).rejects.toThrow(TypeError)
  })

  test.each([{ id: 1 }, undefined, null, 42])(
    'a raw body that is %j rejects with a TypeError, whatever the headers',
    async (rawBody) => {
      const given = delivery({ rawBody: rawBody as never, headers: {} })
      await expect(verifyDelivery(given, { secret })).rejects.toThrow(/raw body must be/)
    },
  )

  test.each([
    ['limitBytes', { limitBytes: 0 }],
    ['limitBytes', { limitBytes: Number.POSITIVE_INFINITY }],
    ['bodyTimeoutMs', { bodyTimeoutMs: 2 ** 31 }],
    ['bodyTimeoutMs', { bodyTimeoutMs: '10' as never }],
    ['requiredHeaders', { requiredHeaders: { 'x-tenant': undefined } }],
    ['requiredHeaders', { requiredHeaders: { 'x-tenant': '' } }],
  ])('a wrong %s rejects with a TypeError that names it: %j', async (name, options) => {
    const attempt = verifyDelivery(delivery(), { secret, ...options })
    await expect(attempt).rejects.toThrow(TypeError)
    await expect(attempt).rejects.toThrow(name)
  })
})

describe('the gate', () => {
  test.each([
    ['a method that no webhook uses', { method: 'GET' }, 'method-not-allowed', 405],
    ['a method that ends like one', { method: 'XPOST' }, 'method-not-allowed', 405],
    ['a method that starts like one', { method: 'POSTS' }, 'method-not-allowed', 405],
    ['no signature', { headers: {} }, 'signature-missing', 401],
    ['a malformed signature', { headers: { 'x-gallabox-signature': 'abc' } }, 'signature-malformed', 401],
    ['an empty signature', { headers: { 'x-gallabox-signature': '' } }, 'signature-malformed', 401],
  ] as const)('%s is refused before the body is touched', async (_title, changes, code, status) => {
    let read = false
    const given = delivery({
      ...changes,
      rawBody: () => {
        read = true
        return '{}'
      },
    })
    expect(await verifyDelivery(given, { secret })).toMatchObject({ ok: false, code, status })
    expect(read).toBe(false)
  })

  test('a required header, an encoding and a declared length are refused before the body is touched', async () => {
    const options = { secret, requiredHeaders: { 'X-Tenant': 'a' }, limitBytes: 10 }
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

  test.each(['post', 'Put', 'PATCH', undefined])('the method %s passes', async (method) => {
    expect(await verifyDelivery(delivery({ method }), { secret })).toMatchObject({ ok: true })
  })

  test('headers may be a Headers, or a record in any case', async () => {
    const { headers } = delivery()
    const shouted = Object.fromEntries(
      Object.entries(headers as object).map(([name, value]) => [name.toUpperCase(), value]),
    )
    for (const given of [
      { 'X-Gallabox-Signature': undefined, ...headers },
      new Headers(headers as Record<string, string>),
      shouted,
      { ...headers, 'x-none': undefined },
    ]) {
      expect(await verifyDelivery(delivery({ headers: given }), { secret })).toMatchObject({ ok: true })
    }
  })

  test('a header that is undefined is none, whatever its spelling', async () => {
    const given = delivery()
    const headers = { ...given.headers, 'X-GALLABOX-SIGNATURE': undefined, 'Content-Encoding': undefined }
    expect(await verifyDelivery({ ...given, headers } as Delivery, { secret })).toMatchObject({ ok: true })
  })

  test('a declared length of exactly the limit passes', async () => {
    const given = delivery()
    const limitBytes = Buffer.byteLength(given.rawBody as string)
    const headers = { ...given.headers, 'content-length': String(limitBytes) } as Record<string, string>
    expect(await verifyDelivery({ ...given, headers }, { secret, limitBytes })).toMatchObject({ ok: true })
    expect(await verifyDelivery({ ...given, headers }, { secret, limitBytes: limitBytes - 1 })).toMatchObject({
      code: 'body-too-large',
    })
  })

  test('a signature that comes twice is malformed, as a list or under two spellings of its name', async () => {
    const { headers } = delivery() as { headers: Record<string, string> }
    const signature = headers['x-gallabox-signature'] as string
    for (const twice of [
      { 'x-gallabox-signature': [signature, signature] },
      { 'x-gallabox-signature': [signature] },
      { 'X-Gallabox-Signature': signature },
    ]) {
      const result = await verifyDelivery(delivery({ headers: { ...headers, ...twice } }), { secret })
      expect(result).toMatchObject({ ok: false, code: 'signature-malformed' })
    }
  })
})

describe('reading', () => {
  const options = { secret, limitBytes: 2000, bodyTimeoutMs: 30 }

  test('a function is given the limits, and may answer at once or later', async () => {
    const { rawBody } = delivery()
    const limits: unknown[] = []
    for (const read of [() => rawBody as string, async () => Buffer.from(rawBody as string)]) {
      const given = delivery({
        rawBody: (limit) => {
          limits.push(limit)
          return read()
        },
      })
      expect(await verifyDelivery(given, options)).toMatchObject({ ok: true })
    }
    expect(limits).toEqual(Array(2).fill({ limitBytes: 2000, timeoutMs: 30 }))
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
      'rejects with a read code alone',
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
    ['never ends', () => new Promise<never>(() => {}), 'body-timeout', 408],
    ['gives a parsed object', async () => ({}) as never, 'body-already-parsed', 500],
    ['gives nothing', () => undefined as never, 'body-already-parsed', 500],
    ['gives too much', () => 'a'.repeat(2001), 'body-too-large', 413],
  ] as const)('a function that %s ends the walk', async (_title, rawBody, code, status) => {
    expect(await verifyDelivery(delivery({ rawBody }), options)).toMatchObject({ ok: false, code, status })
  })

  test('a runtime without turns, as a browser is, waits for what comes and gives up what never ends', async () => {
    vi.stubGlobal('setImmediate', undefined)
    vi.stubGlobal('clearImmediate', undefined)
    const { rawBody } = delivery()
    const comes = async () => rawBody as string
    expect(await verifyDelivery(delivery({ rawBody: comes }), options)).toMatchObject({ ok: true })
    const neverEnds = () => new Promise<never>(() => {})
    expect(await verifyDelivery(delivery({ rawBody: neverEnds }), options)).toMatchObject({ code: 'body-timeout' })
    vi.unstubAllGlobals()
  })

  test("a reader's own message about a read code reaches the user", async () => {
    const rawBody = () => {
      throw Object.assign(new Error('Mount me first.'), { code: 'body-already-parsed' })
    }
    expect(await verifyDelivery(delivery({ rawBody }), options)).toMatchObject({ message: 'Mount me first.' })
  })

  async function verifyWhileChanging(title: string, give: (bytes: Buffer) => Partial<Delivery>, ticks: number) {
    // A header to compare makes the walk wait before it takes the bytes.
    const requiredHeaders = { 'x-static': 'a value' }
    const genuine = delivery()
    const headers = { ...genuine.headers, ...requiredHeaders }
    const source = Buffer.from(genuine.rawBody as string)
    const memory = title === 'shared memory' ? new SharedArrayBuffer(source.length) : new ArrayBuffer(source.length)
    const bytes = Buffer.from(memory)
    bytes.set(source)
    const verifying = verifyDelivery({ ...genuine, headers, ...give(bytes) } as Delivery, { secret, requiredHeaders })
    for (let tick = 0; tick < ticks; tick++) await undefined
    bytes.fill('x')
    const result = await verifying
    if (result.ok) expect(Buffer.from(result.context.rawBody).toString()).toBe(genuine.rawBody)
    else expect(result.code).toBe('signature-mismatch')
    return result.ok
  }

  test.each<[string, (bytes: Buffer) => Partial<Delivery>]>([
    ['bytes that are given', (bytes) => ({ rawBody: bytes })],
    ['bytes that are kept', (bytes) => ({ rawBody: () => bytes })],
    ['an ArrayBuffer', (bytes) => ({ rawBody: bytes.buffer as ArrayBuffer })],
    ['shared memory', (bytes) => ({ rawBody: new Uint8Array(bytes.buffer) })],
  ])('of %s, what is handed on is what was verified, whenever their owner changes them', async (title, give) => {
    const results: boolean[] = []
    for (let ticks = 0; ticks < 20; ticks++) results.push(await verifyWhileChanging(title, give, ticks))
    expect(new Set(results)).toEqual(new Set([false, true]))
  })

  test('a body that is given whole is held to the limit too', async () => {
    const rawBody = 'a'.repeat(2001)
    const headers = { 'x-gallabox-signature': signBody(rawBody, secret) }
    expect(await verifyDelivery({ headers, rawBody }, options)).toMatchObject({ ok: false, code: 'body-too-large' })
  })
})

test('bytes that are no UTF-8 are refused from the first delivery on', async () => {
  vi.resetModules()
  const { verifyDelivery: verify } = await import('gallabox-webhooks')
  const rawBody = Buffer.from([0x22, 0xff, 0x22])
  const headers = { 'x-gallabox-signature': signBody(rawBody, secret) }
  expect(await verify({ headers, rawBody }, { secret })).toMatchObject({ code: 'body-not-utf8' })
})

test('the longest time that timers can hold is none too long', async () => {
  expect(await verifyDelivery(delivery(), { secret, bodyTimeoutMs: 2 ** 31 - 1 })).toMatchObject({ ok: true })
})

describe('identifying', () => {
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
  ])('a genuine body that cannot be read is refused: %j', async (rawBody, code) => {
    expect(await identify(rawBody)).toBe(code)
  })

  test.each(['{}', 'null', '[]', '1', '"text"', 'true', '[1e400]', '{"a":12345678901234567890}', '{"id":1,"id":2}'])(
    'any JSON is an event: %s',
    async (rawBody) => {
      expect(await identify(rawBody, 'Message.Received')).toMatchObject({
        type: 'unrecognized',
        reason: 'unexpected-shape',
      })
      expect(await identify(rawBody)).toMatchObject({ type: 'unrecognized', reason: 'no-name', name: null, issues: [] })
    },
  )

  test('ten thousand levels are no trouble', async () => {
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
  ])('the name %s is unknown, and no more', async (name) => {
    expect(await identify('{}', name)).toMatchObject({ type: 'unrecognized', reason: 'unknown-name', name })
  })

  test('an empty name is no name', async () => {
    expect(await identify('{}', '')).toMatchObject({ reason: 'no-name', name: null })
    expect(await identify('{}', '  ')).toMatchObject({ reason: 'no-name', name: null })
  })

  test('keys of the body reach no prototype', async () => {
    const event = await identify(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      'Message.Received',
    )
    expect(event).toMatchObject({ reason: 'unexpected-shape' })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('the context', () => {
  test('its key is the SHA-256 of name, newline and bytes, the same for every spelling of the name', async () => {
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
    expect(await keyOf('Ticket.Opened')).toBe(createHash('sha256').update('unrecognized\n{"id":"1"}').digest('hex'))
    expect(await keyOf()).toBe(await keyOf('Ticket.Closed'))
    expect(await keyOf('Contact.mapped', '{}')).not.toBe(await keyOf('Contact.mapped'))
  })

  test('its headers are found in any case, and repeated ones are joined', async () => {
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

  test('it is computed once', async () => {
    const result = await verifyDelivery(delivery(), { secret })
    if (!result.ok) throw new Error(result.message)
    expect(result.context.key()).toBe(result.context.key())
  })

  test('no secret, body, header or digest shows when it is inspected', async () => {
    const given = delivery()
    const result = await verifyDelivery(given, { secret })
    if (!result.ok) throw new Error(result.message)
    const shown = inspect(result.context, { depth: 10, showHidden: true }) + JSON.stringify(result.context)
    expect(shown).toContain('receivedAt')
    for (const hidden of [
      secret,
      'Namaste',
      (given.headers as Record<string, string>)['x-gallabox-signature'] as string,
    ]) {
      expect(shown).not.toContain(hidden)
    }
  })
})

describe('a platform that is odd', () => {
  test.each([1, true, ['a', 'b'], Symbol.iterator.description])('a header that is %j harms nobody', async (value) => {
    const { headers, ...rest } = delivery()
    const odd = { ...headers, 'x-event-name': value, 'content-encoding': undefined } as never
    expect(await verifyDelivery({ ...rest, headers: odd }, { secret })).toMatchObject({
      event: { type: 'unrecognized', reason: 'unknown-name' },
    })
  })

  test('a polluted prototype lets nothing through', async () => {
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
