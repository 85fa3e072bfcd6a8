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
  test('lists failures first, in lines that fit a terminal', async () => {
    const url = await start(
      createManualReceiver({ read: readAll, handle: ({ body, res }) => respond(res, 200, body.toString()) }),
    )
    const { code, out, err } = await runCli(['doctor', url], { env })
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^FAILED {3}echo {22}does not send the body back$/)
    expect(lines[1]).toMatch(/^ {9}\d+ responses contain the body\. Messages of customers/)
    expect(out).toMatch(/\n {9}→ Send a constant response/)
    expect(lines.at(-1)).toMatch(/^passed {3}stack-trace {15}shows no stack trace$/)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(err).toMatch(/^1 failed, 2 noted, \d+ passed; \d+ requests sent\.$/)
    expect(code).toBe(1)
  })

  test('shows colors and progress in a live terminal', async () => {
    const url = await start(createManualReceiver())
    const { out, progress } = await runCli(['doctor', url, '--only', 'unsigned'], { env, color: true, live: true })
    expect(out).toContain('\u001B[32mpassed   \u001B[0m')
    expect(progress).toEqual([
      '1 of 2: accepts a delivery as Gallabox sends it',
      '2 of 2: rejects a delivery without a signature',
    ])
  })

  test('prints JSON without the credentials of the URL', async () => {
    const url = new URL(await start(createManualReceiver()))
    url.username = 'me'
    url.password = 'hidden'
    url.search = '?token=hidden'
    const { out, err } = await runCli(['doctor', url.href, '--json', '--only', 'unsigned'], { env })
    expect(JSON.parse(out)).toMatchObject({
      url: `${url.origin}/`,
      passed: true,
      requests: 4,
      checks: [
        { id: 'valid-delivery', result: 'passed' },
        {
          id: 'unsigned',
          title: expect.any(String),
          result: 'passed',
          observed: 'responded with 401',
          meaning: '',
          hint: '',
        },
      ],
    })
    expect(out + err).not.toContain('hidden')
  })

  test('ends when a valid delivery is rejected', async () => {
    const { out, err } = await runCli(['doctor', 'http://127.0.0.1:1/'], { env })
    expect(out).toMatch(/^FAILED {3}valid-delivery .*\n {9}Connection refused\. /)
    expect(err).toBe(`1 failed, ${checks.length - 1} not run; 1 request sent.`)
  })

  test('lists checks first whose failure lets attackers in', async () => {
    const steps = {
      reject: ({ res, body }: { res: ServerResponse; body: Buffer }) =>
        respond(res, 500, digestOf(body).toString('hex')),
    }
    const { out } = await runCli(['doctor', await start(createManualReceiver(steps))], { env })
    expect(out.match(/^FAILED {3}\S+/gm)).toEqual(['FAILED   secret-in-response', 'FAILED   wrong-secret'])
  })

  test('shows why a check was skipped', async () => {
    const { out } = await runCli(['doctor', await start((_req, res) => res.end())], { env })
    expect(out).toMatch(/\nskipped {2}tampered-body {13}depends on wrong-secret, which failed\n/)
  })
})

describe('a receiver that verifies nothing', () => {
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
    const { entries } = await runDoctor(`${await start(listener)}${query}`, '--only', 'unsigned', ...options)
    expect(entries.find(({ id }) => id === 'unsigned')?.meaning).toMatch(meaning)
  })
})

describe('notes', () => {
  test.each([
    ['valid-delivery', /responded with 204.*200/, createManualReceiver({ handle: ({ res }) => respond(res, 204) })],
    [
      'appended-signature',
      /responded with 200.*allows no forgery/,
      createManualReceiver({
        verify: ({ signature, body }) => Boolean(signature?.startsWith(digestOf(body).toString('base64'))),
      }),
    ],
    ['speed', /within \d+ ms.*quick response/, createManualReceiver({ handle: () => sleep(120) })],
    ['flood', /after 8\.0 MiB.*reads the whole body/, createManualReceiver({ read: readAll })],
    [
      'other-methods',
      /PUT: responded with 405; PATCH: responded with 405.*POST/,
      (req, res) => (req.method === 'POST' ? createManualReceiver()(req, res) : respond(res, 405)),
    ],
  ] satisfies [string, RegExp, RequestListener][])('exit with 0 for %s', async (id, explanation, listener) => {
    const { code, entries } = await runDoctor(await start(listener), '--only', id, '--timeout', '500')
    const { result, observed, meaning } = entries.find((entry) => entry.id === id) ?? { observed: '', meaning: '' }
    expect({ code, result }).toEqual({ code: 0, result: 'noted' })
    expect(`${observed} ${meaning}`).toMatch(explanation)
  })

  test('are omitted for event-name when a wrong name is rejected', async () => {
    const listener = createManualReceiver({
      handle: ({ req, res, body }) => {
        if (req.headers['x-event-name'] === 'Contact.Created' && body.includes('whatsapp')) respond(res, 400)
      },
    })
    const { entries } = await runDoctor(await start(listener), '--only', 'event-name')
    expect(entries[1]).toMatchObject({
      result: 'passed',
      observed: 'a message named Contact.Created: responded with 400',
    })
  })
})

describe('a check is skipped', () => {
  test('when every response is 429, and the run fails', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ === 0) return createManualReceiver()(req, res)
      req.resume()
      res.writeHead(429, { 'retry-after': '0' }).end()
    })
    const { code, entries, results } = await runDoctor(url)
    expect(code).toBe(1)
    expect(results.skipped).toEqual(expect.arrayContaining(['unsigned', 'every-event', 'deep-json', 'event-name']))
    expect(entries.find(({ id }) => id === 'unsigned')?.meaning).toMatch(/limits the request rate/)
  })

  test('only if a 429 does not end', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ % 3 !== 1) return createManualReceiver()(req, res)
      req.resume()
      res.writeHead(429, { 'retry-after': '0' }).end()
    })
    const { results } = await runDoctor(url, '--only', 'unsigned')
    expect(results).toEqual({})
  })

  test('when responses differ each time', async () => {
    let count = 0
    const url = await start(createManualReceiver({ reject: ({ res }) => respond(res, 401, `refusal ${count++}`) }))
    const { entries } = await runDoctor(url, '--only', 'oracle')
    expect(entries[1]).toMatchObject({ result: 'skipped', observed: expect.stringMatching(/differ each time/) })
  })

  test('when other clients are rejected anyway', async () => {
    let count = 0
    const url = await start(
      createManualReceiver({ handle: ({ res }) => (count++ > 0 ? respond(res, 503) : undefined) }),
    )
    const { entries } = await runDoctor(url, '--only', 'slow-client')
    expect(entries[1]).toMatchObject({ result: 'skipped', observed: 'another client: responded with 503' })
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
  expect(out).toMatch(/Responded with 200 to: the given secret/)
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
  ])('%s', async (_title, args, reason) => {
    const { code, out, err } = await runCli(args, { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
  })

  test('no secret', async () => {
    expect((await runCli(['doctor', 'http://localhost/'])).err).toMatch(/The secret is missing/)
  })
})
