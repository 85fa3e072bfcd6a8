// listen with hostile senders, full disks and faulty servers.
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/cli/commands/listen/log.js'
import { formatPayload } from '../../src/cli/commands/listen/page-server/format-payload.js'
import { redactPayload, redactText } from '../../src/cli/commands/listen/redact.js'
import { expectWithin } from '../support/budgets.js'
import { runCli } from '../support/cli.js'
import { openRaw, readRaw, send, signedHeaders } from '../support/client.js'
import { hostileBodies, hostileHeaders } from '../support/hostile-bodies.js'
import { env, requestPage, startListening, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'
import { hasFileModes, temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

function post(url: string, body: string | Uint8Array, event = 'Message.Received', signingSecret = secret) {
  return send(url, body, { headers: signedHeaders(body, event, signingSecret) })
}

describe('accepts a signed body that is not an object', () => {
  test.each(['null', '1', '"text"', '[]', '{"contact":null}', '{"contact":{"name":{}},"phone":[null]}'])(
    '%s',
    async (body) => {
      const { url, printed, noted } = await startListening()
      expect((await post(url, body)).status).toBe(200)
      expect(printed[0]).toMatch(/unexpected shape {2}200/)
      expect(noted).toHaveLength(1)
    },
  )
})

describe('--record', () => {
  test('does not mix the lines of concurrent long deliveries', async () => {
    const file = join(folder, 'long.ndjson')
    const { url } = await startListening(['--record', file])
    const bodies = Array.from({ length: 8 }, (_, i) => JSON.stringify({ i, padding: 'x'.repeat(1_000_000) }))
    await Promise.all(bodies.map((body) => post(url, body)))
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    const recorded = lines.map((line) => Buffer.from(JSON.parse(line).body, 'base64').toString())
    expect(recorded.sort()).toEqual(bodies.sort())
  })

  test.skipIf(!hasFileModes)('makes an existing file readable only by its owner', async () => {
    const file = join(folder, 'open.ndjson')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    await startListening(['--record', file])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('fails at the start when the file cannot be written', async () => {
    const file = join(folder, 'none', 'x.ndjson')
    const { code, err } = await runCli(['listen', '--port', '0', '--record', file], { env })
    expect(code).toBe(2)
    expect(err).toContain(`--record: cannot write ${file}: ENOENT.`)
  })

  // On Linux, /dev/full is always full.
  test.skipIf(!existsSync('/dev/full'))('accepts a delivery with a note when it cannot be recorded', async () => {
    const { url, printed, noted } = await startListening(['--record', '/dev/full'])
    expect((await post(url, '{}')).status).toBe(200)
    expect(printed).toHaveLength(1)
    expect(noted.at(-1)).toBe('Could not record a delivery in /dev/full: ENOSPC.')
  })
})

describe('--forward-to', () => {
  test.each(['http://localhost:4999/', 'http://127.0.0.1:4999/x', 'http://[::1]:4999/', 'http://0.0.0.0:4999/'])(
    'must not be the URL of listen, such as %s',
    async (target) => {
      const { code, err } = await runCli(['listen', '--port', '4999', '--forward-to', target], { env })
      expect(code).toBe(2)
      expect(err).toContain('--forward-to is the URL of listen itself.')
    },
  )

  test('reports a server that accepts an unverified delivery', async () => {
    const { url: target } = await startServer()
    const { url, printed } = await startListening(['--forward-to', target])
    const rows = await watch(url)
    await post(url, '{}', 'Custom.Event', 'another')
    await post(url, '{}', 'Custom.Event')
    expect(printed[0]).toMatch(
      /ACCEPTED UNVERIFIED {2}200\n {2}Your server accepted an unverified delivery\. Check its ver/,
    )
    expect(printed[1]).not.toContain('Your server accepted')
    await expect.poll(() => rows.map(({ status }) => status)).toEqual(['accepted-unverified', 'unrecognized'])
  })

  test('adds a sandbox policy to responses, which share the origin of the log page', async () => {
    const { url: target } = await startServer((_req, res) =>
      res.writeHead(200, { 'content-type': 'text/html' }).end('<script>fetch("/_log")</script>'),
    )
    const { url } = await startListening(['--forward-to', target])
    const { headers } = await fetch(url, { method: 'POST', body: '{}' })
    expect(headers.get('content-security-policy')).toBe('sandbox')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('keeps running when a response cannot be forwarded', async () => {
    const { url: target } = await startServer((_req, res) => res.socket?.end('HTTP/1.1 099 Odd\r\n\r\n'))
    const { url } = await startListening(['--forward-to', target])
    expect((await post(url, '{}')).status).toBeGreaterThanOrEqual(500)
    expect((await requestPage(url, '/_log')).status).toBe(200)
  })
})

test.each([
  ['http://localhost/', '80'],
  ['https://localhost/', '443'],
])('rejects --forward-to %s with --port %s', async (target, port) => {
  expect((await runCli(['listen', '--port', port, '--forward-to', target], { env })).code).toBe(2)
})

test('exits with 0 when it is stopped before the start', async () => {
  expect((await runCli(['listen', '--port', '0'], { env, signal: AbortSignal.abort() })).code).toBe(0)
})

describe('an untrusted delivery', () => {
  test('prints no control characters with --json', async () => {
    const { url, printed } = await startListening(['--json'])
    await post(url, '{"whatsapp":{"text":{"body":"x"}}}', 'a\u009b2J\u0085')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
    expect(printed[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(JSON.parse(printed[0] as string).event).toContain('\u009b2J')
  })

  test('is listed with a truncated name', async () => {
    const { url } = await startListening()
    const rows = await watch(url)
    await post(url, '{}', 'x'.repeat(12_000), 'another')
    await expect.poll(() => rows[0]?.event.length).toBe(300)
  })

  test('does not make other callers wait', async ({ task }) => {
    const { url, printed } = await startListening()
    const rawBody = hostileBodies.find(({ title }) => title.includes('1000 levels'))?.build() as Buffer
    const waits: number[] = []
    for (let i = 0; i < 3; i++) {
      const hostile = send(url, rawBody, { headers: hostileHeaders })
      const startedAt = performance.now()
      expect((await post(url, '{}')).status).toBe(200)
      waits.push(performance.now() - startedAt)
      expect((await hostile).status).toBe(401)
    }
    expect(printed).toHaveLength(6)
    // Coverage and other processes slow this down: without them it takes about 20 ms.
    expectWithin(task, { subject: 'wait of another caller', measured: Math.min(...waits), limit: 250, unit: 'ms' })
  })

  test('is not logged when it is aborted', async () => {
    const { url, printed, noted } = await startListening()
    const socket = await openRaw(url, { ...signedHeaders('{}'), 'content-length': '2' })
    socket.write('{')
    socket.destroy()
    await expect.poll(() => noted.at(-1)).toBe('Rejected a request: body-aborted.')
    expect((await post(url, '{}')).status).toBe(200)
    expect(printed).toHaveLength(1)
  })

  test('gets no log page when it has an absolute request target', async () => {
    const { url } = await startListening()
    const { port } = new URL(url)
    for (const line of [`http://localhost:${port}/_log`, '//localhost/_log', '/%5Flog', '/x/../_log']) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(`GET ${line} HTTP/1.1\r\nHost: abc.tunnel.example\r\nConnection: close\r\n\r\n`)
      const response = await readRaw(socket)
      socket.destroy()
      expect(response).toContain('This URL receives Gallabox webhooks')
      expect(response).not.toMatch(/client\.js|localhost|_log|key=/)
    }
  })
})

describe('the payload of a delivery', () => {
  const wideAndDeep = (depth: number) => `${'['.repeat(depth)}${Array(30_000).fill('1').join()}${']'.repeat(depth)}`

  test('is indented in proportion to its size', () => {
    const text = wideAndDeep(32)
    for (const showContacts of [true, false]) {
      const { length } = formatPayload(text, showContacts)
      expect(length).toBeGreaterThan(text.length)
      expect(length).toBeLessThan(40 * text.length)
    }
  })

  test('is not indented when it is very deep', () => {
    for (const text of [wideAndDeep(33), wideAndDeep(3000), `{"name":"Asha","a":${wideAndDeep(40)}}`]) {
      expect(formatPayload(text, true)).toBe(text)
      expect(formatPayload(text, false)).toMatch(/^This payload cannot be redacted\./)
    }
  })
})

describe('redaction', () => {
  test('is fast when a name has many words and the payload has many strings', () => {
    const name = Array.from({ length: 60_000 }, (_, i) => `word${i}`).join(' ')
    const redacted = redactPayload({ contact: { name }, texts: Array(100_000).fill(''), note: 'word3 came' })
    expect(redacted).toMatchObject({ contact: { name: 'w•••' }, note: 'w••• came' })
  })

  test.each(sampledEventTypes)('removes names and numbers from %s', (type) => {
    const payload = samplePayload(type)
    const redacted = JSON.stringify(redactPayload(payload))
    const ids = Array.from(redacted.matchAll(/wamid\.([\w+/=]+)/g), ([, id = '']) =>
      Buffer.from(id, 'base64').toString(),
    )
    for (const personal of ['Asha', 'Nair', '9876543210', '7700900142', 'asha.nair']) {
      expect(redacted + ids).not.toContain(personal)
    }
    expect(JSON.stringify(payload)).toMatch(/^\{.*\}$/s)
  })

  test.each([
    ['call 9876543210 now', 'call •••10 now'],
    ['+91 98765 43210', '•••10'],
    ['+44 (7700) 900-142', '•••42'],
    ['98765 43210!', '•••10!'],
    ['to asha.nair@mail.example.', 'to a•••.'],
    ['2026-08-14T06:31:12.000Z', '2026-08-14T06:31:12.000Z'],
    ['66a3d9214f2b8c0013cd56f8', '66a3d9214f2b8c0013cd56f8'],
    ['0b9c6a52-6f0e-4c0f-9a51-2f6f5d1c7e10', '0b9c6a52-6f0e-4c0f-9a51-2f6f5d1c7e10'],
    ['₹1,139.50 for 2', '₹1,139.50 for 2'],
  ])('replaces %s with %s', (text, redacted) => expect(redactText(text)).toBe(redacted))

  test('replaces numbers like strings, but not times', () => {
    const payload = {
      phone: 9876543210,
      other: 919876543210,
      timestamp: '1786689072',
      expiration_timestamp: 1786689072,
      n: 4,
    }
    expect(redactPayload(payload)).toEqual({
      phone: '•••10',
      other: '•••10',
      timestamp: '1786689072',
      expiration_timestamp: 1786689072,
      n: 4,
    })
  })

  test('takes linear time', () => {
    const startedAt = performance.now()
    for (const text of ['a', '1', '+1 ', 'wamid.', 'a.', 'a@', '@a.']) redactText(text.repeat(1_000_000 / text.length))
    // Quadratic time would be minutes.
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })

  test('does not show a payload that is too deep to redact', async () => {
    const { url } = await startListening()
    const rows = await watch(url)
    await post(url, `{"name":"Asha","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)
    await expect.poll(() => rows.length).toBe(1)
    const { status, body } = await requestPage(url, `/_log/deliveries/${rows[0]?.id}`)
    expect(status).toBe(200)
    expect(body).not.toContain('Asha')
  })
})

describe('a dropped entry', () => {
  test('is passed to subscribers', () => {
    const log = createLog({ maxBytes: 10 })
    const calls: [string, string[]][] = []
    const entry = (id: string, size: number) => ({ id, body: new Uint8Array(size) }) as never
    const stop = log.subscribe(({ id }, dropped) => calls.push([id, dropped.map((entry) => entry.id)]))
    for (const [id, size] of [
      ['a', 4],
      ['b', 4],
      ['c', 9],
    ] as const)
      log.add(entry(id, size))
    stop()
    log.add(entry('d', 9))
    expect(calls).toEqual([
      ['a', []],
      ['b', []],
      ['c', ['a', 'b']],
    ])
    expect(log.dropped()).toBe(3)
  })

  test('is reported to the page, also to one that opens later', async () => {
    const { url } = await startListening()
    const [reports, lateReports]: Parameters<typeof watch>[2][] = [[], []]
    const early = await watch(url, '', reports)
    // More than 64 MiB in total.
    const body = JSON.stringify('x'.repeat(1_000_000))
    for (let i = 0; i < 69; i++) await send(url, body, { headers: {} })
    await expect.poll(() => reports?.at(-1)).toEqual({ count: 2, ids: [early[1]?.id] })
    const late = await watch(url, '', lateReports)
    await expect.poll(() => lateReports).toEqual([{ count: 2, ids: [] }])
    await expect.poll(() => late.length).toBe(67)
  })
})
