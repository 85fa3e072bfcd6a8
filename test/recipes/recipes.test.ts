// The programs of docs/recipes, each started and sent to over HTTP.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { listen } from '../support/listen.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { message, runExample, secret, startExample } from './examples.js'

const text = 'Namaste 🙏 is the 250 g tin still ₹449? 😊'
const folder = temporaryFolder()

/** Returns a delivery with a header replaced. */
function withHeaders<D extends { headers: Record<string, string> }>(delivery: D, headers: Record<string, string>): D {
  return { ...delivery, headers: { ...delivery.headers, ...headers } }
}

describe('tenants.mjs', () => {
  const env = { ACME_WEBHOOK_SECRET: 'the secret of Acme', ORBIT_WEBHOOK_SECRET: 'the secret of Orbit' }
  const ofAcme = message({}, env.ACME_WEBHOOK_SECRET)
  const ofOrbit = message({}, env.ORBIT_WEBHOOK_SECRET)

  test('accepts each secret on the path of its tenant only', async () => {
    const example = await startExample('tenants.mjs', env)
    expect(await example.sendAll('/webhooks/acme', ofAcme, ofOrbit)).toEqual([200, 401])
    expect(await example.sendAll('/webhooks/orbit', ofAcme, ofOrbit)).toEqual([401, 200])
    expect(await example.sendAll('/webhooks/unknown', ofAcme)).toEqual([404])
  })

  test('handles the same body once for each tenant', async () => {
    const example = await startExample('tenants.mjs', env)
    expect(await example.sendAll('/webhooks/acme', ofAcme, ofAcme)).toEqual([200, 200])
    expect(await example.sendAll('/webhooks/orbit', ofOrbit, ofOrbit)).toEqual([200, 200])
    const expected = [`Message.Received acme ${text}`, `Message.Received orbit ${text}`]
    await expect.poll(example.lines).toEqual(expected)
  })
})

describe('tenants-database.mjs', () => {
  function createDatabase(name: string) {
    const file = join(folder, name)
    const database = new Database(file)
    database.exec('CREATE TABLE secrets (tenant TEXT NOT NULL, secret TEXT NOT NULL)')
    const insert = database.prepare('INSERT INTO secrets VALUES (?, ?)')
    insert.run('acme', 'the secret of Acme')
    insert.run('orbit', 'the secret of Orbit')
    return { file, insert }
  }

  test('finds the tenant by the path, and handles the same body once for each', async () => {
    const example = await startExample('tenants-database.mjs', { DATABASE: createDatabase('tenants.db').file })
    const ofAcme = message({}, 'the secret of Acme')
    const ofOrbit = message({}, 'the secret of Orbit')
    expect(await example.sendAll('/webhooks/acme', ofAcme, ofOrbit, ofAcme)).toEqual([200, 401, 200])
    expect(await example.sendAll('/webhooks/orbit', ofAcme, ofOrbit)).toEqual([401, 200])
    expect(await example.sendAll('/webhooks/unknown', ofAcme)).toEqual([401])
    await expect
      .poll(() => example.lines().map((line) => line.replace(/^(secret|signature)-.*/, '$1')))
      .toEqual([`Message.Received acme ${text}`, 'signature', 'signature', `Message.Received orbit ${text}`, 'secret'])
  })

  test('handles a tag event every time', async () => {
    const example = await startExample('tenants-database.mjs', { DATABASE: createDatabase('tags.db').file })
    const tagged = signDelivery('Contact.Tag.Mapped', samplePayload('Contact.Tag.Mapped'), {
      secret: 'the secret of Acme',
    })
    expect(await example.sendAll('/webhooks/acme', tagged, tagged)).toEqual([200, 200])
    await expect
      .poll(() => example.lines().map((line) => line.trim()))
      .toEqual(Array(2).fill('Contact.Tag.Mapped acme'))
  })

  test('accepts a new secret once the cached ones expire', async () => {
    const { file, insert } = createDatabase('rotation.db')
    const example = await startExample('tenants-database.mjs', { DATABASE: file, CACHE_MS: '400' })
    const next = message({}, 'the next secret of Acme')
    expect(await example.sendAll('/webhooks/acme', next)).toEqual([401])
    insert.run('acme', 'the next secret of Acme')
    expect(await example.sendAll('/webhooks/acme', next)).toEqual([401])
    await sleep(500)
    const current = message({ note: 'signed with the old secret' }, 'the secret of Acme')
    expect(await example.sendAll('/webhooks/acme', next, current)).toEqual([200, 200])
  })
})

describe('channels.mjs', () => {
  test('calls the handler of the channel', async () => {
    const { channelId } = samplePayload('Message.Received')
    const example = await startExample('channels.mjs', { SALES_CHANNEL_ID: channelId, SUPPORT_CHANNEL_ID: 'support' })
    const status = signDelivery('Message.WA.Status.Received', samplePayload('Message.WA.Status.Received'), { secret })
    const deliveries = [message(), message({ channelId: 'support' }), message({ channelId: 'another' }), status]
    expect(await example.sendAll('/webhooks/gallabox', ...deliveries)).toEqual([200, 200, 200, 200])
    await expect
      .poll(example.lines)
      .toEqual([
        `Message.Received sales ${text}`,
        `Message.Received support ${text}`,
        'Message.Received unknown channel another',
        'Message.WA.Status.Received account',
      ])
  })

  test('does not start without the id of a channel', async () => {
    await expect(startExample('channels.mjs', { SALES_CHANNEL_ID: 'sales' })).rejects.toThrow('Set SALES_CHANNEL_ID')
  })
})

describe('two-callers.mjs', () => {
  const env = { WORKFLOW_TOKEN: 'the token of the workflow' }
  const call = {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${env.WORKFLOW_TOKEN}` },
    body: '{"orderId":"4711"}',
  }

  test('passes signed deliveries to the receiver, and calls with the token to the other handler', async () => {
    const example = await startExample('two-callers.mjs', env)
    expect(await example.sendAll('/gallabox', message())).toEqual([200])
    expect(await example.send('/gallabox', call)).toEqual({ status: 200, body: '{"status":"shipped"}' })
    await expect.poll(example.lines).toEqual([`Message.Received ${text}`, 'workflow 4711'])
  })

  test('rejects an invalid signature, also with the token', async () => {
    const example = await startExample('two-callers.mjs', env)
    const { authorization } = call.headers
    const forged = withHeaders(message({}, 'another secret'), { authorization })
    const malformed = withHeaders(call, { 'x-gallabox-signature': '' })
    expect(await example.sendAll('/gallabox', forged, malformed)).toEqual([401, 401])
    await expect.poll(() => example.lines().length).toBe(2)
    expect(example.lines().join()).not.toMatch(/workflow|Message/)
  })

  test('rejects an unsigned call without the token, or with another', async () => {
    const example = await startExample('two-callers.mjs', env)
    const calls = ['', 'Bearer ', 'Bearer another', env.WORKFLOW_TOKEN].map((authorization) =>
      withHeaders(call, { authorization }),
    )
    expect(await example.sendAll('/gallabox', ...calls, message({}, null))).toEqual(Array(5).fill(401))
    expect(example.lines()).toEqual([])
  })
})

describe('from-token-to-signature.mjs', () => {
  const env = { OLD_TOKEN: 'the old token' }
  const path = `/webhooks/gallabox?token=${encodeURIComponent(env.OLD_TOKEN)}`

  test('accepts the signature and the token, and says which', async () => {
    const example = await startExample('from-token-to-signature.mjs', env)
    const unsigned = message({}, null)
    expect(await example.sendAll(path, unsigned, message())).toEqual([200, 200])
    expect(await example.sendAll('/webhooks/gallabox', message(), unsigned)).toEqual([200, 401])
    await expect
      .poll(example.lines)
      .toEqual([
        `Message.Received token ${text}`,
        `Message.Received signature ${text}`,
        `Message.Received signature ${text}`,
      ])
  })

  test('rejects an invalid signature, also with the token', async () => {
    const example = await startExample('from-token-to-signature.mjs', env)
    const tampered = { ...message(), body: message().body.replace('449', '9') }
    expect(await example.sendAll(path, message({}, 'another secret'), tampered)).toEqual([401, 401])
    expect(example.lines().join()).not.toMatch('Message.Received')
  })

  test('rejects another token', async () => {
    const example = await startExample('from-token-to-signature.mjs', env)
    for (const query of ['?token=', '?token=another', '?token[a]=b', '?token=the+old+token&token=']) {
      expect(await example.sendAll(`/webhooks/gallabox${query}`, message({}, null))).toEqual([401])
    }
    expect(example.lines()).toEqual([])
  })
})

describe.each(['custom-response.mjs', 'custom-response-fastify.mjs', 'custom-response-hono.mjs'])('%s', (file) => {
  test('responds with a body of its own to verified deliveries only', async () => {
    const example = await startExample(file)
    const { status, body } = await example.send('/webhooks/gallabox', message())
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: { received: 'Message.Received', id: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const forged = [message({}, 'another secret'), message({}, null)]
    expect(await example.sendAll('/webhooks/gallabox', ...forged)).toEqual([401, 401])
    await expect
      .poll(() => example.lines().filter((line) => line.startsWith('Message')))
      .toEqual([`Message.Received ${text}`])
  })
})

describe('verify-then-parse.mjs', () => {
  test('stores each delivery once, for the worker to parse and handle once', async () => {
    const env = { DATABASE: join(folder, 'deliveries.db') }
    const example = await startExample('verify-then-parse.mjs', env)
    const unknown = signDelivery('Invoice.Paid', { id: '1' }, { secret })
    const forged = message({}, 'another secret')
    const deliveries = [message(), message(), unknown, forged]
    expect(await example.sendAll('/webhooks/gallabox', ...deliveries)).toEqual([200, 200, 200, 401])
    const run = async () => (await runExample('verify-then-parse-worker.mjs', env)).map((line) => line.trim())
    expect(await run()).toEqual([`Message.Received ${text}`, 'unrecognized'])
    expect(await run()).toEqual([])
  })
})

describe('error-tracking.mjs', () => {
  /** Starts a server that receives what Sentry's client sends. */
  async function startSentry() {
    const received: string[] = []
    const server = createServer(async (req, res) => {
      received.push(Buffer.concat(await req.toArray()).toString())
      res.end('{}')
    })
    const dsn = (await listen(server)).replace('//', '//public@')
    return { env: { SENTRY_DSN: `${dsn}1` }, events: () => received.filter((text) => text.includes('"type":"event"')) }
  }

  test('reports what a handler throws to Sentry, without body, header or secret', async () => {
    const { env, events } = await startSentry()
    const example = await startExample('error-tracking.mjs', env)
    const location = { ...samplePayload('Message.Received', 'location') }
    const failing = signDelivery('Message.Received', location, { secret })
    expect(await example.sendAll('/', failing, message())).toEqual([500, 200])
    await expect.poll(events, { timeout: 10_000 }).toHaveLength(1)
    const [envelope = ''] = events()
    const { exception, tags } = JSON.parse(envelope.split('\n')[2] as string)
    expect(exception.values[0].value).toBe('This example handles text messages only.')
    expect(tags).toEqual({ code: 'handler-failed', type: 'Message.Received', secretId: '1', late: false })
    const { from } = location.whatsapp as { from: string }
    for (const hidden of [from, 'Asha', failing.headers['x-gallabox-signature'] as string, secret])
      expect(envelope).not.toContain(hidden)
  })

  test('does not report a rejected delivery', async () => {
    const { env, events } = await startSentry()
    const example = await startExample('error-tracking.mjs', env)
    const failing = signDelivery('Message.Received', samplePayload('Message.Received', 'location'), { secret })
    expect(await example.sendAll('/', message({}, 'another secret'), message({}, null), failing)).toEqual([
      401, 401, 500,
    ])
    // The last delivery's event arrives last.
    await expect.poll(() => events().join(), { timeout: 10_000 }).toContain('text messages only')
    expect(events()).toHaveLength(1)
  })
})
