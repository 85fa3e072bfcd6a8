// replay: recorded deliveries again, byte for byte, in order.
import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { appendRecord } from '../../src/cli/shared/recording.js'
import { runCli } from '../support/cli.js'
import { secret, startReceiver, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()

let files = 0
async function record(names: readonly string[], distanceMs = 0) {
  const file = join(folder, `${files++}.ndjson`)
  for (const [i, name] of names.entries()) {
    const { method, headers, body } = signDelivery(name, { id: `${i}`, text: '₹ 1.0' }, { secret })
    await appendRecord(file, {
      receivedAt: new Date(1_790_000_000_000 + i * distanceMs).toISOString(),
      method,
      headers: [['Host', 'example.com'], ['Connection', 'close'], ...Object.entries(headers), ['X-Case', `${i}`]],
      body: Buffer.from(body).toString('base64'),
    })
  }
  return file
}

test('bytes and headers are what they were, in their order; the connection is a new one', async () => {
  const { url, received } = await startServer()
  const { code, out, err } = await runCli(['replay', await record(['Message.Received', 'Our.Own']), url])
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^2 sent, 0 failed; ms until the answer/) })
  expect(out.split('\n')).toHaveLength(2)
  expect(received.map(({ body }) => body.toString())).toEqual([
    '{"id":"0","text":"₹ 1.0"}',
    '{"id":"1","text":"₹ 1.0"}',
  ])
  expect(received[1]?.rawHeaders).toEqual(expect.arrayContaining(['X-Case', '1', 'x-event-name', 'Our.Own']))
  expect(received[1]?.headers).toMatchObject({ host: new URL(url).host, connection: 'keep-alive' })
})

test('a receiver with the secret takes them as genuine', async () => {
  const { url, records } = await startReceiver()
  expect((await runCli(['replay', await record(['Our.Own', 'Our.Own']), url])).code).toBe(0)
  expect(records).toMatchObject([{ code: 'handled' }, { code: 'handled' }])
})

test('one that has not fails, and the exit code says so', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(401).end())
  expect(await runCli(['replay', await record(['A']), url, '--json'])).toMatchObject({
    code: 1,
    err: '1 sent, 1 failed',
  })
})

test('--event: only these; --header: one more', async () => {
  const { url, received } = await startServer()
  const file = await record(['A', 'B', 'C', 'a'])
  await runCli(['replay', file, url, '--event', 'a', '--event', 'C', '--header', 'X-More: 1'])
  expect(received.map(({ headers }) => headers['x-event-name'])).toEqual(['A', 'C', 'a'])
  expect(received[0]?.headers['x-more']).toBe('1')
  expect((await runCli(['replay', file, url, '--event', 'D'])).err).toBe('Nothing was sent.')
})

test('--speed: the distances that were, divided', async () => {
  const arrivals: number[] = []
  const { url } = await startServer((_req, res) => {
    arrivals.push(performance.now())
    res.end()
  })
  await runCli(['replay', await record(['A', 'B', 'C'], 1000), url, '--speed', '5'])
  const [first = 0, , third = 0] = arrivals
  // Timers may be late, never early by more than a little.
  expect(third - first).toBeGreaterThan(350)
})

test("--event takes either of an event's names", async () => {
  const { url, received } = await startServer()
  const file = await record(['Contact.Tag.Mapped', 'Message.Received'])
  await runCli(['replay', file, url, '--event', 'contact.MAPPED'])
  expect(received.map(({ headers }) => headers['x-event-name'])).toEqual(['Contact.Tag.Mapped'])
})

test('--header takes the place of a recorded one with its name', async () => {
  const { url, received } = await startServer()
  await runCli(['replay', await record(['A']), url, '--header', 'x-CASE: mine'])
  expect(received[0]?.rawHeaders.filter((_text, i, all) => /^x-case$/i.test(all[i - 1] ?? ''))).toEqual(['mine'])
})

test.each([[[]], [['--json']]])('a recorded name moves no cursor %s', async (options) => {
  const { url } = await startServer((_req, res) => res.writeHead(401).end())
  const file = await record(['A'])
  const name = 'A\u009b31mB'
  writeFileSync(file, readFileSync(file, 'utf8').replace('"A"', JSON.stringify(name)))
  const { out, err } = await runCli(['replay', file, url, ...options])
  expect(out).toContain('A 31mB')
  expect(out + err).not.toContain('\u009b')
})

test('a pause may be longer than a timer can be', async () => {
  const stopping = new AbortController()
  const { url, received } = await startServer((_req, res) => {
    res.end()
    setTimeout(() => stopping.abort(), 50)
  })
  const file = await record(['A', 'B'], 60 * 86_400_000)
  expect((await runCli(['replay', file, url, '--speed', '1'], { signal: stopping.signal })).code).toBe(130)
  expect(received).toHaveLength(1)
})

test('Ctrl-C ends a pause at once', async () => {
  const stopping = new AbortController()
  const { url } = await startServer((_req, res) => {
    res.end()
    setTimeout(() => stopping.abort(), 20)
  })
  const file = await record(['A', 'B'], 3_600_000)
  expect((await runCli(['replay', file, url, '--speed', '1'], { signal: stopping.signal })).code).toBe(130)
})

describe('files that are not as they should be', () => {
  test('a last line that was not written to its end is left out, and said', async () => {
    const { url, received } = await startServer()
    const file = await record(['A', 'B'])
    appendFileSync(file, '\n{"receivedAt":"2026-')
    const { code, err } = await runCli(['replay', file, url])
    expect({ code, sent: received.length }).toEqual({ code: 0, sent: 2 })
    expect(err).toMatch(/:4 is no recorded delivery: left out/)
  })

  test.each([
    ['another line that is none', '{"a":1}\n{"a":1}\n', /:1 is no recorded delivery/],
    ['one line that is none', 'hello', /:1 is no recorded delivery/],
  ])('%s', async (_title, text, reason) => {
    const file = join(folder, `${files++}.ndjson`)
    writeFileSync(file, text)
    const { code, err } = await runCli(['replay', file, 'http://127.0.0.1:1/'])
    expect(code).toBe(2)
    expect(err).toMatch(reason)
    expect(err).not.toContain('hello')
  })

  test('one that others may read is pointed out', async () => {
    const { url } = await startServer()
    const file = await record(['A'])
    chmodSync(file, 0o644)
    expect((await runCli(['replay', file, url])).err).toMatch(/can be read by others than its owner: chmod 600/)
  })
})

describe('called wrongly: exit code 2', () => {
  test.each([
    ['no file', [], /one recording and one address/],
    ['no address', ['f'], /second argument must be an address/],
    ['too many', ['f', 'http://127.0.0.1:1/', 'x'], /one recording and one address/],
    ['a file that is not there', [join(folder, 'none'), 'http://127.0.0.1:1/'], /cannot be read: ENOENT/],
    ['a folder', [folder, 'http://127.0.0.1:1/'], /cannot be read: EISDIR/],
    ['a speed that is none', ['f', 'http://127.0.0.1:1/', '--speed', '0'], /--speed must be a number above 0/],
  ])('%s', async (_title, args, reason) => {
    const { code, err } = await runCli(['replay', ...args])
    expect(code).toBe(2)
    expect(err).toMatch(reason)
  })
})
