import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { entityIds, eventTypes, type GallaboxEvent, messageContent, verifySignature } from 'gallabox-webhooks'
import {
  createSender,
  sampledEventTypes,
  samplePayload,
  sampleVariants,
  signBody,
  signDelivery,
  toRequest,
} from 'gallabox-webhooks/testing'
import { webhookHandler } from 'gallabox-webhooks/web'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { badSecrets } from '../support/bad-secrets.js'

const secret = 'whsec_Jg8mZ2vQ'
const payload = samplePayload('Message.received')
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Starts a server that responds with each status in turn and records its requests. A status of 0 never responds. */
async function startServer(...statuses: number[]) {
  const received: { method: string | undefined; headers: IncomingMessage['headers']; body: string; at: number }[] = []
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    received.push({
      method: req.method,
      headers: req.headers,
      body: Buffer.concat(chunks).toString(),
      at: performance.now(),
    })
    const status = statuses[received.length - 1] ?? 200
    if (status === 0) return
    res.writeHead(status, status === 302 ? { location: '/elsewhere' } : {})
    res.end('a response')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

describe('signBody', () => {
  test('encodes as base64 by default, or as hex', () => {
    expect(signBody('{}', secret)).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(signBody('{}', secret, 'hex')).toBe(Buffer.from(signBody('{}', secret), 'base64').toString('hex'))
    expect(signBody(Uint8Array.from(Buffer.from('{}')).buffer, secret)).toBe(signBody('{}', secret))
  })

  test.each(badSecrets)('rejects a secret that is %s', (_title, bad) => {
    expect(() => signBody('{}', bad as never)).toThrow(TypeError)
  })

  test('rejects a parsed object', () => {
    expect(() => signBody({} as never, secret)).toThrow(TypeError)
  })
})

describe('signDelivery', () => {
  test('has the headers that Gallabox sends, with the wire name', () => {
    const { method, headers, body } = signDelivery('Contact.mapped', samplePayload('Contact.mapped'), { secret })
    expect(method).toBe('POST')
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-event-name': 'Contact.Tag.Mapped',
      'x-gallabox-signature': expect.any(String),
    })
    expect(verifySignature(body, headers['x-gallabox-signature'], secret)).toBe(true)
  })

  test('sends no signature when the secret is null', () => {
    expect(signDelivery('Message.received', payload, { secret: null }).headers).not.toHaveProperty(
      'x-gallabox-signature',
    )
  })

  test.each(badSecrets.filter(([, bad]) => bad !== null))('rejects a secret that is %s', (_title, bad) => {
    expect(() => signDelivery('Message.received', payload, { secret: bad as never })).toThrow(TypeError)
    expect(() => createSender({ url: 'http://localhost/', secret: bad as never })).toThrow(TypeError)
  })

  test('rejects a missing secret and says how to send without a signature', () => {
    const message = "secret: missing. Pass the webhook's secret, or null to send without a signature."
    expect(() => signDelivery('Message.received', payload, {} as never)).toThrow(`signDelivery.${message}`)
    expect(() => createSender({ url: 'http://localhost/', secret: undefined })).toThrow(`createSender.${message}`)
  })

  test('rejects a list of secrets', () => {
    expect(() => signDelivery('Message.received', payload, { secret: ['a', 'b'] as never })).toThrow(
      'signDelivery.secret: must be a string or a Uint8Array, got array.',
    )
  })

  test('replaces default headers by name in any letter case', () => {
    const headers = { 'Content-Type': 'text/plain', 'X-Event-Name': 'Message.Recieved', 'X-Tenant': 'chai' }
    expect(signDelivery('Message.received', payload, { secret: null, headers }).headers).toEqual({
      'content-type': 'text/plain',
      'x-event-name': 'Message.Recieved',
      'x-tenant': 'chai',
    })
  })

  test('leaves out headers whose value is undefined', () => {
    const headers = { 'content-type': undefined } as never
    expect(signDelivery('Message.received', payload, { secret, headers }).headers['content-type']).toBe(
      'application/json',
    )
  })

  test.each([
    [null, 'signDelivery: must be an object, got null.'],
    [{ secert: 'a' }, 'signDelivery: unknown option "secert". Did you mean "secret"?'],
    [{ secret, headers: null }, 'signDelivery.headers: must be an object, got null.'],
    [{ secret, headers: { 'x-tenant': 1 } }, 'signDelivery.headers.x-tenant: must be a string, got number.'],
    [{ secret, headers: new Headers({ 'x-tenant': 'a' }) }, 'signDelivery.headers: must be a plain object'],
    [{ secret, method: null }, 'signDelivery.method: must be a string, got null.'],
    [{ secret, encoding: 'base64url' }, 'encoding: must be "base64" or "hex", got string.'],
    [{ secret, encoding: null }, 'encoding: must be "base64" or "hex", got null.'],
  ])('rejects the options %j', (options, message) => {
    const sign = () => signDelivery('Message.received', payload, options as never)
    expect(sign).toThrow(TypeError)
    expect(sign).toThrow(message)
  })

  test('rejects a misspelled event name with the nearest known one', () => {
    expect(() => signDelivery('Message.recieved', payload, { secret })).toThrow(
      'signDelivery: unknown event "Message.recieved". Did you mean "Message.Received"?',
    )
    expect(() => signDelivery(undefined as unknown as string, payload, { secret })).toThrow(
      'signDelivery: must be an event name, got undefined.',
    )
  })

  test('sends an unknown event name as it is, with the options', () => {
    const delivery = signDelivery(
      'Ticket.Opened',
      { any: 1 },
      { secret, encoding: 'hex', method: 'PUT', headers: { 'x-tenant': 'a' } },
    )
    expect(delivery).toMatchObject({ method: 'PUT', headers: { 'x-event-name': 'Ticket.Opened', 'x-tenant': 'a' } })
    expect(delivery.headers['x-gallabox-signature']).toHaveLength(64)
  })
})

test('toRequest creates a Request for a Web handler', async () => {
  const seen: string[] = []
  const handler = webhookHandler({ secret, onEvent: (event) => seen.push(event.type) })
  const request = toRequest(signDelivery('Message.received', payload, { secret }), 'http://localhost/hook')
  expect((await handler(request)).status).toBe(200)
  expect(seen).toEqual(['Message.Received'])
})

test.each([
  ['/hook', ''],
  ['localhost:3000/hook', ''],
  ['', ''],
  [undefined, ', got undefined'],
  [null, ', got null'],
])('the URL %j is rejected with an example', (url, got) => {
  const message = `must be an absolute URL${got}. Pass a string such as "http://localhost:3000/webhooks/gallabox".`
  const delivery = signDelivery('Message.received', payload, { secret })
  expect(() => toRequest(delivery, url as never)).toThrow(new TypeError(`toRequest: ${message}`))
  expect(() => createSender({ url: url as never, secret })).toThrow(new TypeError(`createSender.url: ${message}`))
})

describe('samplePayload', () => {
  test('has a sample of each event whose payload is known', () => {
    const unknown = eventTypes.filter((type) => !(sampledEventTypes as readonly string[]).includes(type))
    expect(unknown).toEqual([
      'Conversation.HandoverAgentFallback',
      'Conversation.InactiveAgentFallback',
      'Conversation.AI.Analyse',
      'Broadcast.WA.Message.Status.Received',
      'Broadcast.WA.Message.Status.Failed',
      'Broadcast.WA.Message.Engaged.Received',
    ])
  })

  test('returns a new object each time, which shares nothing with the last', () => {
    for (const type of sampledEventTypes) {
      for (const variant of sampleVariants(type)) {
        const [first, second] = [samplePayload(type, variant), samplePayload(type, variant)]
        expect(first).toEqual(second)
        const objects = new Set<unknown>(objectsIn(first))
        expect(objectsIn(second).some((object) => objects.has(object))).toBe(false)
      }
    }
  })

  test('has a sample of each kind of content', () => {
    const kinds = sampleVariants('Message.Received').map((variant) => {
      const data = samplePayload('Message.Received', variant)
      return [variant, messageContent({ type: 'Message.Received', data }).kind]
    })
    expect(kinds).toEqual([
      ['text', 'text'],
      ['quick-reply', 'button'],
      ['button', 'button'],
      ['list', 'list'],
      ['image', 'image'],
      ['video', 'video'],
      ['audio', 'audio'],
      ['document', 'document'],
      ['sticker', 'sticker'],
      ['location', 'location'],
      ['contacts', 'contacts'],
      ['referral', 'text'],
      ['flow', 'flow'],
    ])
    expect(sampleVariants('Message.Send')).toEqual(['template', 'text', 'image', 'note'])
    expect(sampleVariants('Message.WA.Status.Received')).toEqual(['read', 'delivered', 'sent'])
    expect(sampleVariants('Contact.mapped')).toEqual(['default'])
  })

  test('returns the first variant by default', () => {
    for (const type of sampledEventTypes) {
      const [first] = sampleVariants(type)
      expect(samplePayload(type)).toEqual(samplePayload(type, first))
    }
  })

  test('uses each message id in one message only', () => {
    const messages = (['Message.Received', 'Message.Send'] as const).flatMap((type) =>
      sampleVariants(type).map((variant) => entityIds({ type, data: samplePayload(type, variant) } as GallaboxEvent)),
    )
    for (const id of ['messageId', 'whatsappMessageId'] as const) {
      const ids = messages.map((message) => message[id]).filter((found) => found !== undefined)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  test('has the same Flow data in both of its events', () => {
    const { flowResponse } = samplePayload('Message.Flow.Received')
    const { localMessageId, whatsapp } = samplePayload('Message.Received', 'flow')
    expect(localMessageId).toBe(flowResponse.localMessageId)
    expect(JSON.parse(whatsapp?.interactive?.nfm_reply?.response_json ?? '')).toEqual(flowResponse.flowData)
  })

  test('rejects an unknown variant with the nearest known one, or with all', () => {
    expect(() => samplePayload('Message.Received', 'imag' as never)).toThrow(
      new TypeError('samplePayload: Message.Received has no variant "imag". Did you mean "image"?'),
    )
    expect(() => samplePayload('Message.Send', 'toString' as never)).toThrow(
      new TypeError('samplePayload: Message.Send has no variant "toString". Variants: template, text, image, note.'),
    )
    expect(() => sampleVariants('Contact.Creatd' as never)).toThrow(
      new TypeError('sampleVariants: no sample for "Contact.Creatd". Did you mean "Contact.Created"?'),
    )
  })

  test.each(['Broadcast.WA.Message.Status.Failed', 'Ticket.Opened', 'toString', '__proto__', '', undefined])(
    'rejects %s and lists the events without a sample',
    (name) => {
      expect(() => samplePayload(name as never)).toThrow(TypeError)
      expect(() => samplePayload(name as never)).toThrow(/Broadcast/)
    },
  )

  test('writes phone numbers with "+" only on Contact.Created and Contact.Updated', () => {
    for (const type of sampledEventTypes) {
      const plus = /"\+\d/.test(JSON.stringify(samplePayload(type)))
      expect([type, plus]).toEqual([type, type === 'Contact.Created' || type === 'Contact.Updated'])
    }
  })

  test('uses the same contact in every sample', () => {
    for (const type of sampledEventTypes) {
      if (
        type === 'Template.Status' ||
        type === 'Conversation.Tag.Unmapped' ||
        (type.startsWith('Message.WA.') && type !== 'Message.WA.Cart.Received')
      )
        continue
      expect(JSON.stringify(samplePayload(type))).toContain(payload.contactId)
    }
  })
})

test('samplePayload suggests the nearest sample for a misspelled name', () => {
  expect(() => samplePayload('Contact.Creatd' as never)).toThrow(
    new TypeError('samplePayload: no sample for "Contact.Creatd". Did you mean "Contact.Created"?'),
  )
})

describe('createSender', () => {
  test('counts status 200 as success and logs the columns of the webhook log', async () => {
    const { url, received } = await startServer(200)
    const sender = createSender({ url, secret, headers: { 'x-tenant': 'chai' } })
    const log = await sender.send('Message.received', payload)
    expect(log).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      event: 'Message.Received',
      createdAt: expect.any(Date),
      status: 'SUCCESS',
      payload,
      attempts: [{ startedAt: expect.any(Date), ms: expect.any(Number), status: 200 }],
    })
    expect(sender.logs).toEqual([log])
    expect(received).toMatchObject([
      { method: 'POST', headers: { 'x-tenant': 'chai', 'x-event-name': 'Message.Received' } },
    ])
    expect(verifySignature(received[0]?.body ?? '', received[0]?.headers['x-gallabox-signature'], secret)).toBe(true)
  })

  test('logs a random id with two digits per byte', async () => {
    const { url } = await startServer(200)
    const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      if (array) new Uint8Array(array.buffer).set([0, 15, 16, 255])
      return array
    })
    const { id } = await createSender({ url, secret }).send('Message.received', payload)
    random.mockRestore()
    expect(id).toBe('000f10ff0000000000000000')
  })

  test('retries the same bytes with growing delays', async () => {
    const { url, received } = await startServer(500, 401, 204, 302, 200)
    const log = await createSender({ url, secret, backoffMs: 20 }).send('Message.received', payload)
    expect(log.status).toBe('SUCCESS')
    expect(log.attempts.map(({ status }) => status)).toEqual([500, 401, 204, 302, 200])
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    const gaps = received.slice(1).map(({ at }, i) => at - (received[i]?.at as number))
    for (const [i, gap] of gaps.entries()) expect(gap).toBeGreaterThan(20 * 2 ** i - 2)
  })

  test('gives up after five attempts', async () => {
    const { url, received } = await startServer(500, 500, 500, 500, 500, 500)
    const log = await createSender({ url, secret, backoffMs: 0 }).send('Message.received', payload)
    expect(log).toMatchObject({ status: 'FAILED', attempts: { length: 5 } })
    expect(received).toHaveLength(5)
  })

  test('logs an attempt without a response as failed, with the error', async () => {
    const refused = createSender({ url: 'http://127.0.0.1:1/', secret, maxAttempts: 1 })
    expect(await refused.send('Message.received', payload)).toMatchObject({
      attempts: [{ status: null, error: expect.any(Error) }],
    })
    const { url } = await startServer(0)
    const slow = createSender({ url, secret, maxAttempts: 1, timeoutMs: 50 })
    expect(await slow.send('Message.received', payload)).toMatchObject({
      attempts: [{ status: null, error: { name: 'TimeoutError' } }],
    })
  })

  test('sends only selected events, by wire or help-page name', async () => {
    const { url } = await startServer()
    const sender = createSender({ url, secret, events: ['Contact.mapped', 'Ticket.Opened'] })
    expect((await sender.send('Contact.Tag.Mapped', samplePayload('Contact.Tag.Mapped'))).status).toBe('SUCCESS')
    expect((await sender.send('Ticket.Opened', {})).status).toBe('SUCCESS')
    await expect(sender.send('Message.received', payload)).rejects.toThrow(/Message\.Received.*option events/)
    await expect(sender.send('Ticket.Opend', {})).rejects.toThrow(/option events/)
    await expect(sender.send('Contact.Created ', {})).rejects.toThrow(/Did you mean "Contact\.Created"/)
  })

  test('sends without a network through the option fetch', async () => {
    const handler = webhookHandler({ secret, onEvent: () => {} })
    const sender = createSender({
      url: 'http://localhost/hook',
      secret,
      fetch: (url, init) => handler(new Request(url, init)),
    })
    expect((await sender.send('Message.received', payload)).status).toBe('SUCCESS')
    const bare = createSender({ url: 'http://localhost/hook', secret: null, fetch: () => ({ status: 200 }) })
    expect((await bare.send('Message.received', payload)).status).toBe('SUCCESS')
  })

  test.each([
    [{ maxAttempts: 0 }, /maxAttempts/],
    [{ backoffMs: -1 }, /backoffMs/],
    [{ timeoutMs: 0.5 }, /timeoutMs/],
    [{ secret: '' }, /secret/],
    [{ backoffMs: '5' }, /^createSender\.backoffMs: must be a number from 0 to 2147483647, got string\.$/],
    [{ backoffMs: Number.POSITIVE_INFINITY }, /^createSender\.backoffMs: must be a number from 0 to 2147483647\.$/],
    [{ maxAttempts: null }, /^createSender\.maxAttempts: must be an integer, got null\.$/],
    [{ timeout: 5 }, /^createSender: unknown option "timeout"\. Did you mean "timeoutMs"\?$/],
    [{ events: 'Message.received' }, /^createSender\.events: must be an array of event names, got string\.$/],
    [{ events: ['Message.recieved'] }, /^createSender\.events: .*Did you mean "Message\.Received"\?/],
    [{ headers: new Map() }, /^createSender\.headers: must be a plain object/],
    [{ fetch: null }, /^createSender\.fetch: must be a function, got null\.$/],
  ])('rejects %j', (options, message) => {
    expect(() => createSender({ url: 'http://localhost/', secret, ...(options as object) })).toThrow(TypeError)
    expect(() => createSender({ url: 'http://localhost/', secret, ...(options as object) })).toThrow(message)
  })
})

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}
