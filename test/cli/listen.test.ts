import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/cli/commands/listen/log.js'
import { runCli } from '../support/cli.js'
import { send as sendBytes } from '../support/client.js'
import { env, startListening as start, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'
import { hasFileModes, temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

const payload = samplePayload('Message.Received')
const signed = signDelivery('Message.Received', payload, { secret })
const send = (url: string, { method, headers, body } = signed) => fetch(url, { method, headers, body })

describe('a delivery', () => {
  test('gets 200, and a line with a redacted contact and text, when it is verified', async () => {
    const { url, printed } = await start()
    const response = await send(`${url}/any/path?at=all`)
    expect([response.status, await response.text()]).toEqual([200, '{"ok":true}'])
    expect(printed).toHaveLength(1)
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d {2}Message\.Received +verified {2}200 {2}\S••• •••\d\d {2}N•••$/)
  })

  test('is printed with its contact with --show-contacts', async () => {
    const { url, printed } = await start(['--show-contacts'])
    await send(url)
    expect(printed[0]).toContain(`${payload.contact?.name} +${payload.whatsapp?.from}`)
    expect(printed[0]).toContain(payload.whatsapp?.text?.body)
  })

  test('gets the response of the library, and a line with the reason, when it is unverified', async () => {
    const { url, printed } = await start()
    const headers = { ...signed.headers, 'x-gallabox-signature': `sha256=${signed.headers['x-gallabox-signature']}` }
    expect((await send(url, { ...signed, headers })).status).toBe(401)
    expect((await send(url, { ...signed, headers: { 'x-event-name': 'a\u00a0b' } })).status).toBe(401)
    expect(printed[0]).toMatch(/Message\.Received +REJECTED {2}401\n {2}The signature has a prefix/)
    expect(printed[0]).toMatch(/More: .*docs\/troubleshooting\/why-401\.md#signature-prefixed$/)
    expect(printed[1]).toMatch(/The x-gallabox-signature header is missing/)
  })

  test('gets 405 when its signature is valid and its method is wrong', async () => {
    const { url, printed } = await start()
    const response = await send(url, { ...signed, method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, PUT, PATCH'])
    expect(printed[0]).toMatch(/REJECTED {2}405\n {2}Method not allowed\./)
  })

  test('is printed without control characters', async () => {
    const { url, printed } = await start(['--show-contacts'])
    const data = { ...payload, whatsapp: { ...payload.whatsapp, text: { body: 'a\u001B[2J\r\nb\u202E' } } }
    await send(url, signDelivery('Message.Received', data as never, { secret }))
    expect(printed[0]).toMatch(/a \[2J b$/)
  })

  test('is rejected, and not logged, when it is too large', async () => {
    const { url, printed, noted } = await start()
    expect((await send(url, { ...signed, body: 'x'.repeat(1024 * 1024 + 1) })).status).toBe(413)
    expect(printed).toEqual([])
    expect(noted.at(-1)).toBe('Rejected a request: body-too-large.')
  })

  test('is printed as a line of JSON without secrets with --json', async () => {
    const { url, printed } = await start(['--json'])
    await send(url)
    await send(url, signDelivery('Our.Own', [], { secret: 'another' }))
    expect(printed.map((line) => JSON.parse(line))).toMatchObject([
      {
        event: 'Message.Received',
        status: 'verified',
        reason: '',
        responseStatus: 200,
        diagnosis: { verified: true },
        bodyBytes: expect.any(Number),
      },
      {
        event: 'Our.Own',
        status: 'rejected',
        responseStatus: 401,
        diagnosis: { verified: false, code: 'unexplained' },
      },
    ])
    expect(printed.join()).not.toContain(signed.headers['x-gallabox-signature'])
  })
})

describe('--forward-to', () => {
  test('sends unchanged bytes and headers, and returns the response', async () => {
    const { url: target, received } = await startServer((_req, res) =>
      res.writeHead(207, { 'X-Custom': '1' }).end('custom'),
    )
    const { url, printed } = await start(['--forward-to', target])
    const bytes = Buffer.from('{ "a" : 1.0, "b": "\\u20b9" }\n')
    const headers = { 'X-Event-Name': 'Our.Own', 'X-Gallabox-Signature': 'wrong', 'X-Twice': ['1', '2'] }
    const response = await sendBytes(url, bytes, { headers, method: 'PUT' })
    expect(response).toMatchObject({ status: 207, headers: { 'x-custom': '1' }, body: 'custom' })
    expect(received).toMatchObject([{ method: 'PUT', body: bytes }])
    expect(received[0]?.rawHeaders.join()).toContain(
      'X-Event-Name,Our.Own,X-Gallabox-Signature,wrong,X-Twice,1,X-Twice,2',
    )
    expect(printed[0]).toMatch(/ACCEPTED UNVERIFIED {2}207/)
  })

  test('responds with 502 and prints the reason when the server is unreachable', async () => {
    const { url, printed } = await start(['--forward-to', 'http://127.0.0.1:1/'])
    expect((await send(url)).status).toBe(502)
    expect(printed[0]).toMatch(
      /failed {2}502.*\n {2}Could not forward: connection refused\. No server is listening on .*\. Start it, or check the port\.$/,
    )
  })
})

test('--record writes the bytes of verified deliveries to a private file that replay can send', async () => {
  const file = join(folder, 'recording.ndjson')
  const { url, end } = await start(['--record', file])
  await send(url)
  await send(url, signDelivery('Message.Received', payload, { secret: 'another' }))
  await end()
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  expect(lines).toHaveLength(1)
  const { method, headers, body } = JSON.parse(lines[0] as string)
  expect({ method, body: Buffer.from(body, 'base64').toString() }).toEqual({ method: 'POST', body: signed.body })
  expect(Object.fromEntries(headers)).toMatchObject(signed.headers)
  if (hasFileModes) expect(statSync(file).mode & 0o777).toBe(0o600)
  const replayTarget = await start()
  expect((await runCli(['replay', file, replayTarget.url])).code).toBe(0)
})

test('the log drops its oldest entries when it exceeds a number or size', () => {
  const entry = (id: string, size: number) => ({ id, body: new Uint8Array(size) }) as never
  const few = createLog({ maxEntries: 2 })
  for (const id of ['a', 'b', 'c']) few.add(entry(id, 1))
  expect(few.entries().map(({ id }) => id)).toEqual(['b', 'c'])
  expect(few.get('a')).toBeUndefined()
  const small = createLog({ maxBytes: 10 })
  for (const id of ['a', 'b', 'c']) small.add(entry(id, 5))
  expect(small.entries().map(({ id }) => id)).toEqual(['b', 'c'])
  small.add(entry('huge', 11))
  expect(small.entries()).toEqual([])
})

test('exits with 0 on Ctrl-C, also with an open page and a pending delivery', async () => {
  const { url: target } = await startServer(() => {})
  const { url, end } = await start(['--forward-to', target])
  await watch(url)
  const pending = send(url).catch(() => 'closed')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await end()).code).toBe(0)
  expect(['closed', 502]).toContain(
    await pending.then((response) => (typeof response === 'string' ? response : response.status)),
  )
})

describe('a usage error exits with 2', () => {
  test.each([
    ['a URL', ['http://x/'], env, /takes only options/],
    ['an empty secret', [], { GALLABOX_WEBHOOK_SECRET: '' }, /secret: must be .* a blank value/],
    ['--record without a secret', ['--record', 'x'], {}, /--record needs the secret/],
    [
      'an unknown event',
      ['--event', 'Message.Recieved'],
      env,
      /--event: unknown event .* Did you mean "Message\.Received"\?/,
    ],
    ['an unknown status', ['--status', 'reject'], env, /--status must be .* or failed\. Did you mean "rejected"\?/],
    ['a status that needs the secret', ['--status', 'rejected'], {}, /--status rejected needs the secret/],
    ['an invalid port', ['--port', '65536'], env, /--port must be an integer from 0 to 65535/],
    ['an invalid --forward-to', ['--forward-to', 'ftp://localhost/'], env, /--forward-to must be an http or https URL/],
  ])('%s', async (_title, args, variables, reason) => {
    const { code, err } = await runCli(['listen', ...args], { env: variables })
    expect(code).toBe(2)
    expect(err).toMatch(reason)
  })

  test('a port that is in use', async () => {
    const { url } = await start()
    const { code, err } = await runCli(['listen', '--port', new URL(url).port], { env })
    expect(code).toBe(2)
    expect(err).toMatch(/Port \d+ is already in use\. Choose another with --port\./)
  })
})
