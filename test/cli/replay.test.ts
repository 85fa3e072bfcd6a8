import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { appendRecord } from '../../src/cli/shared/recording.js'
import { runCli } from '../support/cli.js'
import { secret, startReceiver, startServer } from '../support/receiving.js'
import { hasFileModes, temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

let files = 0
async function record(names: readonly string[], intervalMs = 0) {
  const file = join(folder, `${files++}.ndjson`)
  for (const [i, name] of names.entries()) {
    const { method, headers, body } = signDelivery(name, { id: `${i}`, text: '₹ 1.0' }, { secret })
    await appendRecord(file, {
      receivedAt: new Date(1_790_000_000_000 + i * intervalMs).toISOString(),
      method,
      headers: [['Host', 'example.com'], ['Connection', 'close'], ...Object.entries(headers), ['X-Case', `${i}`]],
      body: Buffer.from(body).toString('base64'),
    })
  }
  return file
}

test('sends the recorded bytes and headers in order, on a new connection', async () => {
  const { url, received } = await startServer()
  const { code, out, err } = await runCli(['replay', await record(['Message.Received', 'Our.Own']), url])
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^2 sent, 0 failed; response times in ms/) })
  expect(out.split('\n')).toHaveLength(3)
  expect(out).toMatch(/^Event +Created At +Result +Time\nMessage\.Received .* SUCCESS 200 +\d+ ms\nOur\.Own /)
  expect(received.map(({ body }) => body.toString())).toEqual([
    '{"id":"0","text":"₹ 1.0"}',
    '{"id":"1","text":"₹ 1.0"}',
  ])
  expect(received[1]?.rawHeaders).toEqual(expect.arrayContaining(['X-Case', '1', 'x-event-name', 'Our.Own']))
  expect(received[1]?.headers).toMatchObject({ host: new URL(url).host, connection: 'keep-alive' })
})

test('sends deliveries that a receiver with the secret accepts', async () => {
  const { url, records } = await startReceiver()
  expect((await runCli(['replay', await record(['Our.Own', 'Our.Own']), url])).code).toBe(0)
  expect(records).toMatchObject([{ code: 'handled' }, { code: 'handled' }])
})

test('exits with 1 when the receiver rejects a delivery', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(401).end())
  expect(await runCli(['replay', await record(['A']), url, '--json'])).toMatchObject({
    code: 1,
    err: '1 sent, 1 failed',
  })
})

test('ends after the first refused connection, and counts what was not sent', async () => {
  const file = await record(['A', 'B', 'A', 'A'])
  const { code, out, err } = await runCli(['replay', file, 'http://127.0.0.1:1', '--event', 'A', '--json'])
  expect(code).toBe(1)
  expect(out.split('\n').map((line) => JSON.parse(line))).toMatchObject([{ attempts: [{ code: 'ECONNREFUSED' }] }])
  expect(err).toBe('1 sent, 1 failed\nStopped, because the connection was refused. 2 were not sent.')
})

test('ends when the server stops in between, without waiting for the next time', async () => {
  const { url, server } = await startServer((_req, res) => {
    res.writeHead(200, { connection: 'close' }).end()
    server.close()
  })
  const started = performance.now()
  const { code, err } = await runCli(['replay', await record(['A', 'B', 'C', 'D'], 100), url, '--speed', '1'])
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^2 sent, 1 failed.*\n.* 2 were not sent\.$/s),
  })
  expect(performance.now() - started).toBeLessThan(5000)
})

test('goes on after a failure that is not a refused connection', async () => {
  const { url, received } = await startServer((req) => req.socket.destroy())
  expect(await runCli(['replay', await record(['A', 'B']), url])).toMatchObject({ code: 1 })
  expect(received.length).toBeGreaterThanOrEqual(2)
})

test('lists the first 50 deliveries, and counts all at the end', async () => {
  const { url } = await startServer()
  const { code, out } = await runCli(['replay', await record([...Array(51).fill('A'), 'B']), url])
  expect(code).toBe(0)
  const lines = out.split('\n').map((line) => line.replace(/ +/g, ' '))
  expect(lines.filter((line) => / ms$/.test(line))).toHaveLength(50)
  expect(lines.slice(-3)).toEqual(['Event Result Count', 'A SUCCESS 200 51', 'B SUCCESS 200 1'])
})

test('--event selects events, and --header adds a header', async () => {
  const { url, received } = await startServer()
  const file = await record(['A', 'B', 'C', 'a'])
  await runCli(['replay', file, url, '--event', 'a', '--event', 'C', '--header', 'X-More: 1'])
  expect(received.map(({ headers }) => headers['x-event-name'])).toEqual(['A', 'C', 'a'])
  expect(received[0]?.headers['x-more']).toBe('1')
  expect((await runCli(['replay', file, url, '--event', 'XYZ'])).err).toBe(
    'Nothing was sent.\n--event: the file contains no "XYZ".',
  )
})

test('--event suggests a recorded name, without its control characters', async () => {
  const { url } = await startServer()
  const file = await record(['Our.Own', 'Message.Received'])
  writeFileSync(file, readFileSync(file, 'utf8').replace('"Our.Own"', JSON.stringify('Our\u009b.Own')))
  const args = ['--event', 'message.recieved', '--event', 'Our.Onw', '--event', 'Message.received']
  expect((await runCli(['replay', file, url, ...args])).err.split('\n')).toEqual([
    '1 sent, 0 failed',
    '--event: the file contains no "message.recieved". Did you mean "Message.Received"?',
    '--event: the file contains no "Our.Onw". Did you mean "Our .Own"?',
  ])
})

test('--speed divides the time between deliveries', async () => {
  const arrivals: number[] = []
  const { url } = await startServer((_req, res) => {
    arrivals.push(performance.now())
    res.end()
  })
  await runCli(['replay', await record(['A', 'B', 'C'], 1000), url, '--speed', '5'])
  const [first = 0, , third = 0] = arrivals
  // Timers can be late, but only a few milliseconds early.
  expect(third - first).toBeGreaterThan(350)
})

test('--event accepts either name of an event', async () => {
  const { url, received } = await startServer()
  const file = await record(['Contact.Tag.Mapped', 'Message.Received'])
  await runCli(['replay', file, url, '--event', 'contact.MAPPED'])
  expect(received.map(({ headers }) => headers['x-event-name'])).toEqual(['Contact.Tag.Mapped'])
})

test('--header replaces a recorded header of the same name', async () => {
  const { url, received } = await startServer()
  await runCli(['replay', await record(['A']), url, '--header', 'x-CASE: new'])
  expect(received[0]?.rawHeaders.filter((_text, i, all) => /^x-case$/i.test(all[i - 1] ?? ''))).toEqual(['new'])
})

test.each([[[]], [['--json']]])(
  'prints a recorded name without control characters with the options %j',
  async (options) => {
    const { url } = await startServer((_req, res) => res.writeHead(401).end())
    const file = await record(['A'])
    const name = 'A\u009b31mB'
    writeFileSync(file, readFileSync(file, 'utf8').replace('"A"', JSON.stringify(name)))
    const { out, err } = await runCli(['replay', file, url, ...options])
    expect(out).toContain('A 31mB')
    expect(out + err).not.toContain('\u009b')
  },
)

test('waits longer than the limit of timers', async () => {
  const stopping = new AbortController()
  const { url, received } = await startServer((_req, res) => {
    res.end()
    setTimeout(() => stopping.abort(), 50)
  })
  const file = await record(['A', 'B'], 60 * 86_400_000)
  expect((await runCli(['replay', file, url, '--speed', '1'], { signal: stopping.signal })).code).toBe(130)
  expect(received).toHaveLength(1)
})

test('ends a wait immediately on Ctrl-C', async () => {
  const stopping = new AbortController()
  const { url } = await startServer((_req, res) => {
    res.end()
    setTimeout(() => stopping.abort(), 20)
  })
  const file = await record(['A', 'B'], 3_600_000)
  expect((await runCli(['replay', file, url, '--speed', '1'], { signal: stopping.signal })).code).toBe(130)
})

describe('an invalid file', () => {
  test('skips and notes an incomplete last line', async () => {
    const { url, received } = await startServer()
    const file = await record(['A', 'B'])
    appendFileSync(file, '\n{"receivedAt":"2026-')
    const { code, err } = await runCli(['replay', file, url])
    expect({ code, sent: received.length }).toEqual({ code: 0, sent: 2 })
    expect(err).toMatch(/:4: invalid record\. Skipped/)
  })

  test.each([
    ['two invalid lines', '{"a":1}\n{"a":1}\n', /:1: invalid record/],
    ['one invalid line', 'hello', /:1: invalid record/],
  ])('%s', async (_title, text, reason) => {
    const file = join(folder, `${files++}.ndjson`)
    writeFileSync(file, text)
    const { code, err } = await runCli(['replay', file, 'http://127.0.0.1:1/'])
    expect(code).toBe(2)
    expect(err).toMatch(reason)
    expect(err).not.toContain('hello')
  })

  test.skipIf(!hasFileModes)('notes that other users can read the file', async () => {
    const { url } = await startServer()
    const file = await record(['A'])
    chmodSync(file, 0o644)
    expect((await runCli(['replay', file, url])).err).toMatch(/^Other users can read .*\. Run chmod 600 on it\./)
  })
})

describe('a usage error exits with 2', () => {
  test.each([
    ['no file', [], /Pass a file and a URL/],
    ['no URL', ['f'], /<url> must be an http or https URL/],
    ['too many arguments', ['f', 'http://127.0.0.1:1/', 'x'], /Pass a file and a URL/],
    ['a missing file', [join(folder, 'none'), 'http://127.0.0.1:1/'], /Cannot read .*: ENOENT/],
    ['a folder', [folder, 'http://127.0.0.1:1/'], /Cannot read .*: EISDIR/],
    ['an invalid speed', ['f', 'http://127.0.0.1:1/', '--speed', '0'], /--speed must be a number above 0/],
  ])('%s', async (_title, args, reason) => {
    const { code, err } = await runCli(['replay', ...args])
    expect(code).toBe(2)
    expect(err).toMatch(reason)
  })
})
