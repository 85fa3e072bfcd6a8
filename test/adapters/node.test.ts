import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import type { ReceiverOptions } from 'gallabox-webhooks'
import { webhookHandler, webhookMiddleware } from 'gallabox-webhooks/node'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fill, openRaw, readRaw, secret, send, signedHeaders } from '../support/client.js'
import { listen } from '../support/listen.js'
import { recordingHandler } from '../support/recording.js'

const body = JSON.stringify(samplePayload('Message.Received'))
const handlerWith = (options?: Partial<ReceiverOptions>) => recordingHandler(webhookHandler, secret, options)

describe('webhookHandler over HTTP/1.1', () => {
  function exchange(url: string, agent: Agent, sent: string, headers: Record<string, string>) {
    return new Promise<{ status: number | undefined; reused: boolean; connection: string | undefined }>(
      (resolve, reject) => {
        const req = request(url, { method: 'POST', agent, headers }, (res) => {
          res
            .resume()
            .on('end', () =>
              resolve({ status: res.statusCode, reused: req.reusedSocket, connection: res.headers.connection }),
            )
        })
        req.on('error', reject)
        req.end(sent)
      },
    )
  }

  test('keeps the connection open when it has read the body', async () => {
    const url = await listen(createServer(handlerWith().handler))
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const results = []
    for (const signingSecret of [secret, 'forged', secret]) {
      results.push(await exchange(url, agent, body, signedHeaders(body, 'Message.Received', signingSecret)))
    }
    agent.destroy()
    expect(results.map(({ status, reused }) => [status, reused])).toEqual([
      [200, false],
      [401, true],
      [200, true],
    ])
  })

  test('keeps the connection open when a rejected request has no body', async () => {
    const url = await listen(createServer(handlerWith().handler))
    for (const headers of [{}, { 'content-length': '0' }]) {
      const socket = await openRaw(url, headers as Record<string, string>)
      const text = await readRaw(socket)
      expect(text).toMatch(/^HTTP\/1\.1 401 /)
      expect(text.toLowerCase()).toContain('connection: keep-alive')
      socket.destroy()
    }
  })

  test('responds to HEAD with 405 when the server rejects non-standard body writes', async () => {
    const url = await listen(createServer({ rejectNonStandardBodyWrites: true }, handlerWith().handler))
    for (const headers of [{}, { 'content-length': '100000' }] as Record<string, string>[]) {
      const socket = await openRaw(url, headers, 'HEAD')
      expect(await readRaw(socket, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 405 /)
      socket.destroy()
    }
  })

  test('closes the connection when the body is still to come', async () => {
    const url = await listen(createServer(handlerWith().handler))
    const socket = await openRaw(url, { 'content-length': '100000' })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const text = await readRaw(socket)
    expect(text).toMatch(/^HTTP\/1\.1 401 /)
    expect(text.toLowerCase()).toContain('connection: close')
    await closed
  })

  test('sends the whole response and stops reading after 256 kB when a client keeps sending', async () => {
    const url = await listen(createServer(handlerWith().handler))
    const socket = await openRaw(url, { 'content-length': String(64 * 1024 * 1024) })
    const response = readRaw(socket)
    const sent = await fill(socket, 64 * 1024 * 1024)
    expect(await response).toMatch(/^HTTP\/1\.1 401 [\s\S]*\{"ok":false\}$/)
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  test('responds before the body is sent when a client waits for 100 Continue', async () => {
    const url = await listen(createServer(handlerWith().handler))
    const socket = await openRaw(url, { 'content-length': '100000', expect: '100-continue' })
    expect(await readRaw(socket)).toMatch(/HTTP\/1\.1 401 /)
    socket.destroy()
  })

  test('responds to pipelined deliveries in order', async () => {
    const url = await listen(createServer(handlerWith().handler))
    const headers = { ...signedHeaders(body), 'content-length': String(Buffer.byteLength(body)) }
    const socket = await openRaw(url, headers)
    const head = Object.entries({ host: 'localhost', ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
    const response = readRaw(socket, /(\{"ok":true\}[\s\S]*){2}$/)
    socket.write(`${body}POST / HTTP/1.1\r\n${head}\r\n${body}`)
    expect(await response).toMatch(/(HTTP\/1\.1 200 [\s\S]*){2}/)
    socket.destroy()
  })
})

describe('webhookHandler over HTTP/2', () => {
  async function exchange(headers: Record<string, string>, sent: string | Buffer, options = {}) {
    const { handler, records } = handlerWith(options)
    const url = await listen(createHttp2Server(handler as never))
    const session = connect(url)
    onTestFinished(() => session.destroy())
    const stream = session.request({ ':method': 'POST', ':path': '/', ...headers })
    stream.on('error', () => {})
    const response = new Promise<Record<string, unknown>>((resolve) => stream.once('response', resolve))
    const text = (async () => {
      let all = ''
      for await (const chunk of stream) all += chunk
      return all
    })()
    stream.end(sent)
    const { ':status': status, connection } = await response
    return { status, connection, text: await text, records }
  }

  test('accepts a signed delivery', async () => {
    expect(await exchange(signedHeaders(body), body)).toMatchObject({ status: 200, text: '{"ok":true}' })
  })

  test('sends the whole response without a Connection header when it rejects a body that still arrives', async () => {
    const result = await exchange(signedHeaders(body), Buffer.alloc(200_000), { maxBodyBytes: 1000 })
    expect(result).toMatchObject({ status: 413, connection: undefined, text: '{"ok":false}' })
  })
})

test('closes the HTTP/2 stream when a client never stops sending', async () => {
  const { handler } = handlerWith({ maxBodyBytes: 150 })
  const server = createHttp2Server(handler as never)
  // Observed on the server, because a client in the middle of a write may miss it.
  const closed = new Promise((resolve) => server.once('stream', (stream) => stream.once('close', resolve)))
  const session = connect(await listen(server))
  onTestFinished(() => session.destroy())
  const stream = session.request({ ':method': 'POST', ':path': '/', ...signedHeaders(body) })
  stream.resume().on('error', () => {})
  const drip = setInterval(() => stream.write(Buffer.alloc(100)), 20)
  onTestFinished(() => clearInterval(drip))
  await closed
})

test.each([300_000, 1_200_000, 2_000_000])(
  'leaves nothing open after an early HTTP/2 response to %i bytes',
  async (size) => {
    const { handler } = handlerWith()
    for (const headers of [{ 'content-length': size }, {}]) {
      const server = createHttp2Server(handler as never)
      const session = connect(await listen(server))
      onTestFinished(() => session.destroy())
      const signature = { 'x-gallabox-signature': 'A'.repeat(43).concat('=') }
      const stream = session.request({ ':method': 'POST', ':path': '/', ...signature, ...headers })
      stream.on('error', () => {}).end(Buffer.alloc(size))
      const [response] = await once(stream, 'response')
      expect(response[':status']).toBe(size > 1024 * 1024 ? 413 : 401)
      await once(stream.resume(), 'end')
      session.close()
      const startedAt = performance.now()
      await new Promise((resolve) => server.close(resolve))
      expect(performance.now() - startedAt).toBeLessThan(1_000)
    }
  },
)

test('responds with 500 and resolves when the handler rejects', async () => {
  const { handler, records } = handlerWith({ onEvent: () => Promise.reject(new Error('it broke')) })
  const ended: unknown[] = []
  const url = await listen(createServer((req, res) => handler(req, res).then(() => ended.push('resolved'))))
  expect((await send(url, body)).status).toBe(500)
  expect(records).toMatchObject([{ code: 'handler-failed', error: { message: 'it broke' } }])
  await expect.poll(() => ended).toEqual(['resolved'])
})

test('reports body-aborted when the request is already destroyed', async () => {
  const { handler, records } = handlerWith()
  const url = await listen(
    createServer((req, res) => {
      req.destroy()
      void handler(req, res)
    }),
  )
  await expect(send(url, body)).rejects.toThrow()
  await expect.poll(() => records).toMatchObject([{ code: 'body-aborted' }])
})

describe('when an unexpected error is thrown', () => {
  const now = () => {
    throw new Error('no time')
  }

  test('webhookHandler responds with 500', async () => {
    const url = await listen(createServer(handlerWith({ now }).handler))
    expect((await send(url, body)).status).toBe(500)
  })

  test('webhookMiddleware passes it to next', async () => {
    const middleware = webhookMiddleware({ secret, now })
    const errors: unknown[] = []
    const server = createServer((req, res) => {
      middleware(req, res, (error) => {
        errors.push(error)
        res.statusCode = 500
        res.end()
      })
    })
    expect((await send(await listen(server), body)).status).toBe(500)
    expect(errors).toMatchObject([{ message: 'no time' }])
  })
})

test('closes the connection when a handler fails after it began the response', async () => {
  const server = createServer((req, res) => {
    webhookHandler({
      secret,
      onEvent: () => {
        res.writeHead(200)
        res.write('half a re')
        throw new Error('it broke')
      },
    })(req, res)
  })
  await expect(send(await listen(server), body)).rejects.toThrow()
})

test('leaves the response alone when a handler has sent it', async () => {
  const server = createServer((req, res) => {
    webhookHandler({
      secret,
      onEvent: () => {
        res.writeHead(202)
        res.end('mine')
      },
    })(req, res)
  })
  expect(await send(await listen(server), body)).toMatchObject({ status: 202, body: 'mine' })
})

test('stops reading after 256 kB when the request has an encoding', async () => {
  const handler = handlerWith().handler
  const server = createServer((req, res) => {
    req.setEncoding('utf8')
    handler(req, res)
  })
  const socket = await openRaw(await listen(server), { 'content-length': String(2 ** 30) })
  const sent = await fill(socket, 2 ** 30)
  expect(sent).toBeLessThan(64 * 1024 * 1024)
})
