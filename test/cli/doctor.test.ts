// doctor: the report, its options, and receivers that are neither right nor wrong.
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { signBody } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { checks } from '../../src/cli/commands/doctor/examine.js'
import { runCli } from '../support/cli.js'
import { listen } from '../support/listen.js'
import { startServer } from '../support/receiving.js'
import { byHand, digestOf, readAll, reply, secret } from './receivers/by-hand.js'
import { examine } from './receivers/examined.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }

function start(listener: RequestListener): Promise<string> {
  return listen(createServer(listener))
}

describe('the report', () => {
  test('has first what is to be mended, and each line fits a terminal', async () => {
    const url = await start(byHand({ read: readAll, handle: ({ body, res }) => reply(res, 200, body.toString()) }))
    const { code, out, err } = await runCli(['doctor', url], { env })
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^FAILED {7}echo {22}does not send the body back$/)
    expect(lines[1]).toMatch(/^ {13}\d+ replies have the body in them\. What customers write/)
    expect(out).toMatch(/\n {13}→ Reply with a constant text/)
    expect(lines.at(-1)).toMatch(/^passed {7}stack-trace {15}shows no stack trace$/)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(err).toMatch(/^1 failed, 2 worth knowing, \d+ passed; \d+ requests sent\.$/)
    expect(code).toBe(1)
  })

  test('is coloured for those who see it, and tells how far it is', async () => {
    const url = await start(byHand())
    const { out, progress } = await runCli(['doctor', url, '--only', 'unsigned'], { env, color: true, live: true })
    expect(out).toContain('\u001B[32mpassed       \u001B[0m')
    expect(progress).toEqual([
      '1 of 2: takes a delivery as Gallabox sends it',
      '2 of 2: refuses a delivery without a signature',
    ])
  })

  test('is one document of JSON for programs, without what the address may hide', async () => {
    const url = new URL(await start(byHand()))
    url.username = 'me'
    url.password = 'hidden'
    url.search = '?token=hidden'
    const { out, err } = await runCli(['doctor', url.href, '--json', '--only', 'unsigned'], { env })
    expect(JSON.parse(out)).toMatchObject({
      url: `${url.origin}/`,
      passed: true,
      requests: 4,
      checks: [
        { id: 'genuine', result: 'passed' },
        { id: 'unsigned', title: expect.any(String), result: 'passed', found: 'answered 401', means: '', fix: '' },
      ],
    })
    expect(out + err).not.toContain('hidden')
  })

  test('ends where genuine deliveries are refused', async () => {
    const { out, err } = await runCli(['doctor', 'http://127.0.0.1:1/'], { env })
    expect(out).toMatch(/^FAILED {7}genuine .*\n {13}Nothing listens there\. /)
    expect(err).toBe(`1 failed, ${checks.length - 1} not tried; 1 request sent.`)
  })

  test('has what lets strangers in before all else', async () => {
    const steps = {
      refuse: ({ res, body }: { res: ServerResponse; body: Buffer }) => reply(res, 500, digestOf(body).toString('hex')),
    }
    const { out } = await runCli(['doctor', await start(byHand(steps))], { env })
    expect(out.match(/^FAILED {7}\S+/gm)).toEqual(['FAILED       secret-in-reply', 'FAILED       wrong-secret'])
  })

  test('says why a check was not tried, in its line', async () => {
    const { out } = await runCli(['doctor', await start((_req, res) => res.end())], { env })
    expect(out).toMatch(/\ncannot tell {2}tampered-body {13}not tried, since wrong-secret failed\n/)
  })
})

describe('what is worth knowing, but no failure', () => {
  test.each([
    ['genuine', /answered 204.*200/, byHand({ handle: ({ res }) => reply(res, 204) })],
    [
      'appended-signature',
      /answered 200.*Nobody can forge/,
      byHand({ verify: ({ given, body }) => Boolean(given?.startsWith(digestOf(body).toString('base64'))) }),
    ],
    ['speed', /within \d+ ms.*quick answer/, byHand({ handle: () => sleep(120) })],
    ['flood', /after 8\.0 MiB.*reads all/, byHand({ read: readAll })],
    [
      'other-methods',
      /PUT: answered 405; PATCH: answered 405.*POST/,
      (req, res) => (req.method === 'POST' ? byHand()(req, res) : reply(res, 405)),
    ],
  ] satisfies [string, RegExp, RequestListener][])('%s', async (id, says, listener) => {
    const { code, entries } = await examine(await start(listener), '--only', id, '--timeout', '500')
    const { result, found, means } = entries.find((entry) => entry.id === id) ?? { found: '', means: '' }
    expect({ code, result }).toEqual({ code: 0, result: 'noted' })
    expect(`${found} ${means}`).toMatch(says)
  })

  test('a wrong name that is refused is no news', async () => {
    const listener = byHand({
      handle: ({ req, res, body }) => {
        if (req.headers['x-event-name'] === 'Contact.Created' && body.includes('whatsapp')) reply(res, 400)
      },
    })
    const { entries } = await examine(await start(listener), '--only', 'event-name')
    expect(entries[1]).toMatchObject({ result: 'passed', found: 'a message named Contact.Created: answered 400' })
  })
})

describe('what cannot be told', () => {
  test('all that is answered with 429, which is waited for in vain, and is not called well', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ === 0) return byHand()(req, res)
      req.resume()
      res.writeHead(429, { 'retry-after': '0' }).end()
    })
    const { code, entries, results } = await examine(url)
    expect(code).toBe(1)
    expect(results.unknown).toEqual(expect.arrayContaining(['unsigned', 'every-event', 'deep-json', 'event-name']))
    expect(entries.find(({ id }) => id === 'unsigned')?.means).toMatch(/limits how many requests/)
  })

  test('a 429 that passes is waited for', async () => {
    let count = 0
    const url = await start((req, res) => {
      if (count++ % 3 !== 1) return byHand()(req, res)
      req.resume()
      res.writeHead(429, { 'retry-after': '0' }).end()
    })
    const { results } = await examine(url, '--only', 'unsigned')
    expect(results).toEqual({})
  })

  test('whether replies that change by themselves tell something', async () => {
    let count = 0
    const url = await start(byHand({ refuse: ({ res }) => reply(res, 401, `refusal ${count++}`) }))
    const { entries } = await examine(url, '--only', 'oracle')
    expect(entries[1]).toMatchObject({ result: 'unknown', found: expect.stringMatching(/differ from one to the next/) })
  })

  test('what was kept for others, where those are refused', async () => {
    let count = 0
    const url = await start(byHand({ handle: ({ res }) => (count++ > 0 ? reply(res, 503) : undefined) }))
    const { entries } = await examine(url, '--only', 'slow-client')
    expect(entries[1]).toMatchObject({ result: 'unknown', found: 'others meanwhile: answered 503' })
  })
})

test('replies are searched too where no other check has been tried', async () => {
  const tell = byHand({ refuse: ({ res, body }) => reply(res, 401, `${digestOf(body).toString('hex')} ${body}`) })
  const { results } = await examine(await start(tell), '--only', 'secret-in-reply', '--only', 'echo')
  expect(results).toEqual({ failed: ['secret-in-reply', 'echo'] })
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
])('a stack trace of %s is seen', async (_title, trace) => {
  const url = await start(byHand({ refuse: ({ res }) => reply(res, 401, trace) }))
  expect((await examine(url, '--only', 'stack-trace')).results).toEqual({ failed: ['stack-trace'] })
})

test('a server that is still starting gets a second chance', async () => {
  let count = 0
  const url = await start((req, res) => (count++ === 0 ? reply(res, 503) : byHand()(req, res)))
  expect(await examine(url, '--only', 'unsigned')).toMatchObject({ code: 0, results: {} })
})

test('every request says who sends it, and has the headers that were typed', async () => {
  const { url, received } = await startServer((_req, res, body) => res.end(body))
  await runCli(['doctor', url, '--only', 'unsigned', '--header', 'X-Api-Key: k'], { env })
  expect(received.length).toBeGreaterThan(3)
  for (const { headers } of received) {
    expect(headers).toMatchObject({ 'user-agent': 'gallabox-webhooks doctor', 'x-api-key': 'k' })
  }
  const [first] = received
  expect(first?.headers['x-gallabox-signature']).toBe(signBody(first?.body ?? '', secret))
  expect(String(first?.body)).toContain('Sent by gallabox-webhooks doctor')
})

test('of several secrets the first is the key', async () => {
  const url = await start(byHand())
  const args = ['doctor', url, '--only', 'unsigned', '--secret', secret, '--secret', 'old']
  expect((await runCli(args)).code).toBe(0)
})

test('a bad secret is named, and not printed', async () => {
  const isGenuine = byHand({ verify: ({ given, body }) => given === digestOf(body, 'changeme').toString('base64') })
  const args = ['doctor', await start(isGenuine), '--only', 'guessable-secret', '--secret', 'changeme']
  const { out } = await runCli(args)
  expect(out).toMatch(/Answered 200 to: the secret that you gave/)
  expect(out).not.toContain('changeme')
})

describe('Ctrl-C ends it at once', () => {
  test.each([
    ['while a request is under way', (_req, res) => setTimeout(() => res.end(), 60_000).unref(), 'genuine'],
    ['while it waits', (_req, res) => res.writeHead(429, { 'retry-after': '60' }).end(), 'genuine'],
    ['while a client is slow', byHand(), 'slow-client'],
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

test('--list names every check, once', async () => {
  const { code, out } = await runCli(['doctor', '--list'])
  expect(out.split('\n')).toHaveLength(checks.length)
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  expect(code).toBe(0)
  const { out: json } = await runCli(['doctor', '--list', '--json'])
  expect(JSON.parse(json)[0]).toEqual({ id: 'genuine', title: 'takes a delivery as Gallabox sends it' })
})

test('the checks that others wait for exist, and come before them', () => {
  const ids = checks.map(({ id }) => id)
  for (const [index, { after = [] }] of checks.entries()) {
    for (const id of after) expect(ids.slice(0, index)).toContain(id)
  }
})

describe('called wrongly: exit code 2, and what to change', () => {
  test.each([
    ['no address', ['doctor'], /must be an address/],
    ['two addresses', ['doctor', 'http://localhost/', 'http://localhost/'], /One receiver is examined at a time/],
    ['an unknown check', ['doctor', 'http://localhost/', '--only', 'x'], /There is no check "x": see --list/],
    ['a timeout of nothing', ['doctor', 'http://localhost/', '--timeout', '0'], /--timeout must be a whole number/],
  ])('%s', async (_title, args, reason) => {
    const { code, out, err } = await runCli(args, { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
  })

  test('no secret', async () => {
    expect((await runCli(['doctor', 'http://localhost/'])).err).toMatch(/There is no secret/)
  })
})
