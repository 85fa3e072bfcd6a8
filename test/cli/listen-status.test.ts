// What listen says about a delivery, what it prints, and how it starts and ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { samplePayload, sampleVariants, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import type { ForwardedResponse } from '../../src/cli/commands/listen/entry.js'
import type { EntryDiagnosis } from '../../src/cli/commands/listen/page-server/protocol.js'
import { redactPayload } from '../../src/cli/commands/listen/redact.js'
import { explainStatus, getStatus, labelStatus } from '../../src/cli/commands/listen/status.js'
import { send as sendBytes } from '../support/client.js'
import { postToPage, readState, requestPage, startListening as start, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

const payload = samplePayload('Message.Received')

function send(url: string, event = 'Message.Received', data: object = payload, signingSecret: string | null = secret) {
  const { method, headers, body } = signDelivery(event as never, data as never, { secret: signingSecret as never })
  return fetch(url, { method, headers, body })
}

const verified: EntryDiagnosis = {
  verified: true,
  code: 'verified',
  message: 'The signature is valid.',
  hint: '',
  docs: '',
}
const forgery = { ...verified, verified: false, code: 'unexplained', message: 'No match.', hint: 'Compare.' }
const unchecked = { ...forgery, code: 'secret-missing' }
const forwardedWith = (status: number): ForwardedResponse => ({ status, ms: 1 })
const unreachable: ForwardedResponse = { status: null, reason: 'connection refused', ms: 1 }
const unknownName = { reason: 'unknown-name', issues: [] } as const

describe('the status of a delivery', () => {
  test.each([
    ['verified', verified, undefined, undefined],
    ['verified', verified, forwardedWith(200), undefined],
    ['unrecognized', verified, undefined, unknownName],
    ['failed', verified, forwardedWith(201), undefined],
    ['failed', verified, forwardedWith(302), undefined],
    ['failed', verified, forwardedWith(401), undefined],
    ['failed', verified, forwardedWith(500), unknownName],
    ['failed', verified, unreachable, undefined],
    ['rejected', forgery, undefined, undefined],
    ['rejected', forgery, forwardedWith(401), undefined],
    ['rejected', forgery, forwardedWith(429), undefined],
    ['accepted-unverified', forgery, forwardedWith(200), undefined],
    ['accepted-unverified', forgery, forwardedWith(204), unknownName],
    ['failed', forgery, forwardedWith(404), undefined],
    ['failed', forgery, forwardedWith(302), undefined],
    ['failed', forgery, forwardedWith(500), undefined],
    ['failed', forgery, unreachable, undefined],
    ['unchecked', unchecked, undefined, undefined],
    ['unchecked', unchecked, forwardedWith(200), unknownName],
    ['failed', unchecked, forwardedWith(401), undefined],
  ] as const)('is %s', (status, diagnosis, forwarded, unrecognized) => {
    expect(getStatus({ diagnosis, forwarded, unrecognized })).toBe(status)
  })

  test('is explained in one line', () => {
    const explain = (diagnosis: EntryDiagnosis, forwarded?: ForwardedResponse) =>
      explainStatus({ event: 'Contact.Created', diagnosis, forwarded })
    expect(explain(verified)).toBe('')
    expect(explain(verified, unreachable)).toBe('Could not forward: connection refused.')
    expect(explain(verified, forwardedWith(401))).toMatch(/^Your server responded 401\. The receiver rejected it/)
    expect(explain(forgery, forwardedWith(200))).toBe(
      'Your server accepted an unverified delivery. Check its verification. No match.',
    )
    expect(explain(forgery)).toBe('No match.')
  })

  test('names the nearest event when the name is unknown', () => {
    const parts = { diagnosis: verified, forwarded: undefined, unrecognized: unknownName }
    expect(labelStatus(parts)).toBe('unknown event')
    expect(explainStatus({ ...parts, event: 'Contact.Creatd' })).toBe(
      'Verified, but the event name is unknown. Did you mean "Contact.Created"?',
    )
  })
})

test('prints where a verified payload does not match its name', async () => {
  const { url, printed } = await start()
  const rows = await watch(url)
  const { contactId: _left, ...withoutContactId } = payload
  expect((await send(url, 'Message.Received', withoutContactId)).status).toBe(200)
  expect(printed[0]).toMatch(/unexpected shape {2}200 .*\n {2}Verified, unexpected shape: contactId missing\.$/)
  await expect.poll(() => rows[0]).toMatchObject({ status: 'unrecognized', label: 'unexpected shape' })
  const details = await requestPage(url, `/_log/deliveries/${rows[0]?.id}`)
  expect(JSON.parse(details.body).issues).toEqual(['contactId missing'])
})

describe('without a secret', () => {
  const env = {}

  test('accepts a delivery, shows it as not verified, and says at the start how to add the secret', async () => {
    const { url, printed, noted } = await start([], { env })
    expect(noted[0]).toContain('Secret:      none.')
    expect(noted[0]).toContain('Set GALLABOX_WEBHOOK_SECRET or pass --secret.')
    expect((await send(url)).status).toBe(200)
    expect((await send(url, 'Contact.Created', samplePayload('Contact.Created'), null)).status).toBe(200)
    expect((await sendBytes(url, '{', { headers: {} })).status).toBe(200)
    expect(printed.map((line) => /not verified {2}200/.test(line))).toEqual([true, true, true])
    expect(printed[0]).toContain('N•••')
    expect((await readState(url)).hasSecret).toBe(false)
  })

  test('says whether the delivery has a signature', async () => {
    const { url } = await start([], { env })
    const rows = await watch(url)
    await send(url)
    await send(url, 'Message.Received', payload, null)
    await expect.poll(() => rows.length).toBe(2)
    const [signed, unsigned] = rows.map(({ diagnosis }) => (diagnosis as EntryDiagnosis).hint)
    expect(signed).toMatch(/^Set GALLABOX_WEBHOOK_SECRET/)
    expect(unsigned).toMatch(/has no signature either\. Set a secret for the webhook in Gallabox/)
  })

  test('does not warn that the server accepts unverified deliveries', async () => {
    const { url: target } = await startServer()
    const { url, printed } = await start(['--forward-to', target], { env })
    await send(url)
    expect(printed[0]).toMatch(/not verified {2}200/)
  })
})

describe('prints only', () => {
  async function printedWith(args: readonly string[]) {
    const { url: target } = await startServer((req, res) =>
      res.writeHead(req.headers['x-event-name'] === 'Contact.Created' ? 401 : 200).end(),
    )
    const { url, printed } = await start(['--forward-to', target, ...args])
    const rows = await watch(url)
    await send(url)
    await send(url, 'Contact.Created', samplePayload('Contact.Created'))
    await send(url, 'Contact.Created', samplePayload('Contact.Created'), 'another')
    await send(url, 'Message.Received', payload, 'another')
    await expect.poll(() => rows.length).toBe(4)
    return printed.map((line) => /(\S+) {3,}(.*?) {2}\d+/.exec(line)?.slice(1).join(' '))
  }

  test.each([
    [
      ['--event', 'Contact.created'],
      ['Contact.Created failed', 'Contact.Created REJECTED'],
    ],
    [['--status', 'verified'], ['Message.Received verified']],
    [['--status', 'rejected'], ['Contact.Created REJECTED']],
    [
      ['--status', 'failed'],
      ['Contact.Created failed', 'Message.Received ACCEPTED UNVERIFIED'],
    ],
    [
      ['--status', 'failed', '--event', 'Message.Received', '--event', 'Contact.Updated'],
      ['Message.Received ACCEPTED UNVERIFIED'],
    ],
    [
      ['--status', 'verified', '--status', 'rejected'],
      ['Message.Received verified', 'Contact.Created REJECTED'],
    ],
  ])('what %j selects, and the page shows all', async (args, lines) => expect(await printedWith(args)).toEqual(lines))
})

describe('a visit with a browser', () => {
  test('shows where the log is, and is not a delivery', async () => {
    const { url: target, received } = await startServer()
    const { url, printed } = await start(['--forward-to', target])
    const { port } = new URL(url)
    const response = await fetch(`http://localhost:${port}/any`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await response.text()).toContain('The log is at <a href="/_log">')
    expect((await fetch(`${url}/favicon.ico`)).status).toBe(404)
    expect([printed, received.length]).toEqual([[], 0])
  })

  test('says through a tunnel that the URL is reachable, without the key', async () => {
    const { url, noted } = await start()
    const { body, status } = await requestPage(url, '/', {
      host: 'abc.tunnel.example',
      'x-forwarded-for': '203.0.113.7',
    })
    expect([status, body.includes('It is reachable.')]).toEqual([200, true])
    const [, key = ''] = /key=(\w+)/.exec(noted[0] ?? '') ?? []
    expect(body).not.toContain(key)
    expect(body).not.toContain('/_log')
  })

  test('is a delivery with a signature or an event name', async () => {
    const { url, printed } = await start()
    expect((await fetch(url, { headers: { 'x-event-name': 'Our.Own' } })).status).toBe(405)
    expect((await fetch(url, { headers: { 'x-gallabox-signature': 'x' } })).status).toBe(405)
    expect(printed).toHaveLength(2)
  })
})

test('says at the start what to forward to, paste, and run', async () => {
  const { url, noted } = await start()
  const { port } = new URL(url)
  expect(noted).toHaveLength(1)
  expect(noted[0]?.split('\n')).toEqual(
    expect.arrayContaining([
      'Forwards to: nothing. To forward to your server, add --forward-to <url>.',
      'Secret:      set',
      `  cloudflared tunnel --url http://localhost:${port}`,
      `  ngrok http ${port}`,
      'Paste the https URL that it prints into Gallabox: Settings > Webhook > Add new,',
      `  npx gallabox-webhooks send http://localhost:${port}`,
    ]),
  )
})

// On Windows, kill() ends a process without a signal.
test.skipIf(process.platform === 'win32')('ends with 0 when the process gets SIGINT', async () => {
  const program = join(folder, 'cli.mjs')
  const entryPoints = [join(import.meta.dirname, '../../src/cli/bin.ts')]
  await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm' })
  const page = new URL('../../src/cli/commands/listen/log-page', import.meta.url)
  cpSync(page, join(folder, 'log-page'), { recursive: true })
  const child = spawn(process.execPath, [program, 'listen', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const [introduction] = await once(child.stderr, 'data')
  expect(`${introduction}`).toMatch(/^Listening on/)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

describe('messages', () => {
  const typed = (variant: string) => samplePayload('Message.Received', variant as never) as { whatsapp: object }

  test.each(sampleVariants('Message.Received'))('are redacted in a message of the kind %s', (variant) => {
    const shown = JSON.stringify(typed(variant).whatsapp)
    const redacted = JSON.stringify(redactPayload(typed(variant)))
    const texts = [...shown.matchAll(/"(?:body|text|caption|title|description|response_json)":"((?:[^"\\]|\\.)+)"/g)]
    for (const [, text = ''] of texts) expect(redacted).not.toContain(`"${text}"`)
  })

  test('are redacted in templates, notes and Flows, but the errors of WhatsApp are not', () => {
    const redact = (type: string, variant?: string) =>
      JSON.stringify(redactPayload(samplePayload(type as never, variant as never)))
    expect(redact('Message.Send')).not.toMatch(/Diwali|tins|₹449|See all teas/)
    expect(redact('Message.Send', 'note')).not.toContain('sachet')
    const [answer] = Object.values(
      (samplePayload('Message.Flow.Received') as never as { flowResponse: { flowData: object } }).flowResponse.flowData,
    )
    expect(redact('Message.Flow.Received')).not.toContain(JSON.stringify(answer))
    expect(redact('Message.WA.Status.Failed')).toContain('Message undeliverable')
  })

  test('are shown on request', async () => {
    const { url } = await start()
    const rows = await watch(url)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
    const path = `/_log/deliveries/${rows[0]?.id}`
    expect((await requestPage(url, path)).body).not.toContain('Namaste')
    expect((await requestPage(url, `${path}?show-contacts`)).body).toContain('Namaste')
    expect((await postToPage(url, path)).status).toBe(409)
  })
})
