import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { send as sendBytes } from '../support/client.js'
import { postToPage, readState, requestPage, startListening as start, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'

const payload = samplePayload('Message.Received')
const signed = signDelivery('Message.Received', payload, { secret })
const send = (url: string, { method, headers, body } = signed) => fetch(url, { method, headers, body })

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
        { event: 'Message.Received', status: 'verified', diagnosis: { verified: true } },
        { event: 'Contact.Created', status: 'rejected', diagnosis: { verified: false }, contact: '', text: '' },
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
    expect((await postToPage(url, `/_log/deliveries/${rows[0]?.id}`)).status).toBe(200)
    await expect
      .poll(() => rows[1])
      .toMatchObject({ resentFrom: rows[0]?.id, status: 'verified', diagnosis: { verified: true } })
    expect(received.map(({ body }) => body.toString())).toEqual([signed.body, signed.body])
    expect(printed[1]).toMatch(/\(sent again\)$/)
  })

  test('sends and clears nothing without the token of this run', async () => {
    const { url: target, received } = await startServer()
    const { url } = await start(['--forward-to', target])
    const rows = await watch(url)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
    for (const path of [`/_log/deliveries/${rows[0]?.id}`, '/_log/clear']) {
      for (const token of ['', '0'.repeat(32)]) {
        const { status, body } = await postToPage(url, path, { 'x-log-token': token })
        expect({ status, body }).toEqual({ status: 403, body: 'The token is missing. Reload the page.' })
      }
      expect((await requestPage(url, path)).status).toBe(path === '/_log/clear' ? 404 : 200)
    }
    expect([received.length, rows.length]).toEqual([1, 1])
  })

  test('does not send a delivery again without --forward-to', async () => {
    const { url, printed } = await start()
    const rows = await watch(url)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
    expect(await postToPage(url, `/_log/deliveries/${rows[0]?.id}`)).toMatchObject({
      status: 409,
      body: 'There is no server to send it to. Start listen with --forward-to <url>.',
    })
    expect(printed).toHaveLength(1)
  })

  test('clears the log for every open page', async () => {
    const { url } = await start()
    const [rows, otherRows] = [await watch(url), await watch(url)]
    await send(url)
    await expect.poll(() => [rows.length, otherRows.length]).toEqual([1, 1])
    const { id } = rows[0] as { id: string }
    expect((await postToPage(url, '/_log/clear')).status).toBe(200)
    await expect.poll(() => [rows.length, otherRows.length]).toEqual([0, 0])
    expect((await requestPage(url, `/_log/deliveries/${id}`)).status).toBe(404)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
  })

  test('describes a delivery: bytes, diagnosis, and the response of the server', async () => {
    const { url: target } = await startServer((_req, res) =>
      res
        .writeHead(500, { 'content-type': 'text/plain', 'set-cookie': 'session=abc' })
        .end(`Error: no contact +919876543210 at ${payload.contact?.name}`),
    )
    const { url } = await start(['--forward-to', target])
    const rows = await watch(url)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
    const path = `/_log/deliveries/${rows[0]?.id}`
    const [hidden, shown] = [
      JSON.parse((await requestPage(url, path)).body),
      JSON.parse((await requestPage(url, `${path}?show-contacts`)).body),
    ]
    expect(hidden).toMatchObject({
      method: 'POST',
      raw: null,
      issues: [],
      response: { status: 500, body: 'Error: no contact •••10 at A•••' },
    })
    expect(shown.raw.split('\n')[0]).toMatch(/^000000 {2}7b 22 .{41} {2}\{"/)
    expect(shown.response.body).toContain('+919876543210')
    expect(Object.fromEntries(shown.response.headers)).toMatchObject({
      'set-cookie': '•••',
      'content-type': 'text/plain',
    })
    expect(Object.fromEntries(shown.headers)['x-gallabox-signature']).toBe('•••')
    expect(rows[0]?.forwarded).toEqual({ status: 500, ms: expect.any(Number) })
  })

  test('names the run: URL, forward target without credentials, and whether there is a secret', async () => {
    const { url, noted } = await start(['--forward-to', 'http://user:pass@127.0.0.1:1/hook?token=abc'])
    expect(await readState(url)).toEqual({
      url: `http://localhost:${new URL(url).port}`,
      forwardTo: 'http://127.0.0.1:1/hook?…',
      hasSecret: true,
      token: expect.stringMatching(/^[0-9a-f]{32}$/),
      commands: { tunnels: [expect.any(String), expect.any(String)], send: expect.any(String) },
    })
    expect(noted[0]).toContain('Forwards to: http://127.0.0.1:1/hook?…\n')
    expect(noted.join()).not.toMatch(/user:|pass@|token=/)
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
          '/_log/deliveries/0/curl',
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
      const { token } = await readState(url)
      for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'http://localhost', '']) {
        const headers = { method: 'POST', 'x-log-token': token, ...(origin && { origin }) }
        expect((await requestPage(url, path, headers)).status).toBe(403)
        expect((await requestPage(url, '/_log/clear', headers)).status).toBe(403)
      }
      expect(printed).toHaveLength(1)
      expect(rows).toHaveLength(1)
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
    ['GET', '/_log/deliveries/:id', 404],
    ['PUT', '/_log', 403],
    ['GET', '/_log/style.css/', 200],
    ['GET', '/_log/../package.json', 200],
    ['GET', '/_log/tsconfig.json', 404],
  ])('%s %s gets %i', async (method, path, status) => {
    const { url } = await start()
    expect((await requestPage(url, path, { method })).status).toBe(status)
  })
})
