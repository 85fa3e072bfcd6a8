// doctor: its report, its options, notes and skipped checks.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { checks } from '../../src/cli/commands/doctor/run-checks.js'
import { runCli } from '../support/cli.js'
import { listen } from '../support/listen.js'
import { startServer } from '../support/receiving.js'
import { createManualReceiver, digestOf, readAll, respond, secret } from './receivers/by-hand.js'
import { runDoctor } from './receivers/run-doctor.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }

function start(listener: RequestListener): Promise<string> {
  return listen(createServer(listener))
}

describe('the report', () => {
  test('lists failures first, each with its cause, evidence and fix, in lines that fit a terminal', async () => {
    const url = await start(
      createManualReceiver({ read: readAll, handle: ({ body, res }) => respond(res, 200, body.toString()) }),
    )
    const { code, out, err } = await runCli(['doctor', url], { env })
    const [failure = '', warning = '', verdict = ''] = out.split('\n\n')
    expect(failure).toMatch(
      /^FAILED echo: does not send the body back\n {2}Messages of customers [^\n]+\n {2}Evidence: \d+ responses contain the body\.\n {2}Fix: Send a constant response/,
    )
    expect(warning).toMatch(/^warning flood: /)
    expect(verdict).toMatch(/^Verdict: failed \(1 failed, 1 warning, \d+ passed, \d+ requests\)$/)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    expect({ code, err }).toEqual({ code: 1, err: '' })
  })

  test('lists the checks that passed with --verbose', async () => {
    const { out } = await runCli(['doctor', await start(createManualReceiver()), '--verbose'], { env })
    expect(out.split('\n')).toHaveLength(checks.length + 2)
    expect(out).toMatch(/^passed valid-delivery: accepts a delivery as Gallabox sends it$/m)
    expect(out).toMatch(/\n\nVerdict: passed \(\d+ passed, \d+ requests\)$/)
  })

  test('shows colors and progress in a live terminal', async () => {
    const url = await start(createManualReceiver())
    const { out, progress } = await runCli(['doctor', url, '--only', 'unsigned'], { env, color: true, live: true })
    expect(out).toBe('\u001B[32mVerdict: passed\u001B[0m (2 passed, 4 requests)')
    expect(progress).toEqual([
      '1 of 2: accepts a delivery as Gallabox sends it',
      '2 of 2: rejects a delivery without a signature',
    ])
  })

  test('prints JSON without the credentials of the URL', async () => {
    const url = new URL(await start((_req, res) => res.end()))
    url.username = 'me'
    url.password = 'hidden'
    url.search = '?token=hidden'
    const { out, err } = await runCli(['doctor', url.href, '--json', '--only', 'unsigned'], { env })
    expect(JSON.parse(out)).toEqual({
      target: `${url.origin}/`,
      verdict: 'failed',
      requests: 6,
      checks: [
        {
          check: 'valid-delivery',
          status: 'passed',
          message: 'accepts a delivery as Gallabox sends it',
          evidence: 'responded with 200',
        },
        {
          check: 'unsigned',
          status: 'failed',
          message: 'Anyone who has the URL can forge events.',
          evidence: 'responded with 200 to: JSON, an empty signature, a blank signature',
          fix: expect.stringMatching(/^Respond with 401/),
        },
      ],
    })
    expect(out + err).not.toContain('hidden')
  })

  test('ends when there is no receiver', async () => {
    const { out } = await runCli(['doctor', 'http://127.0.0.1:1/'], { env })
    expect(out).toMatch(/^FAILED valid-delivery: .*\n {2}No receiver was found\.\n {2}Evidence: connection refused\.\n/)
    expect(out).toMatch(/\n\nVerdict: failed \(1 failed, 1 request\)$/)
  })

  test('lists checks first whose failure lets attackers in', async () => {
    const steps = {
      reject: ({ res, body }: { res: ServerResponse; body: Buffer }) =>
        respond(res, 500, digestOf(body).toString('hex')),
    }
    const { out } = await runCli(['doctor', await start(createManualReceiver(steps))], { env })
    expect(out.match(/^FAILED \S+/gm)).toEqual(['FAILED secret-in-response:', 'FAILED wrong-secret:'])
  })

  test('lists skipped checks once for each reason', async () => {
    const { out } = await runCli(['doctor', await start((_req, res) => res.end())], { env })
    expect(out).toMatch(/^skipped \d+: depends on wrong-secret, which failed\n {2}.*tampered-body/m)
    expect(out.match(/^skipped /gm)).toHaveLength(2)
  })
})

describe('a receiver that verifies nothing', () => {
  test('gets fewer than 70 requests', async () => {
    const { checks: results, out } = await runDoctor(await start((_req, res) => res.end()))
    expect(results).toContainEqual(expect.objectContaining({ check: 'json-bytes', status: 'skipped' }))
    expect(JSON.parse(out).requests).toBeLessThan(70)
  })
})

describe('anyone who can forge events', () => {
  const isKnown = (req: IncomingMessage) => req.headers['x-token'] === 't' || req.url === '/?token=t'
  const asksForToken: RequestListener = (req, res) => respond(res, isKnown(req) ? 200 : 401)
  const asksForNothing: RequestListener = (_req, res) => respond(res, 200)

  test.each([
    ['asks for a header', asksForToken, '', ['--header', 'X-Token: t'], /^Anyone who has the header or the full URL/],
    ['asks for a parameter', asksForToken, '?token=t', [], /^Anyone who has the header or the full URL/],
    [
      'ignores the header',
      asksForNothing,
      '',
      ['--header', 'X-Token: t'],
      /^Anyone who has the URL can forge events\./,
    ],
    ['ignores the parameter', asksForNothing, '?token=t', [], /^Anyone who has the URL can forge events\./],
    ['gets no header', asksForNothing, '', [], /^Anyone who has the URL can forge events\./],
  ] as const)('is explained rightly when it %s', async (_title, listener, query, options, meaning) => {
    const { checks: results } = await runDoctor(`${await start(listener)}${query}`, '--only', 'unsigned', ...options)
    expect(results.find(({ check }) => check === 'unsigned')?.message).toMatch(meaning)
  })
})

describe('a warning', () => {
  test.each([
    ['valid-delivery', /responded with 204.*200/, createManualReceiver({ handle: ({ res }) => respond(res, 204) })],
    ['valid-delivery', /responded with 201.*200/, createManualReceiver({ handle: ({ res }) => respond(res, 201) })],
    [
      'every-event',
      /responded with 204 to: Contact\.Created.*another 2xx/,
      createManualReceiver({
        handle: ({ req, res }) => respond(res, req.headers['x-event-name'] === 'Message.Received' ? 200 : 204),
      }),
    ],
    [
      'appended-signature',
      /responded with 200.*allows no forgery/,
      createManualReceiver({
        verify: ({ signature, body }) => Boolean(signature?.startsWith(digestOf(body).toString('base64'))),
      }),
    ],
    ['speed', /within \d+ ms.*quick response/, createManualReceiver({ handle: () => sleep(120) })],
    ['flood', /after 16\.0 MiB.*reads the whole body/, createManualReceiver({ read: readAll })],
  ] satisfies [string, RegExp, RequestListener][])('exits with 0 for %s', async (id, explanation, listener) => {
    const { code, checks: results } = await runDoctor(await start(listener), '--only', id, '--timeout', '500')
    const { status, evidence, message } = results.find(({ check }) => check === id) ?? {}
    expect({ code, status }).toEqual({ code: 0, status: 'warning' })
    expect(`${evidence} ${message}`).toMatch(explanation)
  })

  test('about the status 204 is given once', async () => {
    const url = await start(createManualReceiver({ handle: ({ res }) => respond(res, 204) }))
    expect(await runDoctor(url)).toMatchObject({ code: 0, results: { warning: ['valid-delivery'] } })
  })
})

describe('flood', () => {
  test('does not blame a receiver that accepts without reading', async () => {
    const listener: RequestListener = (req, res) => {
      if (req.headers['x-gallabox-signature']) return createManualReceiver()(req, res)
      respond(res, 200)
    }
    const { results } = await runDoctor(await start(listener), '--only', 'flood')
    expect(results).toEqual({})
  })

  test('does not blame a receiver that accepts after a pause without reading', async () => {
    const listener: RequestListener = async (req, res) => {
      if (req.headers['x-gallabox-signature']) return createManualReceiver()(req, res)
      req.pause()
      await sleep(1000)
      respond(res, 200)
    }
    const { results } = await runDoctor(await start(listener), '--only', 'flood')
    expect(results).toEqual({})
  })
})

describe('a JSON parser in front of the receiver', () => {
  // As express.json() does: it rejects what is not an object or an array, and accepts the rest.
  function parseStrictly(status: number): RequestListener {
    return createManualReceiver({
      verify(context) {
        if (/^\s*[^\s[{]/.test(context.body.toString())) throw new Error('not an object')
        return context.signature === digestOf(context.body).toString('base64')
      },
      fail: ({ res }) => respond(res, status),
    })
  }

  test('that rejects other values with 400 is no problem', async () => {
    expect(await runDoctor(await start(parseStrictly(400)))).toMatchObject({ code: 0, results: {} })
  })

  test('that fails on other values is named', async () => {
    const { checks: results } = await runDoctor(await start(parseStrictly(500)), '--only', 'non-object-json')
    expect(results.at(-1)).toMatchObject({
      check: 'non-object-json',
      status: 'failed',
      message: expect.stringMatching(/fails with a forged signature too.*JSON parser is in front/),
    })
  })
})

describe('a receiver that expects another method', () => {
  const acceptsPut: RequestListener = (req, res) =>
    req.method === 'PUT' ? createManualReceiver()(req, res) : respond(res, 405)

  test.each(['PUT', 'put'])('is checked with --method %s', async (method) => {
    expect(await runDoctor(await start(acceptsPut), '--method', method)).toMatchObject({ code: 0, results: {} })
  })

  test('is named with POST', async () => {
    const { checks: results } = await runDoctor(await start(acceptsPut))
    expect(results).toEqual([
      expect.objectContaining({ check: 'valid-delivery', fix: expect.stringMatching(/--method/) }),
    ])
  })
})

describe('a receiver with two mistakes', () => {
  test('is told both, and is checked with the signature that it accepts', async () => {
    const url = await start(
      createManualReceiver({
        verify: ({ signature, body }) => {
          const expected = digestOf(body.toString().trim()).toString('hex')
          return signature === expected || signature?.slice(0, 8) === expected.slice(0, 8)
        },
      }),
    )
    const { results, checks: all } = await runDoctor(url)
    expect(results.failed).toEqual(['valid-delivery', 'oracle', 'truncated-signature', 'body-ends'])
    expect(all.find(({ check }) => check === 'every-event')?.status).toBe('passed')
  })
})

describe('a rate limit', () => {
  /** Responds with 429 after a number of rejections in a minute. A valid delivery clears the count. */
  function breakAfter(limit: number, { whenOpen = 'clears' as 'clears' | 'blocks' } = {}): RequestListener {
    let rejections = 0
    return (req, res) => {
      const tooMany = () => {
        req.resume()
        res.writeHead(429, { 'retry-after': '60', connection: 'close' }).end()
      }
      if (rejections >= limit && whenOpen === 'blocks') return tooMany()
      createManualReceiver({
        handle() {
          rejections = 0
        },
        reject({ res: rejected }) {
          if (rejections >= limit) return tooMany()
          rejections++
          respond(rejected, 401)
        },
        async read(message, response) {
          if (message.headers['x-gallabox-signature']) return readAll(message)
          if (rejections >= limit) tooMany()
          else {
            rejections++
            respond(response, 401)
          }
          return undefined
        },
      })(req, res)
    }
  }

  test.each([
    [20, 'blocks'],
    [20, 'clears'],
    [3, 'clears'],
  ] as const)(
    'of %i rejections that a valid delivery clears leaves nothing unknown (open: it %s)',
    async (limit, whenOpen) => {
      const { code, verdict, results } = await runDoctor(await start(breakAfter(limit, { whenOpen })), '--wait', '0')
      expect({ code, verdict, failed: results.failed, skipped: results.skipped }).toEqual({
        code: 0,
        verdict: 'passed',
        failed: undefined,
        skipped: undefined,
      })
    },
  )

  test('makes the verdict unknown when every later response is 429', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ === 0) return createManualReceiver()(req, res)
      req.resume()
      res.writeHead(429, { 'retry-after': '0' }).end()
    })
    const { code, verdict, results } = await runDoctor(url)
    expect({ code, verdict, failed: results.failed }).toEqual({ code: 1, verdict: 'unknown', failed: undefined })
    expect(results.skipped).toEqual(expect.arrayContaining(['unsigned', 'every-event', 'deep-json']))
  })

  test('makes the verdict unknown when the first response is 429', async () => {
    const url = await start((req, res) => {
      req.resume()
      res.writeHead(429, { 'retry-after': '3600' }).end()
    })
    const { code, verdict, checks: results } = await runDoctor(url)
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'unknown' })
    expect(results).toEqual([
      {
        check: 'valid-delivery',
        status: 'skipped',
        message: 'Rate-limited: the result is unknown.',
        evidence: 'responded with 429',
        fix: expect.stringMatching(/--wait/),
      },
    ])
  })

  test('is waited for as long as it asks', async () => {
    let openAt = 0
    const waits: number[] = []
    const listener: RequestListener = (req, res) => {
      const now = Date.now()
      if (openAt === 0) openAt = now + 1000
      if (now >= openAt - 5) return createManualReceiver()(req, res)
      waits.push(now)
      req.resume()
      res.writeHead(429, { 'retry-after': new Date(openAt + 999).toUTCString() }).end()
    }
    const args = ['doctor', await start(listener), '--only', 'unsigned']
    const { code, progress } = await runCli(args, { env })
    expect({ code, requests: waits.length }).toEqual({ code: 0, requests: 1 })
    expect(progress).toContainEqual(expect.stringMatching(/^waiting [12] s, because the receiver responded with 429$/))
  })

  test('ends a check only if it does not end', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ % 3 !== 1) return createManualReceiver()(req, res)
      req.resume()
      res.writeHead(429, { 'retry-after': '0' }).end()
    })
    expect((await runDoctor(url, '--only', 'unsigned')).results).toEqual({})
  })

  test('is no evidence for the cause of a refusal', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ === 0) return respond(res, 401)
      req.resume()
      res.writeHead(429, { 'retry-after': '3600' }).end()
    })
    const { checks: results } = await runDoctor(url)
    expect(results[0]).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/could not be found, because/),
    })
  })
})

describe('a check is skipped', () => {
  test('when responses differ each time', async () => {
    let count = 0
    const url = await start(createManualReceiver({ reject: ({ res }) => respond(res, 401, `refusal ${count++}`) }))
    const { checks: results } = await runDoctor(url, '--only', 'oracle')
    expect(results[1]).toMatchObject({ status: 'skipped', message: expect.stringMatching(/differ each time/) })
  })

  test('when other clients are rejected anyway', async () => {
    let count = 0
    const url = await start(
      createManualReceiver({ handle: ({ res }) => (count++ > 0 ? respond(res, 503) : undefined) }),
    )
    const { checks: results } = await runDoctor(url, '--only', 'slow-client')
    expect(results[1]).toMatchObject({ status: 'skipped', message: 'another client: responded with 503' })
  })
})

test('searches responses when no other check runs', async () => {
  const listener = createManualReceiver({
    reject: ({ res, body }) => respond(res, 401, `${digestOf(body).toString('hex')} ${body}`),
  })
  const { results } = await runDoctor(await start(listener), '--only', 'secret-in-response', '--only', 'echo')
  expect(results).toEqual({ failed: ['secret-in-response', 'echo'] })
})

test.each([
  ['Node', 'Error: x\n    at verify (/srv/app.js:1:2)'],
  ['Node, as HTML', '<pre>Error: x<br> &nbsp;at verify (/srv/app.js:1:2)</pre>'],
  ['Java', 'java.lang.Error\n\tat com.example.Hook.verify(Hook.java:12)'],
  ['.NET', '   at Hook.Verify() in C:\\src\\Hook.cs:line 12'],
  ['Python', 'Traceback (most recent call last):\n  File "app.py"'],
  ['PHP', 'PHP Fatal error:\nStack trace:\n#0 {main}'],
  ['Go', 'panic: x\n\ngoroutine 1 [running]:'],
  ['Ruby', "app.rb:12:in `verify'"],
])('recognizes a stack trace of %s', async (_title, trace) => {
  const url = await start(createManualReceiver({ reject: ({ res }) => respond(res, 401, trace) }))
  expect((await runDoctor(url, '--only', 'stack-trace')).results).toEqual({ failed: ['stack-trace'] })
})

test('tries again when the server is still starting', async () => {
  let count = 0
  const url = await start((req, res) => (count++ === 0 ? respond(res, 503) : createManualReceiver()(req, res)))
  expect(await runDoctor(url, '--only', 'unsigned')).toMatchObject({ code: 0, results: {} })
})

test('sends its user agent and the headers of --header with every request', async () => {
  const { url, received } = await startServer(({ headers }, res) => {
    res.writeHead(headers['x-gallabox-signature']?.length === 44 ? 200 : 401).end()
  })
  await runCli(['doctor', url, '--only', 'unsigned', '--header', 'X-Api-Key: k'], { env })
  expect(received.length).toBeGreaterThan(3)
  for (const { headers } of received) {
    expect(headers).toMatchObject({ 'user-agent': 'gallabox-webhooks doctor', 'x-api-key': 'k' })
  }
  const [first] = received
  expect(first?.headers['x-gallabox-signature']).toBe(signBody(first?.body ?? '', secret))
  expect(String(first?.body)).toContain('Sent by gallabox-webhooks doctor')
})

test('uses the first of several secrets', async () => {
  const url = await start(createManualReceiver())
  const args = ['doctor', url, '--only', 'unsigned', '--secret', secret, '--secret', 'old']
  expect((await runCli(args)).code).toBe(0)
})

test('does not print a guessable secret', async () => {
  const listener = createManualReceiver({
    verify: ({ signature, body }) => signature === digestOf(body, 'changeme').toString('base64'),
  })
  const args = ['doctor', await start(listener), '--only', 'guessable-secret', '--secret', 'changeme']
  const { out } = await runCli(args)
  expect(out).toMatch(/Evidence: responded with 200 to: the given secret/)
  expect(out).not.toContain('changeme')
})

describe('ends immediately on Ctrl-C', () => {
  test.each([
    ['during a request', (_req, res) => setTimeout(() => res.end(), 60_000).unref(), 'valid-delivery'],
    ['during a wait', (_req, res) => res.writeHead(429, { 'retry-after': '60' }).end(), 'valid-delivery'],
    ['with a slow client', createManualReceiver(), 'slow-client'],
  ] satisfies [string, RequestListener, string][])('%s', async (_title, listener, only) => {
    const stop = new AbortController()
    const url = await start((req, res) => {
      setTimeout(() => stop.abort(), 30)
      listener(req, res)
    })
    const { code, out } = await runCli(['doctor', url, '--only', only], { env, signal: stop.signal })
    expect({ code, out }).toEqual({ code: 130, out: '' })
  })
})

test('--list prints every check once', async () => {
  const { code, out } = await runCli(['doctor', '--list'])
  expect(out.split('\n')).toHaveLength(checks.length)
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  expect(code).toBe(0)
  const { out: json } = await runCli(['doctor', '--list', '--json'])
  expect(JSON.parse(json)[0]).toEqual({ id: 'valid-delivery', title: 'accepts a delivery as Gallabox sends it' })
})

test('a required check runs before the check that requires it', () => {
  const ids = checks.map(({ id }) => id)
  for (const [index, { requires = [] }] of checks.entries()) {
    for (const id of requires) expect(ids.slice(0, index)).toContain(id)
  }
})

describe('a usage error exits with 2 and says what to change', () => {
  test.each([
    ['no URL', ['doctor'], /<url> must be an http or https URL/],
    ['two URLs', ['doctor', 'http://localhost/', 'http://localhost/'], /Too many arguments\. Pass one URL\./],
    [
      'an unknown check',
      ['doctor', 'http://localhost/', '--only', 'x'],
      /--only: unknown check "x"\. List the checks with --list\./,
    ],
    ['a timeout of 0', ['doctor', 'http://localhost/', '--timeout', '0'], /--timeout must be an integer/],
    ['an invalid method', ['doctor', 'http://localhost/', '--method', 'P OST'], /--method must be an HTTP method/],
  ])('%s', async (_title, args, reason) => {
    const { code, out, err } = await runCli(args, { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
  })

  test('no secret', async () => {
    expect((await runCli(['doctor', 'http://localhost/'])).err).toMatch(/The secret is missing/)
  })
})
