import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/cli/commands/listen/log.js'
import { runCli } from '../support/cli.js'
import { send as sendBytes } from '../support/client.js'
import { env, requestPage, startListening as start, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

const payload = samplePayload('Message.Received')
const signed = signDelivery('Message.Received', payload, { secret })
const send = (url: string, { method, headers, body } = signed) => fetch(url, { method, headers, body })

describe('a delivery', () => {
  test('gets 200, and a line with a redacted contact, when it is verified', async () => {
    const { url, printed } = await start()
    const response = await send(`${url}/any/path?at=all`)
    expect([response.status, await response.text()]).toEqual([200, '{"ok":true}'])
    expect(printed).toHaveLength(1)
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d {2}Message\.Received +verified {2}200 {2}\S••• •••\d\d {2}/)
    expect(printed[0]).toContain(payload.whatsapp?.text?.body)
    expect(printed[0]).not.toContain(payload.contact?.name)
  })

  test('is printed with its contact with --show-contacts', async () => {
    const { url, printed } = await start(['--show-contacts'])
    await send(url)
    expect(printed[0]).toContain(`${payload.contact?.name} +${payload.whatsapp?.from}`)
  })

  test('gets the response of the library, and a line with the reason, when it is unverified', async () => {
    const { url, printed } = await start()
    const headers = { ...signed.headers, 'x-gallabox-signature': `sha256=${signed.headers['x-gallabox-signature']}` }
    expect((await send(url, { ...signed, headers })).status).toBe(401)
    expect((await send(url, { ...signed, headers: { 'x-event-name': 'a\u00a0b' } })).status).toBe(401)
    expect(printed[0]).toMatch(/Message\.Received +UNVERIFIED {2}401\n {2}The signature has a prefix/)
    expect(printed[0]).toMatch(/More: docs\/why-401\.md#signature-prefixed$/)
    expect(printed[1]).toMatch(/The x-gallabox-signature header is missing/)
  })

  test('gets 405 when its signature is valid and its method is wrong', async () => {
    const { url, printed } = await start()
    const response = await send(url, { ...signed, method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, PUT, PATCH'])
    expect(printed[0]).toMatch(/UNVERIFIED {2}405\n {2}Method not allowed\./)
  })

  test('is printed without control characters', async () => {
    const { url, printed } = await start()
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
        status: 'SUCCESS',
        responseStatus: 200,
        diagnosis: { verified: true },
        bodyBytes: expect.any(Number),
      },
      { event: 'Our.Own', status: 'FAILED', responseStatus: 401, diagnosis: { verified: false, code: 'unexplained' } },
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
    expect(printed[0]).toMatch(/UNVERIFIED {2}207/)
  })

  test('responds with 502 and prints the reason when the server is unreachable', async () => {
    const { url, printed } = await start(['--forward-to', 'http://127.0.0.1:1/'])
    expect((await send(url)).status).toBe(502)
    expect(printed[0]).toMatch(/verified {2}502.*\n {2}Could not forward: connection refused\.$/)
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
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const replayTarget = await start()
  expect((await runCli(['replay', file, replayTarget.url])).code).toBe(0)
})

describe('the log page', () => {
  const files = ['/_log', '/_log/', '/_log/style.css', '/_log/client.js']

  test.each(files)('serves %s with a strict content security policy', async (path) => {
    const { url } = await start()
    const { status, headers } = await requestPage(url, path)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'/),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  test('streams the rows of the log and then each new row', async () => {
    const { url } = await start()
    await send(url)
    const rows = await watch(url)
    await expect.poll(() => rows.length).toBe(1)
    await send(url, signDelivery('Contact.Created', samplePayload('Contact.Created'), { secret: 'another' }))
    await expect
      .poll(() => rows)
      .toMatchObject([
        { event: 'Message.Received', status: 'SUCCESS', diagnosis: { verified: true } },
        { event: 'Contact.Created', status: 'FAILED', diagnosis: { verified: false }, contact: '' },
      ])
  })

  test('redacts names and phone numbers by default', async () => {
    const { url } = await start()
    await send(url, signDelivery('Contact.Created', samplePayload('Contact.Created'), { secret }))
    const [redacted, open] = [await watch(url), await watch(url, '?show-contacts')]
    await expect.poll(() => redacted.length + open.length).toBe(2)
    const contact = samplePayload('Contact.Created')
    expect(redacted[0]?.contact).toMatch(/^\S••• •••\d\d$/)
    expect(open[0]?.contact).toBe(`${contact.name} ${contact.phone?.[0]}`)
    const path = `/_log/deliveries/${redacted[0]?.id}`
    const [hidden, shown] = [await requestPage(url, path), await requestPage(url, `${path}?show-contacts`)]
    for (const personal of [contact.name, contact.phone?.[0]?.slice(1)]) {
      expect(hidden.body).not.toContain(personal)
      expect(shown.body).toContain(personal)
    }
    expect(hidden.body).toContain(contact.accountId)
    expect(shown.body).not.toContain(
      signDelivery('Contact.Created', contact, { secret }).headers['x-gallabox-signature'],
    )
  })

  test('finds a string in a payload', async () => {
    const { url } = await start()
    const rows = await watch(url)
    await send(url)
    await send(url, signDelivery('Our.Own', { note: 'NEEDLE' }, { secret }))
    await send(url, { ...signed, body: Buffer.from([0xff]).toString('latin1') })
    await expect.poll(() => rows.length).toBe(3)
    expect(JSON.parse((await requestPage(url, '/_log/search?q=needle')).body)).toEqual([rows[1]?.id])
    expect(JSON.parse((await requestPage(url, '/_log/search?q=%E2%82%B9nothing')).body)).toEqual([])
  })

  test('sends a delivery again, unchanged', async () => {
    const { url: target, received } = await startServer()
    const { url, printed } = await start(['--forward-to', target])
    const rows = await watch(url)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
    const origin = `http://localhost:${new URL(url).port}`
    expect((await requestPage(url, `/_log/deliveries/${rows[0]?.id}`, { method: 'POST', origin })).status).toBe(200)
    await expect
      .poll(() => rows[1])
      .toMatchObject({ resentFrom: rows[0]?.id, status: 'SUCCESS', diagnosis: { verified: true } })
    expect(received.map(({ body }) => body.toString())).toEqual([signed.body, signed.body])
    expect(printed[1]).toMatch(/\(sent again\)$/)
  })

  test('shows a payload that is not JSON only with contacts', async () => {
    const { url } = await start()
    const rows = await watch(url)
    await send(url, { ...signed, body: 'call +919876543210' })
    await sendBytes(url, Uint8Array.of(0xff, 0xfe), { headers: signed.headers })
    await expect.poll(() => rows.length).toBe(2)
    const payloads = async (query: string) =>
      Promise.all(
        rows.map(async ({ id }) => JSON.parse((await requestPage(url, `/_log/deliveries/${id}${query}`)).body).payload),
      )
    expect(await payloads('')).toEqual([expect.stringMatching(/^This payload cannot be redacted/), '(not UTF-8)'])
    expect(await payloads('?show-contacts')).toEqual(['call +919876543210', '(not UTF-8)'])
  })

  describe('key', () => {
    test('is in the printed URL and becomes a strict cookie', async () => {
      const { url, noted } = await start()
      const [, address = ''] = /Log page: +http:\/\/localhost:\d+(\S+)/.exec(noted[0] ?? '') ?? []
      const { status, headers } = await requestPage(url, address, { cookie: '' })
      expect(status).toBe(303)
      expect(headers).toMatchObject({ location: '/_log', 'referrer-policy': 'no-referrer' })
      const [cookie = ''] = headers['set-cookie'] as string[]
      expect(cookie).toMatch(/^gallabox-webhooks-\d+=[0-9a-f]{32}; Path=\/_log; HttpOnly; SameSite=Strict$/)
      const cookies = `a=b; ${cookie.split(';')[0]}; c=d`
      expect((await requestPage(url, '/_log', { cookie: cookies })).status).toBe(200)
    })

    test.each(['', 'gallabox-webhooks', 'another=0', 'gallabox-webhooks-PORT=', 'gallabox-webhooks-PORT=0'])(
      'is required: the cookie %j is rejected',
      async (cookie) => {
        const { url } = await start()
        const value = cookie.replace('PORT', new URL(url).port)
        for (const path of [
          ...files,
          '/_log?key=',
          '/_log?key=0',
          '/_log/events',
          '/_log/search?q=',
          '/_log/deliveries/0',
        ]) {
          const { status, body } = await requestPage(url, path, { cookie: value })
          expect({ status, body }).toEqual({
            status: 403,
            body: 'The key is missing. Open the URL that the command printed.',
          })
        }
      },
    )

    test('differs in each run', async () => {
      const [one, other] = [await start(), await start()]
      const keyOf = ({ noted }: typeof one) => /key=(\S+)/.exec(noted[0] ?? '')?.[1]
      expect(keyOf(one)).not.toBe(keyOf(other))
    })
  })

  describe('access from elsewhere', () => {
    test.each([
      ['another host name, as in DNS rebinding', { host: 'evil.example' }],
      ['another port', { host: 'localhost:1' }],
      ['a tunnel that rewrites the host', { 'x-forwarded-for': '203.0.113.7' }],
      ['a proxy', { via: '1.1 proxy' }],
    ])('is rejected through %s', async (_title, headers) => {
      const { url } = await start()
      for (const path of [...files, '/_log/events', '/_log/search?q=', '/_log/deliveries/0'])
        expect((await requestPage(url, path, headers)).status).toBe(403)
    })

    test('is rejected when another site sends a delivery again', async () => {
      const { url, printed } = await start()
      const rows = await watch(url)
      await send(url)
      await expect.poll(() => rows.length).toBe(1)
      const path = `/_log/deliveries/${rows[0]?.id}`
      for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'http://localhost', ''])
        expect((await requestPage(url, path, { method: 'POST', ...(origin && { origin }) })).status).toBe(403)
      expect(printed).toHaveLength(1)
    })

    test('is allowed for a delivery through a tunnel with any host', async () => {
      const { url } = await start()
      const headers = { ...signed.headers, host: 'abc.tunnel.example', 'x-forwarded-for': '203.0.113.7' }
      expect((await sendBytes(url, signed.body, { headers })).status).toBe(200)
    })
  })

  test.each([
    ['GET', '/_log/nothing', 404],
    ['GET', '/_log/deliveries/0123456789abcdef01234567', 404],
    ['GET', '/_log/constructor', 404],
    ['PUT', '/_log', 403],
    ['GET', '/_logs', 405],
  ])('%s %s gets %i', async (method, path, status) => {
    const { url } = await start()
    expect((await requestPage(url, path, { method })).status).toBe(status)
  })
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
    ['no secret', [], {}, /The secret is missing/],
    ['an invalid port', ['--port', '65536'], env, /--port must be an integer from 0 to 65535/],
    ['an invalid --forward-to', ['--forward-to', 'ftp://localhost'], env, /--forward-to must be an http or https URL/],
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
