// listen under what strangers, full disks and mistaken servers do to it: nothing is lost, leaks or goes round.
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/cli/commands/listen/log.js'
import { maskPayload, maskText } from '../../src/cli/commands/listen/mask.js'
import { runCli } from '../support/cli.js'
import { openRaw, readRaw, send, signedHeaders } from '../support/client.js'
import { ask, env, startListening, watch } from '../support/listening.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

function post(url: string, body: string | Uint8Array, event = 'Message.Received', key = secret) {
  return send(url, body, { headers: signedHeaders(body, event, key) })
}

describe('a signed body that is no object is a delivery like any other', () => {
  test.each(['null', '1', '"text"', '[]', '{"contact":null}', '{"contact":{"name":{}},"phone":[null]}'])(
    '%s',
    async (body) => {
      const { url, printed, noted } = await startListening()
      expect((await post(url, body)).status).toBe(200)
      expect(printed[0]).toMatch(/genuine {2}200/)
      expect(noted).toHaveLength(1)
    },
  )
})

describe('--record', () => {
  test('long deliveries that come at once do not mix their lines', async () => {
    const file = join(folder, 'long.ndjson')
    const { url } = await startListening(['--record', file])
    const bodies = Array.from({ length: 8 }, (_, i) => JSON.stringify({ i, padding: 'x'.repeat(1_000_000) }))
    await Promise.all(bodies.map((body) => post(url, body)))
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    const recorded = lines.map((line) => Buffer.from(JSON.parse(line).body, 'base64').toString())
    expect(recorded.sort()).toEqual(bodies.sort())
  })

  test('a file that others could read is for its owner alone from now on', async () => {
    const file = join(folder, 'open.ndjson')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    await startListening(['--record', file])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('a file that cannot be written is said at the start', async () => {
    const file = join(folder, 'none', 'x.ndjson')
    const { code, err } = await runCli(['listen', '--port', '0', '--record', file], { env })
    expect(code).toBe(2)
    expect(err).toContain(`--record: ${file} cannot be written: ENOENT.`)
  })

  // Linux's own full disk.
  test.skipIf(!existsSync('/dev/full'))(
    'what cannot be recorded later is noted, and received all the same',
    async () => {
      const { url, printed, noted } = await startListening(['--record', '/dev/full'])
      expect((await post(url, '{}')).status).toBe(200)
      expect(printed).toHaveLength(1)
      expect(noted.at(-1)).toBe('A delivery could not be recorded in /dev/full: ENOSPC.')
    },
  )
})

describe('--forward-to', () => {
  test.each(['http://localhost:4999/', 'http://127.0.0.1:4999/x', 'http://[::1]:4999/', 'http://0.0.0.0:4999/'])(
    'to itself, as %s, would go round',
    async (target) => {
      const { code, err } = await runCli(['listen', '--port', '4999', '--forward-to', target], { env })
      expect(code).toBe(2)
      expect(err).toContain('--forward-to is where listen itself would listen.')
    },
  )

  test('a server that takes what is not genuine is told of', async () => {
    const { url: target } = await startServer()
    const { url, printed } = await startListening(['--forward-to', target])
    const rows = await watch(url)
    await post(url, '{}', 'Our.Own', 'another')
    await post(url, '{}', 'Our.Own')
    expect(printed[0]).toContain('Your server took it all the same')
    expect(printed[1]).not.toContain('Your server took it')
    await expect.poll(() => rows.map(({ deceived }) => deceived)).toEqual([true, false])
  })

  test("its answers share the log page's address, and may not act as it", async () => {
    const { url: target } = await startServer((_req, res) =>
      res.writeHead(200, { 'content-type': 'text/html' }).end('<script>fetch("/_log")</script>'),
    )
    const { url } = await startListening(['--forward-to', target])
    const { headers } = await fetch(url, { method: 'POST', body: '{}' })
    expect(headers.get('content-security-policy')).toBe('sandbox')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('an answer that cannot be passed on costs no more than that answer', async () => {
    const { url: target } = await startServer((_req, res) => res.socket?.end('HTTP/1.1 099 Odd\r\n\r\n'))
    const { url } = await startListening(['--forward-to', target])
    expect((await post(url, '{}')).status).toBeGreaterThanOrEqual(500)
    expect((await ask(url, '/_log')).status).toBe(200)
  })
})

test.each([
  ['http://localhost/', '80'],
  ['https://localhost/', '443'],
])('--forward-to %s and --port %s are one place too', async (target, port) => {
  expect((await runCli(['listen', '--port', port, '--forward-to', target], { env })).code).toBe(2)
})

test('Ctrl-C before it began ends it too', async () => {
  expect((await runCli(['listen', '--port', '0'], { env, signal: AbortSignal.abort() })).code).toBe(0)
})

describe('what a stranger sends', () => {
  test('moves no cursor where lines are JSON', async () => {
    const { url, printed } = await startListening(['--json'])
    await post(url, '{"whatsapp":{"text":{"body":"x"}}}', 'a\u009b2J\u0085')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about.
    expect(printed[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(JSON.parse(printed[0] as string).event).toContain('\u009b2J')
  })

  test('stays short in a row, however long its name', async () => {
    const { url } = await startListening()
    const rows = await watch(url)
    await post(url, '{}', 'x'.repeat(12_000), 'another')
    await expect.poll(() => rows[0]?.event.length).toBe(300)
  })

  test('ends half way: nothing is a delivery, and the next one is', async () => {
    const { url, printed, noted } = await startListening()
    const socket = await openRaw(url, { ...signedHeaders('{}'), 'content-length': '2' })
    socket.write('{')
    socket.destroy()
    await expect.poll(() => noted.at(-1)).toBe('A request was refused before it was a delivery: body-aborted.')
    expect((await post(url, '{}')).status).toBe(200)
    expect(printed).toHaveLength(1)
  })

  test('comes through a tunnel, to the page, as a whole address: it gets no page', async () => {
    const { url } = await startListening()
    const { port } = new URL(url)
    for (const line of [`http://localhost:${port}/_log`, '//localhost/_log', '/%5Flog', '/x/../_log']) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(`GET ${line} HTTP/1.1\r\nHost: abc.tunnel.example\r\n\r\n`)
      const answer = await readRaw(socket)
      socket.destroy()
      expect(answer).toMatch(/^HTTP\/1\.1 405 /)
    }
  })
})

describe('masking', () => {
  test('a name of very many words, and very many texts, take no long time', () => {
    const name = Array.from({ length: 60_000 }, (_, i) => `word${i}`).join(' ')
    const masked = maskPayload({ contact: { name }, texts: Array(100_000).fill(''), text: 'word3 came' })
    expect(masked).toMatchObject({ contact: { name: 'w•••' }, text: 'w••• came' })
  })

  test.each(sampledEventTypes)('%s gives away neither the name nor a number', (type) => {
    const payload = samplePayload(type)
    const masked = JSON.stringify(maskPayload(payload))
    const ids = Array.from(masked.matchAll(/wamid\.([\w+/=]+)/g), ([, id = '']) => Buffer.from(id, 'base64').toString())
    for (const personal of ['Asha', 'Nair', '9876543210', '7700900142', 'asha.nair']) {
      expect(masked + ids).not.toContain(personal)
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
  ])('%s becomes %s', (text, masked) => expect(maskText(text)).toBe(masked))

  test('numbers are masked like texts, times are not', () => {
    const payload = {
      phone: 9876543210,
      other: 919876543210,
      timestamp: '1786689072',
      expiration_timestamp: 1786689072,
      n: 4,
    }
    expect(maskPayload(payload)).toEqual({
      phone: '•••10',
      other: '•••10',
      timestamp: '1786689072',
      expiration_timestamp: 1786689072,
      n: 4,
    })
  })

  test('a megabyte of anything takes no time worth naming', () => {
    const startedAt = performance.now()
    for (const text of ['a', '1', '+1 ', 'wamid.', 'a.', 'a@', '@a.']) maskText(text.repeat(1_000_000 / text.length))
    // Quadratic would be minutes.
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })

  test('a payload too deep to walk through is not shown unmasked', async () => {
    const { url } = await startListening()
    const rows = await watch(url)
    await post(url, `{"name":"Asha","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)
    await expect.poll(() => rows.length).toBe(1)
    const { status, body } = await ask(url, `/_log/deliveries/${rows[0]?.id}`)
    expect(status).toBe(200)
    expect(body).not.toContain('Asha')
  })
})

describe('what is dropped', () => {
  test('is told to who hears of what came', () => {
    const log = createLog({ maxBytes: 10 })
    const heard: [string, string[]][] = []
    const entry = (id: string, size: number) => ({ id, body: new Uint8Array(size) }) as never
    const stop = log.subscribe(({ id }, dropped) => heard.push([id, dropped.map((one) => one.id)]))
    for (const [id, size] of [
      ['a', 4],
      ['b', 4],
      ['c', 9],
    ] as const)
      log.add(entry(id, size))
    stop()
    log.add(entry('d', 9))
    expect(heard).toEqual([
      ['a', []],
      ['b', []],
      ['c', ['a', 'b']],
    ])
    expect(log.dropped()).toBe(3)
  })

  test('is told to the page, also to one that comes later', async () => {
    const { url } = await startListening()
    const [told, toldLate]: Parameters<typeof watch>[2][] = [[], []]
    const early = await watch(url, '', told)
    // Above 64 MiB in all.
    const body = JSON.stringify('x'.repeat(1_000_000))
    for (let i = 0; i < 69; i++) await send(url, body, { headers: {} })
    await expect.poll(() => told?.at(-1)).toEqual({ count: 2, ids: [early[1]?.id] })
    const late = await watch(url, '', toldLate)
    await expect.poll(() => toldLate).toEqual([{ count: 2, ids: [] }])
    await expect.poll(() => late.length).toBe(67)
  })
})
