// The HTTP client of the commands: what goes out as it is, and every way in which no answer comes.
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { exchange, type HttpRequest } from '../../src/cli/shared/http-client.js'
import { listen } from '../support/listen.js'
import { startServer } from '../support/receiving.js'

function send(url: string, more: Partial<HttpRequest> = {}) {
  return exchange({ url: new URL(url), method: 'POST', headers: [], body: Buffer.from('{}'), timeoutMs: 5000, ...more })
}

/** Starts a server that answers the bytes of each connection by itself. */
function startRaw(answer: (connection: import('node:net').Socket, request: number) => void): Promise<string> {
  let requests = 0
  const server = createServer((connection) => {
    connection.on('error', () => {}).on('data', () => answer(connection, ++requests))
  })
  return listen(server as never)
}

test('an answer, with its headers in their own spelling', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(418, { 'X-CaSe': '1' }).end('short'))
  const answer = await send(url)
  expect(answer).toMatchObject({ status: 418, headers: expect.arrayContaining([['X-CaSe', '1']]) })
  expect('body' in answer && Buffer.from(answer.body).toString()).toBe('short')
})

test('headers that came twice go out twice, and those of another connection do not', async () => {
  const { url, received } = await startServer()
  const headers = ['Transfer-Encoding: chunked', 'HOST: example.com', 'Expect: 100-continue', 'A: 1', 'a: 2']
  await send(url, { headers: headers.map((line) => line.split(': ') as [string, string]) })
  const { rawHeaders = [] } = received[0] ?? {}
  expect(rawHeaders.slice(0, 8)).toEqual(['A', '1', 'a', '2', 'Host', new URL(url).host, 'Content-Length', '2'])
  expect(rawHeaders.join()).not.toMatch(/chunked|example\.com|100-continue/)
})

test('user and password of an address are sent, unless a header says who asks', async () => {
  const { url, received } = await startServer()
  const withUser = url.replace('http://', 'http://us%40er:p%C3%A4ss@')
  await send(withUser)
  await send(withUser, { headers: [['authorization', 'Bearer 1']] })
  await send(url)
  const basic = `Basic ${Buffer.from('us@er:päss').toString('base64')}`
  expect(received.map(({ headers }) => headers.authorization)).toEqual([basic, 'Bearer 1', undefined])
})

test('an endless answer is read to 1 MiB, and no further', async () => {
  const { url } = await startServer((_req, res) => {
    const pour = () => {
      while (!res.destroyed && res.write('x'.repeat(65_536)));
    }
    res.on('drain', pour)
    pour()
  })
  const answer = await send(url)
  expect('body' in answer && answer.body.byteLength).toBe(1024 * 1024)
})

test('a kept connection that was closed meanwhile is no failure', async () => {
  const url = await startRaw((connection, request) => {
    // The second request finds the connection closing.
    if (request === 2) connection.resetAndDestroy()
    else connection.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  })
  expect(await send(url)).toMatchObject({ status: 200 })
  expect(await send(url)).toMatchObject({ status: 200 })
})

test.each([
  ['closed without an answer', (c: import('node:net').Socket) => c.resetAndDestroy(), /closed without an answer/],
  ['no HTTP', (c: import('node:net').Socket) => c.end('SSH-2.0-OpenSSH\r\n'), /^the answer is no HTTP \(HPE_\w+\)$/],
  [
    'half an answer',
    (c: import('node:net').Socket) => c.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'),
    /closed/,
  ],
])('%s', async (_title, answer, reason) => {
  expect(await send(await startRaw(answer))).toMatchObject({ status: null, reason: expect.stringMatching(reason) })
})

test.each([
  ['http://127.0.0.1:1/', 'nothing listens there'],
  ['http://name.invalid/', 'the host name is not known'],
])('%s: %s', async (url, reason) => {
  expect(await send(url)).toMatchObject({ status: null, reason })
})

test('TLS that is none', async () => {
  const { url } = await startServer()
  expect(await send(url.replace('http:', 'https:'))).toMatchObject({ status: null, reason: /^no answer \(E\w+\)$/ })
})

test('no answer in time, and a request that was stopped', async () => {
  const { url } = await startServer(() => {})
  expect(await send(url, { timeoutMs: 30 })).toMatchObject({ status: null, reason: 'no answer within 30 ms' })
  const signal = AbortSignal.timeout(30)
  expect(await send(url, { signal })).toMatchObject({ status: null, reason: 'stopped' })
})
