// Sends the table of test/support/hostile.ts to every entry point.
import {
  createReceiver,
  type OutcomeRecord,
  verifyDelivery,
  verifySignature,
  verifySignatureAsync,
} from 'gallabox-webhooks'
import { verifyRequest, webhookHandler } from 'gallabox-webhooks/web'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openRaw, secret, send, signedHeaders } from '../support/client.js'
import { bodyRows, type HostileRow, signatureRows } from '../support/hostile.js'
import { type Running, targets } from '../support/targets.js'

const rows = [...signatureRows, ...bodyRows]

/** Puts the title of each row first, for `%s` in a test title. */
function withTitles(rows: readonly HostileRow[]) {
  return rows.map((row) => [row.title, row] as const)
}

const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
afterEach(() => {
  expect(unhandled).toEqual([])
  expect(Object.keys(Object.prototype)).toEqual([])
})

describe('verifySignature and verifySignatureAsync', () => {
  test.each(withTitles(signatureRows))('return false when given %s', async (_title, { headers, body }) => {
    const signature = headers['x-gallabox-signature']
    expect(verifySignature(body, signature, secret)).toBe(false)
    expect(await verifySignatureAsync(body, signature, secret)).toBe(false)
  })

  test.each(withTitles(bodyRows.filter(({ code }) => code !== 'signature-mismatch')))(
    'return true for exactly the bytes of %s',
    async (_title, row) => {
      const signature = row.headers['x-gallabox-signature']
      // A view with an offset into a longer buffer.
      const view = new Uint8Array(Buffer.concat([Buffer.from('xx'), row.body, Buffer.from('yy')])).subarray(2, -2)
      expect(verifySignature(view, signature, secret)).toBe(true)
      expect(await verifySignatureAsync(view, signature, secret)).toBe(true)
      expect(verifySignature(Buffer.concat([row.body, Buffer.from(' ')]), signature, secret)).toBe(false)
    },
  )
})

describe('verifyDelivery and createReceiver', () => {
  test.each(withTitles(rows))(
    'verifyDelivery returns an event or a code when given %s',
    async (_title, { headers, body, code, status, type }) => {
      const result = await verifyDelivery({ method: 'POST', headers, rawBody: body }, { secret })
      if (code === 'handled') expect(result).toMatchObject({ ok: true, event: { type } })
      else expect(result).toMatchObject({ ok: false, code, status })
    },
  )

  test.each(withTitles(rows))(
    'a receiver reports the code when given %s',
    async (_title, { headers, body, code, status, type }) => {
      const seen: string[] = []
      const receiver = createReceiver({ secret, onEvent: (event) => seen.push(event.type) })
      expect(await receiver.receive({ method: 'POST', headers, rawBody: () => body })).toMatchObject({ code, status })
      expect(seen).toEqual(type ? [type] : [])
    },
  )
})

function toWebRequest({ headers, body }: HostileRow): Request {
  const requestHeaders = new Headers()
  for (const [name, values] of Object.entries(headers))
    for (const value of [values].flat()) requestHeaders.append(name, value)
  return new Request('http://localhost/', { method: 'POST', headers: requestHeaders, body })
}

describe('webhookHandler and verifyRequest of the web adapter', () => {
  test.each(withTitles(rows.filter(({ http }) => http !== false)))(
    'return the status when given %s',
    async (_title, row) => {
      const seen: string[] = []
      const handler = webhookHandler({ secret, onEvent: (event) => seen.push(event.type) })
      expect((await handler(toWebRequest(row))).status).toBe(row.status)
      expect(seen).toEqual(row.type ? [row.type] : [])
      const verified = await verifyRequest(toWebRequest(row), { secret })
      expect(verified).toMatchObject(row.code === 'handled' ? { ok: true } : { code: row.code })
    },
  )
})

describe.each(targets.map((target) => [`${target.name}, ${target.form}`, target] as const))('%s', (_name, target) => {
  let running: Running
  let records: OutcomeRecord[] = []
  let seen: string[] = []
  let finish: (() => void) | undefined

  beforeAll(async () => {
    running = await target.start({
      secret,
      onEvent: async (event) => {
        seen.push(event.type)
        if (event.type !== 'Contact.Created') return
        await new Promise<void>((resolve) => {
          finish = resolve
        })
      },
      onOutcome: (record) => records.push(record),
    })
  })
  afterAll(() => running.close())
  afterEach(() => {
    records = []
    seen = []
  })

  test.each(withTitles(rows.filter(({ http }) => http !== false)))(
    'has the expected outcome when given %s',
    async (_title, { headers, body, code, status, type, http }) => {
      const response = await send(running.url, body, { headers })
      expect(response.status).toBe(http ?? status)
      expect(seen).toEqual(type ? [type] : [])
      if (http) return expect(records).toEqual([])
      const expected = code === 'handled' && target.form === 'middleware' ? 'verified' : code
      expect(records.map((record) => record.code)).toEqual([expected])
    },
  )

  test('reports 200 and accepts the next delivery when a client disconnects while its handler runs', async () => {
    const body = JSON.stringify({ id: '1', accountId: '2', name: 'Asha' })
    const headers = { ...signedHeaders(body, 'Contact.Created'), 'content-length': String(body.length) }
    const socket = await openRaw(running.url, headers)
    socket.write(body)
    await expect.poll(() => seen).toEqual(['Contact.Created'])
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 20))
    finish?.()
    await expect.poll(() => records.map(({ status }) => status)).toEqual([200])
    expect((await send(running.url, '{}')).status).toBe(200)
  })
})

describe('two receivers with different secrets', () => {
  const secrets = ['the first secret', 'the second secret']
  const bodies = Array.from({ length: 1000 }, (_, i) =>
    JSON.stringify({ id: String(i), name: 'n', new_status: 'approved' }),
  )

  test('each handle exactly their own deliveries when a thousand arrive at once', async () => {
    const seen = secrets.map((): string[] => [])
    const receivers = secrets.map((receiverSecret, i) =>
      createReceiver({
        secret: receiverSecret,
        onEvent: async (event) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
          seen[i]?.push((event.data as { id: string }).id)
        },
      }),
    )
    const outcomes = await Promise.all(
      bodies.flatMap((rawBody, i) =>
        receivers.map((receiver) =>
          receiver.receive({
            headers: signedHeaders(rawBody, 'Template.Status', secrets[i % 2]),
            rawBody: async () => rawBody,
          }),
        ),
      ),
    )
    const codes = bodies.flatMap((_, i) =>
      secrets.map((_secret, j) => (j === i % 2 ? 'handled' : 'signature-mismatch')),
    )
    expect(outcomes.map(({ code }) => code)).toEqual(codes)
    for (const [j, ids] of seen.entries()) {
      expect(ids.map(Number).sort((a, b) => a - b)).toEqual(bodies.map((_, i) => i).filter((i) => i % 2 === j))
    }
  })
})
