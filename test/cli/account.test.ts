import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { type AccountFindingCode, accountFindings } from '../../src/cli/commands/account/findings.js'
import { toHeaderList } from '../../src/cli/shared/http-client.js'
import { runCli } from '../support/cli.js'
import { listen } from '../support/listen.js'
import { expectNoSecret, findProblems, runAccount, runOnResponse, startApi } from './account/api.js'
import { env } from './account/credentials.js'
import { failureCases } from './account/failures.js'
import { findingCases } from './account/findings.js'
import { otherRecord, receiverUrl, record } from './account/records.js'

const codesOf = ({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code)

describe('account', () => {
  test('lists the webhooks and finds no problem', async () => {
    const body = [
      record(),
      otherRecord({ requestUrl: 'https://user:pa55@hooks.example.net/t?token=abc&tenant=x&bare#frag' }),
    ]
    const { code, out, err, url } = await runOnResponse({ body })
    expect(code).toBe(0)
    expect(out).toBe(`Webhooks of the account at ${url}: 2

1  POST https://example.com/webhooks/gallabox
   signed, enabled, no failures, updated 2026-08-14 09:31 UTC, id 64f0c1a2b3d4e5f60718293a
   Contact.Created and Message.Received

2  POST https://•••@hooks.example.net/t?token=•••&tenant=•••&•••#•••
   signed, enabled, no failures, updated 2026-08-14 09:31 UTC, id 64f0c1a2b3d4e5f60718293b
   Template.Status

No problem found. Webhooks: 2 checked.`)
    expect(err).toBe('To check what your receiver expects, pass its --url and the --events that it handles.')
  })

  test('prints the findings after the webhooks, errors first', async () => {
    const body = [
      record({ requestMethod: 'PUT' }),
      otherRecord({ secret: undefined, disabled: true, requestFailedCount: 12 }),
    ]
    const { code, out } = await runOnResponse({ body })
    expect(code).toBe(1)
    expect(out).toContain('\n   not signed, disabled, 12 failures, updated ')
    expect(out).toMatch(
      /ERROR {4}webhook-disabled {2}webhook 2\n.*\n {9}→ .*ERROR {4}webhook-unsigned {2}webhook 2\n.*WARNING {2}method-not-post {2}webhook 1\n.*\n\n2 errors, 2 warnings\. Webhooks: 2 checked\.$/s,
    )
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  test('lists what is missing in a webhook', async () => {
    const changes = { events: [], requestFailedCount: 1, requestMethod: undefined, updatedAt: undefined }
    const { out } = await runOnResponse({ body: [record(changes)] })
    expect(out).toContain(`
1  Method unknown: https://example.com/webhooks/gallabox
   signed, enabled, 1 failure, updated: unknown, id 64f0c1a2b3d4e5f60718293a
   no events
`)
  })

  test('lists webhooks of other URLs last, and does not check them', async () => {
    const body = [otherRecord({ secret: undefined, disabled: true, events: ['Unknown'] }), record()]
    const { code, out, err } = await runOnResponse({ body }, ['--url', receiverUrl])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^2 {2}POST https:\/\/example\.com.*^1 {2}POST \S+ \(not checked: another URL\)$/ms)
    expect(out).toMatch(/No problem found\. Webhooks: 1 checked, 1 not checked\.$/)
  })

  test('uses colors only on standard output of a terminal', async () => {
    const body = [record({ secret: undefined, requestFailedCount: 1 })]
    const { out } = await runOnResponse({ body }, [], { color: true })
    expect(out).toContain('\u001B[31mnot signed\u001B[0m')
    const { err } = await runOnResponse({ status: 401 }, [], { color: true })
    expect(err).not.toContain('\u001B')
  })

  test('sends one GET request with the credentials in its headers', async () => {
    const { requests } = await runOnResponse({ body: [record()] })
    expect(requests).toHaveLength(1)
    const headers = Object.fromEntries(toHeaderList(requests[0]?.rawHeaders ?? []))
    expect(headers).toMatchObject({ apiKey: env.GALLABOX_API_KEY, apiSecret: env.GALLABOX_API_SECRET })
    expect(headers).toMatchObject({ Accept: 'application/json', 'Content-Length': '0' })
  })

  test('keeps the path of --server', async () => {
    const { url, requests } = await startApi({ body: [record()] })
    expect(await runAccount(`${url}/gateway/`)).toMatchObject({ code: 0 })
    expect(requests).toMatchObject([{ method: 'GET', path: '/gateway/devapi/webhooks' }])
  })

  test('exits with 130 on Ctrl-C', async () => {
    const stopping = new AbortController()
    const { url } = await startApi(() => stopping.abort())
    expect(await runAccount(url, ['--json'], { signal: stopping.signal })).toMatchObject({
      code: 130,
      out: '',
      err: '',
    })
  })
})

describe('finds a problem, and not in a near miss', () => {
  test.each(findingCases)('$code: $title', async ({ code, records, args, message }) => {
    const report = await findProblems(records, args)
    expect(codesOf(report)).toEqual([code])
    const [finding] = report.findings
    expect(finding).toMatchObject({ severity: accountFindings[code].severity, fix: expect.stringMatching(/.\.$/) })
    expect(finding.message).toContain(message)
  })

  test.each(findingCases)('not $code: $nearMiss.title', async ({ nearMiss }) => {
    expect(await findProblems(nearMiss.records, nearMiss.args)).toMatchObject({ verdict: 'passed', findings: [] })
  })

  test('there is a case for every code', () => {
    const tested = new Set<AccountFindingCode>([...findingCases, ...failureCases].map(({ code }) => code))
    const elsewhere = ['server-unreachable', 'server-redirect', 'response-too-large']
    expect([...tested, ...elsewhere].sort()).toEqual(Object.keys(accountFindings).sort())
  })

  test('names the webhook by its id, or by its position', async () => {
    const ids = [{}, { id: undefined, _id: 'abc' }, { id: 7 }, { id: '' }, { id: { $oid: 'x' } }]
    const records = ids.map((changes, i) =>
      record({ secret: undefined, requestUrl: `https://example.com/${i}`, ...changes }),
    )
    const { webhooks, findings } = await findProblems(records)
    const expected = ['64f0c1a2b3d4e5f60718293a', 'abc', '7', '#4', '#5']
    expect(webhooks.map(({ id }: { id: string }) => id)).toEqual(expected)
    expect(findings.map(({ webhook }: { webhook: string }) => webhook)).toEqual(expected)
  })

  test('does not count a disabled webhook as a sender', async () => {
    const records = [
      record({ disabled: true, events: ['Message.Send'] }),
      record({ id: 'b', events: ['Message.Received'] }),
    ]
    const { findings } = await findProblems(records, [
      '--url',
      receiverUrl,
      '--events',
      'Message.Send,Message.Received',
    ])
    expect(findings).toMatchObject([
      { code: 'webhook-disabled', webhook: record().id },
      {
        code: 'event-not-sent',
        message: `No enabled webhook sends Message.Send to ${receiverUrl}. Webhook 1 would, but is disabled.`,
      },
    ])
  })

  test('finds no duplicate with a disabled webhook', async () => {
    expect(codesOf(await findProblems([record(), record({ id: 'b', disabled: true })]))).toEqual(['webhook-disabled'])
  })

  test('finds the duplicates of three webhooks', async () => {
    const at = (id: string, events: readonly string[]) => record({ id, events })
    const records = [
      at('a', ['Message.Send', 'Message.Received']),
      at('b', ['Message.Send']),
      at('c', ['Message.Received', 'Message.Send']),
    ]
    const { findings } = await findProblems(records)
    expect(findings.map(({ message }: { message: string }) => message)).toEqual([
      'Webhooks 1, 2 and 3 send Message.Send to the same URL.',
      'Webhooks 1 and 3 send Message.Received to the same URL.',
    ])
  })

  test('one webhook that lists an event twice is no duplicate', async () => {
    await findProblems([record({ events: ['Message.Received', 'Message.received'] })]).then((report) =>
      expect(report.findings).toEqual([]),
    )
  })

  test('does not say that an event is not sent without naming a record that could not be read', async () => {
    for (const unclear of [record({ id: 'b', events: 'all' }), record({ id: 'b', requestUrl: undefined }), null]) {
      const { findings } = await findProblems([record(), unclear], ['--url', receiverUrl, '--events', 'Message.Send'])
      expect(findings).toMatchObject([
        {
          code: 'event-not-sent',
          message: `No enabled webhook sends Message.Send to ${receiverUrl}. Webhook 2 may, but its record could not be read.`,
        },
        { code: 'record-unreadable' },
      ])
    }
  })
})

describe('names the webhooks whose URL is nearly that of --url', () => {
  test.each([
    ['https://example.com/webhooks/gallabox/', 'a slash at the end'],
    ['http://example.com/webhooks/gallabox', 'http instead of https'],
    ['https://example.com/Webhooks/Gallabox', 'another letter case in the path'],
    ['https://example.com/webhooks/other', 'another path'],
    ['https://example.com:8443/webhooks/gallabox', 'another port'],
    ['https://old-tunnel.example.net/webhooks/gallabox', 'another host'],
    ['http://example.com/webhooks/gallabox/', 'a slash at the end and http instead of https'],
  ])('%s has %s', async (requestUrl, text) => {
    const { findings } = await findProblems([otherRecord(), record({ requestUrl })], ['--url', receiverUrl])
    expect(findings).toMatchObject([
      {
        code: 'url-not-found',
        message: `No webhook sends to ${receiverUrl}. Webhook 2 has ${text}: ${requestUrl}.`,
        fix: 'Change the Request URL of webhook 2 in Gallabox, or correct --url.',
      },
    ])
  })

  test('the reverse: without a slash at the end, and with https', async () => {
    const { findings } = await findProblems([record()], ['--url', `${receiverUrl.replace('https', 'http')}/`])
    expect(findings[0].message).toContain('Webhook 1 has no slash at the end and https instead of http: ')
  })

  test('says that the webhook is disabled', async () => {
    const { findings } = await findProblems([record({ disabled: true })], ['--url', `${receiverUrl}/`])
    expect(findings[0].message).toContain('Webhook 1 has no slash at the end, and is disabled: ')
  })

  test('names the three nearest', async () => {
    const urls = ['/a', '/b', '/webhooks/gallabox/', '/c'].map((path) => `https://example.com${path}`)
    const { findings } = await findProblems(
      urls.map((requestUrl) => record({ requestUrl })),
      ['--url', receiverUrl],
    )
    expect(findings[0].message.match(/Webhook \d/g)).toEqual(['Webhook 3', 'Webhook 1', 'Webhook 2'])
  })

  test('says that URLs could not be read', async () => {
    const { findings } = await findProblems([otherRecord(), null, record({ requestUrl: 'x' })], ['--url', receiverUrl])
    expect(findings[0].message).toBe(
      `No webhook sends to ${receiverUrl}. The URL of webhook 2 and 3 could not be read.`,
    )
    expect(codesOf({ findings })).toEqual(['url-not-found', 'record-unreadable', 'record-unreadable'])
  })

  test('does not name a webhook that only has the path / in common', async () => {
    const { findings } = await findProblems(
      [record({ requestUrl: 'https://other.example/' })],
      ['--url', 'https://example.com/'],
    )
    expect(findings[0].message).toBe('No webhook sends to https://example.com/.')
  })
})

describe('reads odd records as far as possible', () => {
  const unknown = {
    url: null,
    method: null,
    events: null,
    signed: null,
    disabled: null,
    failures: null,
    updatedAt: null,
  }

  test.each([
    ['null', null, { ...unknown, unreadable: ['it is null'] }],
    ['a string', 'x', { ...unknown, unreadable: ['it is a string'] }],
    ['a list', [record()], { ...unknown, unreadable: ['it is an array'] }],
    [
      'an empty object',
      {},
      {
        ...unknown,
        unreadable: [
          'requestUrl is missing',
          'requestMethod is missing',
          'events is missing',
          'disabled is missing',
          'requestFailedCount is missing',
        ],
      },
    ],
    [
      'wrong types',
      record({
        requestUrl: 5,
        requestMethod: 'P O',
        events: {},
        disabled: 'no',
        requestFailedCount: '3',
        secret: true,
        updatedAt: 5,
      }),
      {
        ...unknown,
        unreadable: [
          'requestUrl is a number',
          'requestMethod is not a method',
          'events is an object',
          'disabled is not a boolean',
          'requestFailedCount is not a count',
        ],
      },
    ],
    ['a secret of a wrong type', record({ secret: true }), { signed: null, unreadable: ['secret is a boolean'] }],
    [
      'a negative count',
      record({ requestFailedCount: -1 }),
      { failures: null, unreadable: ['requestFailedCount is a number'] },
    ],
    [
      'invalid event names',
      record({ events: ['Message.Received', 3, null, ' '] }),
      { events: ['Message.Received'], unreadable: ['events contains 3 invalid or surplus names'] },
    ],
    [
      'a URL without a scheme',
      record({ requestUrl: 'user:pw@example.com/hook?token=abc' }),
      { url: '•••@example.com/hook?token=•••', unreadable: ['requestUrl is not an http or https URL'] },
    ],
    [
      'a URL of another scheme',
      record({ requestUrl: 'ftp://user:pw@example.com/hook' }),
      { url: 'ftp://•••@example.com/hook', unreadable: ['requestUrl is not an http or https URL'] },
    ],
    ['an invalid time', record({ updatedAt: '2026-99-14T09:31:12Z' }), { updatedAt: null, unreadable: [] }],
    ['a time that is not ISO 8601', record({ updatedAt: '14/08/2026' }), { updatedAt: null, unreadable: [] }],
  ])('%s', async (_title, value, expected) => {
    const { webhooks, findings } = await findProblems([otherRecord(), value])
    expect(webhooks).toHaveLength(2)
    expect(webhooks[1]).toMatchObject({ position: 2, ...expected })
    expect(codesOf({ findings })).toEqual(expected.unreadable.length > 0 ? ['record-unreadable'] : [])
    const { out } = await runOnResponse({ body: [value] })
    expect(out).toMatch(/: unknown|\(incomplete\)/)
  })

  test('keeps the parts of a URL that identify the webhook', async () => {
    const { webhooks } = await findProblems([record({ requestUrl: 'https://Example.com/@team/hook;v=1?a=1=2&b' })])
    expect(webhooks[0].url).toBe('https://example.com/@team/hook;v=1?a=•••&•••')
  })

  test.each([
    ['https://user:p%40ss@example.com/h', 'https://•••@example.com/h'],
    ['https:\\\\user:pass@example.com/h', 'https://•••@example.com/h'],
    ['https:user@example.com', 'https://•••@example.com/'],
    ['https://:pass@example.com/h?#', 'https://•••@example.com/h'],
    ['https://user:p?ss@example.com/h?token=abc', 'https://•••@example.com/h?token=•••'],
    ['https://user:p#ss@example.com/h#abc', 'https://•••@example.com/h#•••'],
    ['https://user:p/ss@example.com/h?abc', 'https://•••@example.com/h?•••'],
    ['mailto:user@example.com', '•••@example.com'],
    ['example.com/h?token=a?b=c&=d#x', 'example.com/h?token=•••&•••#•••'],
    ['https://example.com/h?token=abc=def;x=y', 'https://example.com/h?token=•••'],
  ])('hides what may be secret in %s', async (requestUrl, url) => {
    const { webhooks } = await findProblems([record({ requestUrl })])
    expect(webhooks[0].url).toBe(url)
  })

  test('prints hostile strings as one short line', async () => {
    const hostile = `\u001B[31m\u202Ex\n${'y'.repeat(1_000_000)}`
    const changes = { id: hostile, events: [hostile], requestUrl: `https://example.com/${hostile}` }
    const { out } = await runOnResponse({ body: [record(changes), record({ ...changes, requestUrl: hostile })] })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/)
    expect(out.length).toBeLessThan(5000)
  })

  test('reads 10 000 records, prints some and counts all', async () => {
    const records = Array.from({ length: 10_000 }, (_, i) => record({ id: `${i}`, secret: undefined }))
    const { out } = await runOnResponse({ body: records })
    expect(out).toContain('Webhooks of the account at')
    expect(out).toContain('… and 9950 more. --json lists all of them.')
    expect(out).toMatch(/10000 errors, 1 warning\. Webhooks: 10000 checked\.$/)
    expect(out.split('\n').length).toBeLessThan(500)
    expect((await findProblems(records)).webhooks).toHaveLength(10_000)
  })

  test('reads at most 10 000 records and 1000 events of each', async () => {
    const events = Array.from({ length: 1001 }, (_, i) => `Event.${i}`)
    const { webhooks, findings } = await findProblems([record({ events }), ...Array(10_000).fill(null)])
    expect(webhooks).toHaveLength(10_000)
    expect(webhooks[0].events).toHaveLength(1000)
    expect(webhooks[0].unreadable).toEqual(['events contains 1 invalid or surplus names'])
    expect(findings.at(-1)).toMatchObject({
      code: 'list-incomplete',
      message: 'The list contains 10001 records. Only the first 10000 were read.',
    })
  })

  test('reads an array with a byte order mark, whatever the Content-Type says', async () => {
    const body = `\uFEFF${JSON.stringify([record()])}`
    expect(await runOnResponse({ body, headers: { 'content-type': 'text/html' } })).toMatchObject({ code: 0 })
  })
})

describe('explains why there is no list', () => {
  test.each(failureCases)('$code: $title', async ({ code, response, message, fix }) => {
    const { code: exitCode, out, err } = await runOnResponse(response)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    const text = err.replace(/\s+/g, ' ')
    expect(text).toContain(`ERROR ${code} ${message}`)
    expect(text).toContain(`→ ${fix ?? accountFindings[code].fix}`)
  })

  test.each(failureCases)('prints JSON for $code: $title', async ({ code, response, message }) => {
    const { code: exitCode, out, err, url } = await runOnResponse(response, ['--json'])
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' })
    expect(JSON.parse(out)).toEqual({
      server: url,
      verdict: 'failed',
      webhooks: [],
      findings: [{ code, severity: 'error', message: expect.stringMatching(/\.$/), fix: expect.stringMatching(/\.$/) }],
    })
    expect(JSON.parse(out).findings[0].message.startsWith(message)).toBe(true)
  })

  test('says in how many seconds the rate limit ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 })
    try {
      const headers = { 'X-RateLimit-Reset': '1800000012' }
      expect((await runOnResponse({ status: 429, headers })).err).toContain('→ Try again in 12 s.')
    } finally {
      vi.useRealTimers()
    }
  })

  test('stops reading at 16 MiB', async () => {
    const { url } = await startApi((res) => {
      const pour = () => {
        while (!res.destroyed && res.write(' '.repeat(65_536)));
      }
      res.on('drain', pour)
      pour()
    })
    const { code, err } = await runAccount(url)
    expect(code).toBe(1)
    expect(err).toContain('The response is larger than 16 MiB.')
  })

  test('reads a list of more than 1 MiB', async () => {
    const { webhooks } = await findProblems([record({ note: 'x'.repeat(2 * 1024 * 1024) })])
    expect(webhooks).toHaveLength(1)
  })
})

describe('explains why there is no response', () => {
  const fixOf = ({ err }: { err: string }) => err.replace(/\s+/g, ' ').split('→ ')[1]

  test('connection refused', async () => {
    const result = await runAccount('http://127.0.0.1:1')
    expect(result).toMatchObject({ code: 1, out: '' })
    expect(result.err).toContain('Could not reach http://127.0.0.1:1: connection refused.')
    expect(fixOf(result)).toBe('No server is listening on 127.0.0.1:1. Start it, or check the port.')
  })

  test('a proxy in the environment, which Node.js does not use', async () => {
    const proxied = { ...env, HTTPS_PROXY: 'http://user:pw@127.0.0.1:1' }
    const result = await runAccount('https://127.0.0.1:1', [], { env: proxied })
    expect(fixOf(result)).toContain('HTTPS_PROXY is set. Node.js uses it only with NODE_USE_ENV_PROXY=1')
    expect(result.err).not.toContain('pw@')
  })

  test('a timeout', async () => {
    const { url, requests } = await startApi(() => {})
    const result = await runAccount(url, ['--timeout', '50'])
    expect(result.code).toBe(1)
    expect(result.err).toContain('no response within 50 ms')
    expect(fixOf(result)).toBe('Try again, or raise --timeout. It is 50 ms.')
    expect(requests).toHaveLength(1)
  })

  test('a body that never ends', async () => {
    const { url } = await startApi((res) => void res.write('['))
    expect((await runAccount(url, ['--timeout', '100'])).err).toContain('no response within 100 ms')
  })

  test('a closed connection', async () => {
    const { url } = await startApi((res) => void res.destroy())
    expect((await runAccount(url)).err).toContain('connection closed')
  })

  test('a server without TLS', async () => {
    const { url, requests } = await startApi()
    const result = await runAccount(url.replace('http:', 'https:'))
    expect(result.code).toBe(1)
    expect(fixOf(result)).toBe('Use http:// instead of https://.')
    expect(requests).toEqual([])
  })

  test('a certificate of an unknown authority', async () => {
    const [key, cert] = ['self-signed.key', 'self-signed.pem'].map((file) =>
      readFileSync(join(import.meta.dirname, 'certificates', file)),
    )
    let requests = 0
    const server = createServer({ key, cert }, (_req, res) => {
      requests++
      res.end('[]')
    })
    const result = await runAccount(await listen(server, 'https'))
    expect(result.code).toBe(1)
    expect(fixOf(result)).toMatch(
      /^Set NODE_EXTRA_CA_CERTS .* Do not disable the check, because the credentials are sent/,
    )
    expect(requests).toBe(0)
  })
})

describe('follows no redirect', () => {
  test.each([301, 302, 307, 308])('%i to another host gets no request and no credentials', async (status) => {
    const other = await startApi({ body: [record()] })
    const target = other.url.replace('127.0.0.1', 'localhost')
    const { code, err, requests } = await runOnResponse({ status, headers: { location: `${target}/login?token=abc` } })
    expect(code).toBe(1)
    expect(err.replace(/\s+/g, ' ')).toContain(
      `The server redirects to ${target} (${status}). It was not followed, so no credentials were sent elsewhere.`,
    )
    expect(err).not.toContain('token')
    expect(requests).toHaveLength(1)
    expect(other.requests).toEqual([])
  })

  test.each([
    ['another path', '/login?token=abc', 'to another path of the same server'],
    ['a missing target', undefined, 'without a valid target'],
    ['an invalid target', 'http://[', 'without a valid target'],
    ['a target of another scheme', 'javascript:alert(1)', 'without a valid target'],
    ['a target that contains the key', `https://${env.GALLABOX_API_KEY.replace('+', '-')}.example/`, 'to https://'],
  ])('%s', async (_title, location, text) => {
    const { code, err } = await runOnResponse({ status: 302, ...(location && { headers: { location } }) })
    expect(code).toBe(1)
    expect(err.replace(/\s+/g, ' ')).toContain(`The server redirects ${text}`)
    expect(err).not.toMatch(/token|alert/)
  })
})

describe('never prints a credential', () => {
  test('that the server sends back in a record', async () => {
    const { GALLABOX_API_KEY: key, GALLABOX_API_SECRET: apiSecret } = env
    for (const value of [key, apiSecret, `x${key.toLowerCase()}${apiSecret}y`]) {
      const changes = { id: value, events: [value], requestUrl: `https://example.com/${value}`, requestMethod: 'POST' }
      const body = [
        record(changes),
        record({ ...changes, requestUrl: value }),
        record({ requestUrl: 'https://example.com', secret: value }),
      ]
      for (const args of [[], ['--json']]) {
        const { out } = await runOnResponse({ body }, args)
        expect(out).toMatch(/https:\/\/example\.com\/x?•••/)
        expect(decodeURIComponent(out)).not.toContain(apiSecret.slice(0, 8))
      }
    }
  })

  test('that is in a host name, in lower case', async () => {
    const key = 'KeyInAHostName'
    const { url } = await startApi({ status: 302, headers: { location: `https://${key}.example.com` } })
    const { err } = await runAccount(url, [], { env: { ...env, GALLABOX_API_KEY: key } })
    expect(err.replace(/\s+/g, ' ')).toContain('redirects to https://•••.example.com (302)')
  })

  test('in a usage error', async () => {
    for (const name of ['GALLABOX_API_KEY', 'GALLABOX_API_SECRET'] as const)
      for (const wrong of [`${env[name]} `, `"${env[name]}"`, `${env[name]}\n`, `${env[name]}é`]) {
        const { err } = await runCli(['account'], { env: { ...env, [name]: wrong } })
        expect(err).toMatch(new RegExp(`^${name} `))
        expectNoSecret(err)
      }
  })
})

describe('a usage error exits with 2 and sends nothing', () => {
  const missing = 'Create an API key in Gallabox, and set both variables.'
  const scheme =
    '--server must be https, because the credentials are sent to it. Only a loopback or private address may be http.'

  test.each([
    ['no credentials', {}, `GALLABOX_API_KEY and GALLABOX_API_SECRET are missing. ${missing}`],
    ['an empty key', { ...env, GALLABOX_API_KEY: '' }, `GALLABOX_API_KEY is missing. ${missing}`],
    ['a blank secret', { ...env, GALLABOX_API_SECRET: ' ' }, `GALLABOX_API_SECRET is missing. ${missing}`],
    [
      'a line break',
      { ...env, GALLABOX_API_KEY: 'abc\r\n' },
      'GALLABOX_API_KEY starts or ends with whitespace. Remove it.',
    ],
    [
      'quotation marks',
      { ...env, GALLABOX_API_KEY: "'abc'" },
      'GALLABOX_API_KEY contains quotation marks. Set it without them.',
    ],
    [
      'one quotation mark',
      { ...env, GALLABOX_API_SECRET: 'abc"' },
      'GALLABOX_API_SECRET contains quotation marks. Set it without them.',
    ],
    [
      'typographic quotation marks',
      { ...env, GALLABOX_API_KEY: '“abc”' },
      'GALLABOX_API_KEY contains quotation marks. Set it without them.',
    ],
    [
      'a header in the key',
      { ...env, GALLABOX_API_KEY: 'abc\r\nx: y' },
      'GALLABOX_API_KEY contains a character that is not printable ASCII. Copy it from Gallabox again.',
    ],
    [
      'a zero-width space',
      { ...env, GALLABOX_API_SECRET: 'abc\u200B' },
      'GALLABOX_API_SECRET contains a character that is not printable ASCII. Copy it from Gallabox again.',
    ],
  ])('%s', async (_title, environment, message) => {
    const { url, requests } = await startApi()
    const { code, out, err } = await runCli(['account', '--server', url], { env: environment })
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${message}\nSee: gallabox-webhooks account --help` })
    expect(requests).toEqual([])
  })

  test.each([
    [['--server', 'server.gallabox.com'], '--server must be an https URL, such as https://server.gallabox.com.'],
    [['--server', 'ftp://server.gallabox.com'], '--server must be an https URL, such as https://server.gallabox.com.'],
    [['--server', 'http://203.0.113.5'], scheme],
    [['--server', 'http://name.invalid'], scheme],
    [
      ['--server', 'https://user:pw@127.0.0.1:1'],
      '--server must not contain a user, a query or a fragment. Remove it.',
    ],
    [
      ['--server', 'https://127.0.0.1:1/?key=abc'],
      '--server must not contain a user, a query or a fragment. Remove it.',
    ],
    [['--server', 'https://127.0.0.1:1/#abc'], '--server must not contain a user, a query or a fragment. Remove it.'],
    [['--events', 'Message.Recieved'], '--events: unknown event "Message.Recieved". Did you mean "Message.Received"?'],
    [['--events', 'Message.Received,,'], '--events must be event names, separated by commas.'],
    [['--events', ''], '--events must be event names, separated by commas.'],
    [['--timeout', '0'], '--timeout must be an integer from 1 to 2147483647.'],
    [['list'], 'Too many arguments. Pass the URL of the receiver with --url, and events with --events.'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await runCli(['account', '--server', 'http://127.0.0.1:1', ...args], { env })
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${message}\nSee: gallabox-webhooks account --help` })
  })

  test('a --url that is not http or https', async () => {
    const { code, err } = await runCli(['account', '--url', 'ftp://example.com'], { env })
    expect(code).toBe(2)
    expect(err).toContain('--url must be an http or https URL')
  })

  test('an option for a credential, which the history of the shell would keep', async () => {
    for (const option of ['--api-key', '--api-secret', '--secret'])
      expect(await runCli(['account', option, 'abc'], { env })).toMatchObject({ code: 2 })
  })
})

test('--help says where the shapes are from, that the command only reads, and why there is no option for the key', async () => {
  const { out } = await runCli(['account', '--help'])
  for (const text of [
    'the shapes that Gallabox publishes',
    'one GET request',
    'GALLABOX_API_KEY and GALLABOX_API_SECRET',
    'the history of the shell',
  ])
    expect(out.replace(/\s+/g, ' ')).toContain(text)
})

test('events of --events can be repeated, and combined with commas', async () => {
  const args = [
    '--events',
    'Message.Received, contact.CREATED',
    '--events',
    'Message.received',
    '--events',
    'Message.Send',
  ]
  const { findings } = await findProblems([record()], args)
  expect(findings).toMatchObject([{ code: 'event-not-sent', message: 'No enabled webhook sends Message.Send.' }])
})
