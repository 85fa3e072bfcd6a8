import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventTypes, verifySignature } from 'gallabox-webhooks'
import {
  createSender,
  sampledEventTypes,
  samplePayload,
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

/** A server that answers with one status after the other, and keeps what it received. */
async function receiving(...statuses: number[]) {
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
    res.end('an answer')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

describe('signBody', () => {
  test('base64 is the default, hex is the other spelling', () => {
    expect(signBody('{}', secret)).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(signBody('{}', secret, 'hex')).toBe(Buffer.from(signBody('{}', secret), 'base64').toString('hex'))
    expect(signBody(Uint8Array.from(Buffer.from('{}')).buffer, secret)).toBe(signBody('{}', secret))
  })

  test.each(badSecrets)('a secret that is %s is a TypeError', (_title, bad) => {
    expect(() => signBody('{}', bad as never)).toThrow(TypeError)
  })

  test('a parsed object is a TypeError', () => {
    expect(() => signBody({} as never, secret)).toThrow(TypeError)
  })
})

describe('signDelivery', () => {
  test('it has the headers that Gallabox sends, the name in the spelling of the wire', () => {
    const { method, headers, body } = signDelivery('Contact.mapped', samplePayload('Contact.mapped'), { secret })
    expect(method).toBe('POST')
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-event-name': 'Contact.Tag.Mapped',
      'x-gallabox-signature': expect.any(String),
    })
    expect(verifySignature(body, headers['x-gallabox-signature'], secret)).toBe(true)
  })

  test('a webhook without a secret sends no signature', () => {
    expect(signDelivery('Message.received', payload, { secret: undefined }).headers).not.toHaveProperty(
      'x-gallabox-signature',
    )
  })

  test("the account's own events keep their name, and headers may be set", () => {
    const delivery = signDelivery(
      'Ticket.Opened',
      { any: 1 },
      { secret, encoding: 'hex', method: 'PUT', headers: { 'x-tenant': 'a' } },
    )
    expect(delivery).toMatchObject({ method: 'PUT', headers: { 'x-event-name': 'Ticket.Opened', 'x-tenant': 'a' } })
    expect(delivery.headers['x-gallabox-signature']).toHaveLength(64)
  })
})

test('toRequest makes what a Web handler takes', async () => {
  const seen: string[] = []
  const handler = webhookHandler({ secret, onEvent: (event) => seen.push(event.type) })
  const request = toRequest(signDelivery('Message.received', payload, { secret }), 'http://localhost/hook')
  expect((await handler(request)).status).toBe(200)
  expect(seen).toEqual(['Message.Received'])
})

describe('samplePayload', () => {
  test('there is one for each event whose body is known', () => {
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

  test('each is fresh, and shares nothing with the next', () => {
    for (const type of sampledEventTypes) {
      const [first, second] = [samplePayload(type), samplePayload(type)]
      expect(first).toEqual(second)
      const objects = new Set<unknown>(objectsIn(first))
      expect(objectsIn(second).some((object) => objects.has(object))).toBe(false)
    }
  })

  test.each(['Broadcast.WA.Message.Status.Failed', 'Ticket.Opened', 'toString', '__proto__', '', undefined])(
    'there is none for %s, and the TypeError says for which there is none',
    (name) => {
      expect(() => samplePayload(name as never)).toThrow(TypeError)
      expect(() => samplePayload(name as never)).toThrow(/Broadcast/)
    },
  )

  // The rules of the wire that a reader of the samples will take for granted.
  test('phones carry "+" on Contact.Created and Contact.Updated alone', () => {
    for (const type of sampledEventTypes) {
      const plus = /"\+\d/.test(JSON.stringify(samplePayload(type)))
      expect([type, plus]).toEqual([type, type === 'Contact.Created' || type === 'Contact.Updated'])
    }
  })

  test('they are about one contact', () => {
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

describe('createSender', () => {
  test('one answer of 200 is a success, and the log has the columns of the webhook log', async () => {
    const { url, received } = await receiving(200)
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

  test('the id of a log is random, two digits a byte', async () => {
    const { url } = await receiving(200)
    const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      if (array) new Uint8Array(array.buffer).set([0, 15, 16, 255])
      return array
    })
    const { id } = await createSender({ url, secret }).send('Message.received', payload)
    random.mockRestore()
    expect(id).toBe('000f10ff0000000000000000')
  })

  test('it tries again with growing delays, the same bytes each time', async () => {
    const { url, received } = await receiving(500, 401, 204, 302, 200)
    const log = await createSender({ url, secret, backoffMs: 20 }).send('Message.received', payload)
    expect(log.status).toBe('SUCCESS')
    expect(log.attempts.map(({ status }) => status)).toEqual([500, 401, 204, 302, 200])
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    const gaps = received.slice(1).map(({ at }, i) => at - (received[i]?.at as number))
    for (const [i, gap] of gaps.entries()) expect(gap).toBeGreaterThan(20 * 2 ** i - 2)
  })

  test('after five attempts the delivery is gone', async () => {
    const { url, received } = await receiving(500, 500, 500, 500, 500, 500)
    const log = await createSender({ url, secret, backoffMs: 0 }).send('Message.received', payload)
    expect(log).toMatchObject({ status: 'FAILED', attempts: { length: 5 } })
    expect(received).toHaveLength(5)
  })

  test('no answer is a failed attempt, with the reason', async () => {
    const refused = createSender({ url: 'http://127.0.0.1:1/', secret, maxAttempts: 1 })
    expect(await refused.send('Message.received', payload)).toMatchObject({
      attempts: [{ status: null, error: expect.any(Error) }],
    })
    const { url } = await receiving(0)
    const slow = createSender({ url, secret, maxAttempts: 1, timeoutMs: 50 })
    expect(await slow.send('Message.received', payload)).toMatchObject({
      attempts: [{ status: null, error: { name: 'TimeoutError' } }],
    })
  })

  test('only selected events are sent, in either spelling', async () => {
    const { url } = await receiving()
    const sender = createSender({ url, secret, events: ['Contact.mapped', 'Ticket.Opened'] })
    expect((await sender.send('Contact.Tag.Mapped', samplePayload('Contact.Tag.Mapped'))).status).toBe('SUCCESS')
    expect((await sender.send('Ticket.Opened', {})).status).toBe('SUCCESS')
    await expect(sender.send('Message.received', payload)).rejects.toThrow(/Message\.Received.*"events"/)
  })

  test('a fetch of your own needs no network', async () => {
    const handler = webhookHandler({ secret, onEvent: () => {} })
    const sender = createSender({
      url: 'http://localhost/hook',
      secret,
      fetch: (url, init) => handler(new Request(url, init)),
    })
    expect((await sender.send('Message.received', payload)).status).toBe('SUCCESS')
    const bare = createSender({ url: 'http://localhost/hook', fetch: () => ({ status: 200 }) })
    expect((await bare.send('Message.received', payload)).status).toBe('SUCCESS')
  })

  test.each([
    [{ maxAttempts: 0 }, /maxAttempts/],
    [{ backoffMs: -1 }, /backoffMs/],
    [{ timeoutMs: 0.5 }, /timeoutMs/],
    [{ secret: '' }, /secret/],
  ])('%j is a TypeError', (options, message) => {
    expect(() => createSender({ url: 'http://localhost/', secret, ...options })).toThrow(message)
  })
})

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}
