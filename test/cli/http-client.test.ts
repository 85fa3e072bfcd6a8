import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { type HttpRequest, sendRequest } from '../../src/cli/shared/http-client.js'
import { listen } from '../support/listen.js'
import { startServer } from '../support/receiving.js'

function send(url: string, changes: Partial<HttpRequest> = {}) {
  return sendRequest({
    url: new URL(url),
    method: 'POST',
    headers: [],
    body: Buffer.from('{}'),
    timeoutMs: 5000,
    ...changes,
  })
}

/** Starts a server that writes to the socket itself. */
function startRaw(respond: (connection: import('node:net').Socket, request: number) => void): Promise<string> {
  let requests = 0
  const server = createServer((connection) => {
    connection.on('error', () => {}).on('data', () => respond(connection, ++requests))
  })
  return listen(server as never)
}

test('returns the response with the letter case of its headers', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(418, { 'X-CaSe': '1' }).end('short'))
  const response = await send(url)
  expect(response).toMatchObject({ status: 418, headers: expect.arrayContaining([['X-CaSe', '1']]) })
  expect('body' in response && Buffer.from(response.body).toString()).toBe('short')
})

test('sends repeated headers, and no connection headers', async () => {
  const { url, received } = await startServer()
  const headers = ['Transfer-Encoding: chunked', 'HOST: example.com', 'Expect: 100-continue', 'A: 1', 'a: 2']
  await send(url, { headers: headers.map((line) => line.split(': ') as [string, string]) })
  const { rawHeaders = [] } = received[0] ?? {}
  expect(rawHeaders.slice(0, 8)).toEqual(['A', '1', 'a', '2', 'Host', new URL(url).host, 'Content-Length', '2'])
  expect(rawHeaders.join()).not.toMatch(/chunked|example\.com|100-continue/)
})

test('sends the credentials of the URL unless there is an Authorization header', async () => {
  const { url, received } = await startServer()
  const withUser = url.replace('http://', 'http://us%40er:p%C3%A4ss@')
  await send(withUser)
  await send(withUser, { headers: [['authorization', 'Bearer 1']] })
  await send(url)
  const basic = `Basic ${Buffer.from('us@er:päss').toString('base64')}`
  expect(received.map(({ headers }) => headers.authorization)).toEqual([basic, 'Bearer 1', undefined])
})

test.each([
  [undefined, 1024 * 1024],
  [100_000, 100_000],
])('reads at most maxResponseBytes (%s) of a response', async (maxResponseBytes, expected) => {
  const { url } = await startServer((_req, res) => {
    const pour = () => {
      while (!res.destroyed && res.write('x'.repeat(65_536)));
    }
    res.on('drain', pour)
    pour()
  })
  const response = await send(url, maxResponseBytes === undefined ? {} : { maxResponseBytes })
  expect('body' in response && response.body.byteLength).toBe(expected)
})

test('retries when a kept-alive connection was closed', async () => {
  const url = await startRaw((connection, request) => {
    // The second request finds the connection closing.
    if (request === 2) connection.resetAndDestroy()
    else connection.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  })
  expect(await send(url)).toMatchObject({ status: 200 })
  expect(await send(url)).toMatchObject({ status: 200 })
})

test.each([
  [
    'a closed connection',
    (c: import('node:net').Socket) => c.resetAndDestroy(),
    /^connection closed without a response$/,
  ],
  [
    'invalid HTTP',
    (c: import('node:net').Socket) => c.end('SSH-2.0-OpenSSH\r\n'),
    /^invalid HTTP response \(HPE_\w+\)$/,
  ],
  [
    'half a response',
    (c: import('node:net').Socket) => c.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'),
    /closed/,
  ],
])('returns the reason for %s', async (_title, respond, reason) => {
  expect(await send(await startRaw(respond))).toMatchObject({ status: null, reason: expect.stringMatching(reason) })
})

test('fails on a timeout and on a stop signal', async () => {
  const { url } = await startServer(() => {})
  expect(await send(url, { timeoutMs: 30 })).toMatchObject({ status: null, reason: 'no response within 30 ms' })
  const signal = AbortSignal.timeout(30)
  expect(await send(url, { signal })).toMatchObject({ status: null, reason: 'stopped' })
})
