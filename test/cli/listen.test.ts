// listen: what it verifies, says, records and passes on; and who may see its log.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/cli/commands/listen/log.js'
import { runCli } from '../support/cli.js'
import { send as sendBytes } from '../support/client.js'
import { ask, env, startListening as start, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

const payload = samplePayload('Message.Received')
const genuine = signDelivery('Message.Received', payload, { secret })
const send = (url: string, { method, headers, body } = genuine) => fetch(url, { method, headers, body })

describe('a delivery', () => {
  test('that is genuine gets 200, and a line without who it is from', async () => {
    const { url, printed } = await start()
    const response = await send(`${url}/any/path?at=all`)
    expect([response.status, await response.text()]).toEqual([200, '{"ok":true}'])
    expect(printed).toHaveLength(1)
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d {2}Message\.Received +genuine {2}200 {2}\S••• •••\d\d {2}/)
    expect(printed[0]).toContain(payload.whatsapp?.text?.body)
    expect(printed[0]).not.toContain(payload.contact?.name)
  })

  test('says who it is from where that is asked for', async () => {
    const { url, printed } = await start(['--show-contacts'])
    await send(url)
    expect(printed[0]).toContain(`${payload.contact?.name} +${payload.whatsapp?.from}`)
  })

  test('that is refused gets what the library answers, and the reason', async () => {
    const { url, printed } = await start()
    const headers = { ...genuine.headers, 'x-gallabox-signature': `sha256=${genuine.headers['x-gallabox-signature']}` }
    expect((await send(url, { ...genuine, headers })).status).toBe(401)
    expect((await send(url, { ...genuine, headers: { 'x-event-name': 'a\u00a0b' } })).status).toBe(401)
    expect(printed[0]).toMatch(
      /Message\.Received +REFUSED {2}401\n {2}The signature is right, but something stands before it/,
    )
    expect(printed[0]).toMatch(/More: docs\/why-401\.md#signature-prefixed$/)
    expect(printed[1]).toMatch(/no header x-gallabox-signature/)
  })

  test('whose signature is right and whose method is not is refused for the method', async () => {
    const { url, printed } = await start()
    const response = await send(url, { ...genuine, method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, PUT, PATCH'])
    expect(printed[0]).toMatch(/REFUSED {2}405\n {2}Method not allowed\./)
  })

  test('cannot write what it likes on a terminal', async () => {
    const { url, printed } = await start()
    const data = { ...payload, whatsapp: { ...payload.whatsapp, text: { body: 'a\u001B[2J\r\nb\u202E' } } }
    await send(url, signDelivery('Message.Received', data as never, { secret }))
    expect(printed[0]).toMatch(/a \[2J b$/)
  })

  test('that is too large is refused before it is one', async () => {
    const { url, printed, noted } = await start()
    expect((await send(url, { ...genuine, body: 'x'.repeat(1024 * 1024 + 1) })).status).toBe(413)
    expect(printed).toEqual([])
    expect(noted.at(-1)).toBe('A request was refused before it was a delivery: body-too-large.')
  })

  test('is a line of JSON with --json, with nothing secret in it', async () => {
    const { url, printed } = await start(['--json'])
    await send(url)
    await send(url, signDelivery('Our.Own', [], { secret: 'another' }))
    expect(printed.map((line) => JSON.parse(line))).toMatchObject([
      {
        event: 'Message.Received',
        status: 'SUCCESS',
        answered: 200,
        verdict: { genuine: true },
        bytes: expect.any(Number),
      },
      { event: 'Our.Own', status: 'FAILED', answered: 401, verdict: { genuine: false, code: 'unexplained' } },
    ])
    expect(printed.join()).not.toContain(genuine.headers['x-gallabox-signature'])
  })
})

describe('--forward-to', () => {
  test('gets the untouched bytes and headers, and its answer is the answer', async () => {
    const { url: target, received } = await startServer((_req, res) => res.writeHead(207, { 'X-Own': '1' }).end('mine'))
    const { url, printed } = await start(['--forward-to', target])
    const bytes = Buffer.from('{ "a" : 1.0, "b": "\\u20b9" }\n')
    const headers = { 'X-Event-Name': 'Our.Own', 'X-Gallabox-Signature': 'wrong', 'X-Twice': ['1', '2'] }
    const answer = await sendBytes(url, bytes, { headers, method: 'PUT' })
    expect(answer).toMatchObject({ status: 207, headers: { 'x-own': '1' }, body: 'mine' })
    expect(received).toMatchObject([{ method: 'PUT', body: bytes }])
    expect(received[0]?.rawHeaders.join()).toContain(
      'X-Event-Name,Our.Own,X-Gallabox-Signature,wrong,X-Twice,1,X-Twice,2',
    )
    expect(printed[0]).toMatch(/REFUSED {2}207/)
  })

  test('that is not there is a 502, and the line says so', async () => {
    const { url, printed } = await start(['--forward-to', 'http://127.0.0.1:1/'])
    expect((await send(url)).status).toBe(502)
    expect(printed[0]).toMatch(/genuine {2}502.*\n {2}Passed on in vain: nothing listens there\.$/)
  })
})

test('--record keeps what is genuine, byte for byte, for its owner alone; and replay can send it', async () => {
  const file = join(folder, 'recording.ndjson')
  const { url, end } = await start(['--record', file])
  await send(url)
  await send(url, signDelivery('Message.Received', payload, { secret: 'another' }))
  await end()
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  expect(lines).toHaveLength(1)
  const { method, headers, body } = JSON.parse(lines[0] as string)
  expect({ method, body: Buffer.from(body, 'base64').toString() }).toEqual({ method: 'POST', body: genuine.body })
  expect(Object.fromEntries(headers)).toMatchObject(genuine.headers)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const again = await start()
  expect((await runCli(['replay', file, again.url])).code).toBe(0)
})

describe('the log page', () => {
  const files = ['/_log', '/_log/', '/_log/style.css', '/_log/client.js']

  test.each(files)('%s is there, and lets nothing foreign in', async (path) => {
    const { url } = await start()
    const { status, headers } = await ask(url, path)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'/),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  test('gets what is there, and then each delivery as it comes', async () => {
    const { url } = await start()
    await send(url)
    const rows = await watch(url)
    await expect.poll(() => rows.length).toBe(1)
    await send(url, signDelivery('Contact.Created', samplePayload('Contact.Created'), { secret: 'another' }))
    await expect
      .poll(() => rows)
      .toMatchObject([
        { event: 'Message.Received', status: 'SUCCESS', verdict: { genuine: true } },
        { event: 'Contact.Created', status: 'FAILED', verdict: { genuine: false }, who: '' },
      ])
  })

  test('masks names and phones until it is asked', async () => {
    const { url } = await start()
    await send(url, signDelivery('Contact.Created', samplePayload('Contact.Created'), { secret }))
    const [masked, open] = [await watch(url), await watch(url, '?unmasked')]
    await expect.poll(() => masked.length + open.length).toBe(2)
    const contact = samplePayload('Contact.Created')
    expect(masked[0]?.who).toMatch(/^\S••• •••\d\d$/)
    expect(open[0]?.who).toBe(`${contact.name} ${contact.phone?.[0]}`)
    const path = `/_log/deliveries/${masked[0]?.id}`
    const [hidden, shown] = [await ask(url, path), await ask(url, `${path}?unmasked`)]
    for (const personal of [contact.name, contact.phone?.[0]?.slice(1)]) {
      expect(hidden.body).not.toContain(personal)
      expect(shown.body).toContain(personal)
    }
    expect(hidden.body).toContain(contact.accountId)
    expect(shown.body).not.toContain(
      signDelivery('Contact.Created', contact, { secret }).headers['x-gallabox-signature'],
    )
  })

  test('finds what is in a payload', async () => {
    const { url } = await start()
    const rows = await watch(url)
    await send(url)
    await send(url, signDelivery('Our.Own', { note: 'NEEDLE' }, { secret }))
    await send(url, { ...genuine, body: Buffer.from([0xff]).toString('latin1') })
    await expect.poll(() => rows.length).toBe(3)
    expect(JSON.parse((await ask(url, '/_log/search?q=needle')).body)).toEqual([rows[1]?.id])
    expect(JSON.parse((await ask(url, '/_log/search?q=%E2%82%B9nothing')).body)).toEqual([])
  })

  test('sends a delivery again, untouched, through the same way', async () => {
    const { url: target, received } = await startServer()
    const { url, printed } = await start(['--forward-to', target])
    const rows = await watch(url)
    await send(url)
    await expect.poll(() => rows.length).toBe(1)
    const origin = `http://localhost:${new URL(url).port}`
    expect((await ask(url, `/_log/deliveries/${rows[0]?.id}`, { method: 'POST', origin })).status).toBe(200)
    await expect
      .poll(() => rows[1])
      .toMatchObject({ copyOf: rows[0]?.id, status: 'SUCCESS', verdict: { genuine: true } })
    expect(received.map(({ body }) => body.toString())).toEqual([genuine.body, genuine.body])
    expect(printed[1]).toMatch(/\(sent again\)$/)
  })

  test('shows what is no JSON where names may be seen, since nothing tells them there', async () => {
    const { url } = await start()
    const rows = await watch(url)
    await send(url, { ...genuine, body: 'call +919876543210' })
    await sendBytes(url, Uint8Array.of(0xff, 0xfe), { headers: genuine.headers })
    await expect.poll(() => rows.length).toBe(2)
    const payloads = async (query: string) =>
      Promise.all(
        rows.map(async ({ id }) => JSON.parse((await ask(url, `/_log/deliveries/${id}${query}`)).body).payload),
      )
    expect(await payloads('')).toEqual([expect.stringMatching(/^It is no JSON that could be masked/), '(no text)'])
    expect(await payloads('?unmasked')).toEqual(['call +919876543210', '(no text)'])
  })

  describe('is for who has the key', () => {
    test('the printed address has it, and makes a cookie of it that no other site can use', async () => {
      const { url, noted } = await start()
      const [, address = ''] = /The log: +http:\/\/localhost:\d+(\S+)/.exec(noted[0] ?? '') ?? []
      const { status, headers } = await ask(url, address, { cookie: '' })
      expect(status).toBe(303)
      expect(headers).toMatchObject({ location: '/_log', 'referrer-policy': 'no-referrer' })
      const [cookie = ''] = headers['set-cookie'] as string[]
      expect(cookie).toMatch(/^gallabox-webhooks-\d+=[0-9a-f]{32}; Path=\/_log; HttpOnly; SameSite=Strict$/)
      const among = `a=b; ${cookie.split(';')[0]}; c=d`
      expect((await ask(url, '/_log', { cookie: among })).status).toBe(200)
    })

    test.each(['', 'gallabox-webhooks', 'another=0', 'gallabox-webhooks-PORT=', 'gallabox-webhooks-PORT=0'])(
      'the cookie %j does not open it',
      async (cookie) => {
        const { url } = await start()
        const given = cookie.replace('PORT', new URL(url).port)
        for (const path of [
          ...files,
          '/_log?key=',
          '/_log?key=0',
          '/_log/events',
          '/_log/search?q=',
          '/_log/deliveries/0',
        ]) {
          const { status, body } = await ask(url, path, { cookie: given })
          expect({ status, body }).toEqual({
            status: 403,
            body: 'Open the address that the command has printed: it holds a key.',
          })
        }
      },
    )

    test('each run has another', async () => {
      const [one, other] = [await start(), await start()]
      const keyOf = ({ noted }: typeof one) => /key=(\S+)/.exec(noted[0] ?? '')?.[1]
      expect(keyOf(one)).not.toBe(keyOf(other))
    })
  })

  describe('is for this machine alone', () => {
    test.each([
      ['another host name, as DNS rebinding has it', { host: 'evil.example' }],
      ['another port', { host: 'localhost:1' }],
      ['a tunnel that rewrites the host', { 'x-forwarded-for': '203.0.113.7' }],
      ['a proxy', { via: '1.1 proxy' }],
    ])('%s', async (_title, headers) => {
      const { url } = await start()
      for (const path of [...files, '/_log/events', '/_log/search?q=', '/_log/deliveries/0'])
        expect((await ask(url, path, headers)).status).toBe(403)
    })

    test('a page of another site cannot send anything again', async () => {
      const { url, printed } = await start()
      const rows = await watch(url)
      await send(url)
      await expect.poll(() => rows.length).toBe(1)
      const path = `/_log/deliveries/${rows[0]?.id}`
      for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'http://localhost', ''])
        expect((await ask(url, path, { method: 'POST', ...(origin && { origin }) })).status).toBe(403)
      expect(printed).toHaveLength(1)
    })

    test('deliveries through a tunnel have any host', async () => {
      const { url } = await start()
      const headers = { ...genuine.headers, host: 'abc.tunnel.example', 'x-forwarded-for': '203.0.113.7' }
      expect((await sendBytes(url, genuine.body, { headers })).status).toBe(200)
    })
  })

  test.each([
    ['GET', '/_log/nothing', 404],
    ['GET', '/_log/deliveries/0123456789abcdef01234567', 404],
    ['GET', '/_log/constructor', 404],
    ['PUT', '/_log', 403],
    ['GET', '/_logs', 405],
  ])('%s %s: %i', async (method, path, status) => {
    const { url } = await start()
    expect((await ask(url, path, { method })).status).toBe(status)
  })
})

test('the log keeps the latest, within bounds of number and bytes', () => {
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

test('Ctrl-C ends it, with 0, also while a page looks on and a delivery is under way', async () => {
  const { url: target } = await startServer(() => {})
  const { url, end } = await start(['--forward-to', target])
  await watch(url)
  const unanswered = send(url).catch(() => 'closed')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await end()).code).toBe(0)
  expect(['closed', 502]).toContain(
    await unanswered.then((answer) => (typeof answer === 'string' ? answer : answer.status)),
  )
})

describe('called wrongly: exit code 2', () => {
  test.each([
    ['an address', ['http://x/'], env, /takes options alone/],
    ['no secret', [], {}, /There is no secret/],
    ['a port that is none', ['--port', '65536'], env, /--port must be a whole number from 0 to 65535/],
    ['a target that is none', ['--forward-to', 'localhost'], env, /--forward-to must be an address/],
  ])('%s', async (_title, args, given, reason) => {
    const { code, err } = await runCli(['listen', ...args], { env: given })
    expect(code).toBe(2)
    expect(err).toMatch(reason)
  })

  test('a port that something else has', async () => {
    const { url } = await start()
    const { code, err } = await runCli(['listen', '--port', new URL(url).port], { env })
    expect(code).toBe(2)
    expect(err).toMatch(/Port \d+ cannot be had: something else listens on it\. Choose another with --port\./)
  })
})
