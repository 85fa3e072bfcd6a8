// Where the bytes of a body can be, whatever ran before the webhook.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OutcomeRecord } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { type SendOptions, secret, send } from '../support/client.js'
import { listen } from '../support/listen.js'

const body = JSON.stringify({ ...samplePayload('Message.Received'), note: 'नमस्ते 🪔 ₹80.00' })

type AnyRequest = IncomingMessage & Record<string, unknown>
type Before = (req: AnyRequest, res: ServerResponse, next: () => void) => unknown

/** Sends a verified delivery through `before` to a webhook. */
async function outcomeBehind(before: Before, sent: string | Uint8Array = body, options?: SendOptions) {
  const records: OutcomeRecord[] = []
  const handler = webhookHandler({
    secret,
    bodyTimeoutMs: 2_000,
    onEvent: () => {},
    onOutcome: (record) => records.push(record),
  })
  const server = createServer((req, res) => {
    void before(req as unknown as AnyRequest, res, () => void handler(req, res))
  })
  const { status } = await send(await listen(server), sent, options)
  return { status, code: records[0]?.code, hint: records[0]?.hint, ms: records[0]?.ms }
}

const handled = { status: 200, code: 'handled' }

async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Reads the whole body first, and keeps it as a member of the request. */
function keepAs(name: string, convert: (bytes: Buffer) => unknown = (bytes) => bytes): Before {
  return async (req, _res, next) => {
    req[name] = convert(await readAll(req))
    next()
  }
}

/** Reads the whole body first, and gives it back. */
const readAndGiveBack: Before = async (req, _res, next) => {
  giveBack(req, await readAll(req)).end()
  next()
}

/** Calls a method of the request first. */
function call(method: 'pause' | 'setEncoding', ...args: string[]): Before {
  return (req, _res, next) => {
    ;(req[method] as (...args: string[]) => void)(...args)
    next()
  }
}

function defineThrowingBody(req: AnyRequest): void {
  Object.defineProperty(req, 'body', {
    get() {
      throw new Error('Invalid JSON')
    },
  })
}

/** Replaces the methods of a request as Vercel's and Next's helpers do. */
function giveBack(req: AnyRequest, ...chunks: Uint8Array[]): PassThrough {
  const copy = new PassThrough()
  const on = req.on.bind(req)
  const replaced = req as unknown as { read: unknown; on: unknown; addListener: unknown }
  replaced.read = copy.read.bind(copy)
  replaced.on = (name: string, listener: () => void) =>
    name === 'data' || name === 'end' ? copy.on(name, listener) : on(name, listener)
  replaced.addListener = replaced.on
  for (const chunk of chunks) copy.write(chunk)
  return copy
}

describe('handles a verified delivery when', () => {
  test.each<[string, Before]>([
    ['nothing ran before', (_req, _res, next) => next()],
    ['something paused the stream', call('pause')],
    ['something set the encoding to utf8', call('setEncoding', 'utf8')],
    [
      'rawBody grows while it is read',
      (req, _res, next) => {
        req.rawBody = Buffer.alloc(0)
        req.on('data', (chunk) => {
          req.rawBody = Buffer.concat([req.rawBody as Buffer, chunk])
        })
        next()
      },
    ],
    [
      'rawBody has grown for a while already',
      async (req, _res, next) => {
        req.rawBody = Buffer.alloc(0)
        req.on('data', (chunk) => {
          req.rawBody = Buffer.concat([req.rawBody as Buffer, chunk])
        })
        await new Promise((resolve) => req.once('data', resolve))
        next()
      },
    ],
    [
      'rawBody grows as text',
      async (req, _res, next) => {
        req.rawBody = ''
        req.setEncoding('utf8')
        req.on('data', (chunk) => {
          req.rawBody += chunk
        })
        await new Promise((resolve) => req.once('data', resolve))
        next()
      },
    ],
    ['a host kept the bytes as rawBody', keepAs('rawBody')],
    ['a host kept the bytes as body', keepAs('body')],
    ['a host kept an ArrayBuffer', keepAs('rawBody', (bytes) => new Uint8Array(bytes).buffer)],
    [
      'rawBody stayed empty and body has the bytes',
      async (req, _res, next) => {
        req.rawBody = Buffer.alloc(0)
        req.body = await readAll(req)
        next()
      },
    ],
    [
      'both rawBody and body have the bytes',
      async (req, _res, next) => {
        req.rawBody = await readAll(req)
        req.body = Buffer.from(req.rawBody as Buffer)
        next()
      },
    ],
    ['a parser kept the text as body', keepAs('body', String)],
    [
      'koa-body kept the text beside the object',
      keepAs('body', (bytes) =>
        Object.assign(JSON.parse(String(bytes)), { [Symbol.for('unparsedBody')]: String(bytes) }),
      ),
    ],
    ['body is a web stream', keepAs('body', (bytes) => new Blob([new Uint8Array(bytes)]).stream())],
    ['a host read the stream and gives it back', readAndGiveBack],
    [
      'a host gives the stream back, and its end comes late',
      async (req, _res, next) => {
        const bytes = await readAll(req)
        const copy = giveBack(req, bytes.subarray(0, 100))
        setTimeout(() => copy.end(bytes.subarray(100)), 1_200)
        next()
      },
    ],
    [
      'a host gives the stream back and its body getter throws',
      async (req, _res, next) => {
        giveBack(req, await readAll(req)).end()
        defineThrowingBody(req)
        next()
      },
    ],
    [
      'a body getter throws and the stream is unread',
      (req, _res, next) => {
        defineThrowingBody(req)
        next()
      },
    ],
  ])('%s', async (_title, before) => {
    expect(await outcomeBehind(before)).toMatchObject(handled)
    expect(await outcomeBehind(before, body, { chunked: true })).toMatchObject(handled)
  })
})

test('does not touch a lazy body before the headers have passed', async () => {
  let touched = false
  const before: Before = (req, _res, next) => {
    Object.defineProperty(req, 'body', {
      get() {
        touched = true
      },
    })
    next()
  }
  expect((await outcomeBehind(before, body, { headers: {} })).status).toBe(401)
  expect(touched).toBe(false)
})

describe('rejects at once when', () => {
  const fast = 1_500

  test.each<[string, Before, string, RegExp]>([
    [
      'something dropped the body',
      (req, _res, next) => void req.resume().on('end', next),
      'body-already-read',
      /read the request stream/,
    ],
    [
      'an instrumentation listens to data and keeps nothing',
      (req, _res, next) => {
        req.on('data', () => {})
        setTimeout(next, 20)
      },
      'body-already-read',
      /read the request stream/,
    ],
    [
      'a parser kept only an object',
      keepAs('body', (bytes) => JSON.parse(String(bytes))),
      'body-already-parsed',
      /Let nothing parse this route's body/,
    ],
    [
      "Next's parser kept only an object",
      async (req, _res, next) => {
        req.previewData = false
        req.body = JSON.parse(String(await readAll(req)))
        next()
      },
      'body-already-parsed',
      /bodyParser: false/,
    ],
    [
      'methods were replaced and nothing is given back',
      async (req, _res, next) => {
        await readAll(req)
        const replaced = req as unknown as { read: unknown; on: unknown }
        replaced.on = req.on.bind(req)
        replaced.read = req.read.bind(req)
        next()
      },
      'body-already-read',
      /read the request stream/,
    ],
    ['something set an encoding that is not UTF-8', call('setEncoding', 'latin1'), 'body-already-read', /setEncoding/],
  ])('%s', async (_title, before, code, hint) => {
    const outcome = await outcomeBehind(before)
    expect(outcome).toMatchObject({ status: 500, code, hint: expect.stringMatching(hint) })
    expect(outcome.ms).toBeLessThan(fast)
  })
})

test('rejects kept text that lost bytes', async () => {
  const sent = Buffer.concat([Buffer.from('"'), Buffer.from([0xff]), Buffer.from('"')])
  expect(await outcomeBehind(keepAs('rawBody', String), sent)).toMatchObject({
    status: 401,
    code: 'signature-mismatch',
  })
})

test.each([['null'], ['{}'], ['undefined']])('reads an empty body although a parser left %s', async (left) => {
  // Nitro leaves null on Lambda, Express 4 an empty object.
  const parsed: Record<string, unknown> = { null: null, '{}': {}, undefined: undefined }
  const outcome = await outcomeBehind(
    keepAs('body', () => parsed[left]),
    '',
  )
  expect(outcome).toMatchObject({ status: 400, code: 'body-not-json' })
})

test('rejects a kept body and a stream that is given back when they exceed the limit', async () => {
  const large = JSON.stringify('x'.repeat(1024 * 1024))
  for (const before of [keepAs('rawBody'), readAndGiveBack]) {
    expect(await outcomeBehind(before, large, { chunked: true })).toMatchObject({ status: 413, code: 'body-too-large' })
  }
})

test('rejects a body that stops growing when its time is over', async () => {
  const before: Before = async (req, _res, next) => {
    req.rawBody = Buffer.alloc(0)
    req.once('data', () => req.pause())
    await sleep(20)
    next()
  }
  expect(await outcomeBehind(before)).toMatchObject({ status: 408, code: 'body-timeout' })
})
