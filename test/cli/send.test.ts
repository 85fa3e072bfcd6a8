import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ContentEvent, memoryStore, messageContent, occurredAt, verifySignature } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { secret, startReceiver, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }
const folder = temporaryFolder()

/** A row of the table. */
const row = /^(\S+) +\d{4}-\d\d-\d\dT[\d:.]+Z {2}(SUCCESS|FAILED),? (\d+|no response) +\d+ ms/

/** Returns the lines below the headings. */
function listRows(out: string): readonly string[] {
  const [headings, ...rows] = out.split('\n')
  expect(headings).toMatch(/^Event +Created At +Result +Time/)
  return rows
}

describe('sends', () => {
  test('a signed Message.Received by default, and prints a table with one row', async () => {
    const { url, events, records } = await startReceiver()
    const { code, out, err } = await runCli(['send', url], { env })
    expect({ code, err }).toEqual({ code: 0, err: '1 sent, 0 failed' })
    expect(listRows(out)).toHaveLength(1)
    expect(row.exec(listRows(out)[0] as string)?.slice(1)).toEqual(['Message.Received', 'SUCCESS', '200'])
    expect(events.map(({ type }) => type)).toEqual(['Message.Received'])
    expect(records[0]).toMatchObject({ code: 'handled', secretId: '1' })
  })

  test('events by either name', async () => {
    const { url, events } = await startReceiver()
    expect((await runCli(['send', url, 'Contact.mapped', 'template.STATUS'], { env })).code).toBe(0)
    expect(events.map(({ type }) => type)).toEqual(['Contact.Tag.Mapped', 'Template.Status'])
  })

  test('every event that has a sample with --all', async () => {
    const { url, events } = await startReceiver()
    expect((await runCli(['send', url, '--all'], { env })).code).toBe(0)
    expect(events.map(({ type }) => type)).toEqual(sampledEventTypes)
  })

  test('another sample of the event with --variant', async () => {
    const { url, events } = await startReceiver()
    expect((await runCli(['send', url, 'message.received', '--variant', 'image'], { env })).code).toBe(0)
    expect((await runCli(['send', url, 'Message.Send', '--variant', 'note'], { env })).code).toBe(0)
    expect(events.map((event) => messageContent(event as ContentEvent).kind)).toEqual(['image', 'note'])
  })

  test.each([
    [{ request: { data: { id: '1' } } }, /--data: The body is an entry of Gallabox's webhook log.* Send that member/],
    [{ contact: { name: 'A•••' } }, /--data: Names or phone numbers in the body are masked/],
  ])('the bytes of --data, and notes that they are a copy from the webhook log: %j', async (payload, note) => {
    const { url, received } = await startServer()
    const input = JSON.stringify(payload)
    const { code, err } = await runCli(['send', url, 'Message.Received', '--data', '-'], { env, input })
    expect(code).toBe(0)
    expect(err).toMatch(note)
    expect(received[0]?.body.toString()).toBe(input)
  })

  test('the bytes of --data with any event name', async () => {
    const { url, received } = await startServer()
    const file = join(folder, 'body.json')
    const bytes = Buffer.from('{ "price" : 1.0, "text": "\\u20b9" }\n')
    writeFileSync(file, bytes)
    expect((await runCli(['send', url, 'Our.Own', '--data', file], { env })).code).toBe(0)
    expect((await runCli(['send', url, 'Our.Own', '--data', '-'], { env, input: bytes })).code).toBe(0)
    for (const { body, headers } of received) {
      expect(body).toEqual(bytes)
      expect(headers['x-event-name']).toBe('Our.Own')
      expect(verifySignature(body, headers['x-gallabox-signature'] as string, secret)).toBe(true)
    }
    expect(received).toHaveLength(2)
  })

  test('the headers, method and encoding of the options', async () => {
    const { url, received } = await startServer()
    await runCli(['send', url, '--header', 'X-Token: a: b', '--method', 'put', '--encoding', 'hex'], { env })
    expect(received).toMatchObject([
      { method: 'PUT', headers: { 'x-token': 'a: b', 'content-type': 'application/json' } },
    ])
    expect(received[0]?.headers['x-gallabox-signature']).toMatch(/^[0-9a-f]{64}$/)
  })

  test('different deliveries with --count, and equal ones with --same', async () => {
    const { url, received } = await startServer()
    await runCli(['send', url, 'Message.Received', 'Message.Flow.Received', '--count', '3'], { env })
    expect(new Set(received.map(({ body }) => body.toString())).size).toBe(6)
    expect(received.map(({ body }) => body.length)).toEqual(
      [1, 2, 3].flatMap(() => received.slice(0, 2).map((r) => r.body.length)),
    )
    received.length = 0
    await runCli(['send', url, '--count', '3', '--same'], { env })
    expect(received.map(({ body }) => body.toString())).toEqual(
      Array(3).fill(JSON.stringify(samplePayload('Message.Received'))),
    )
  })

  test('new message ids in each run, which are no duplicates', async () => {
    const { url, records } = await startReceiver({ idempotency: { store: memoryStore() } })
    for (const _run of [1, 2]) await runCli(['send', url, '--all', '--count', '2'], { env })
    expect(records).toHaveLength(80)
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(['handled']))
    for (const _run of [1, 2]) await runCli(['send', url, '--same'], { env })
    expect(records.slice(80).map(({ code }) => code)).toEqual(['handled', 'duplicate'])
  })

  test('current times, which are not stale', async () => {
    const { url, events, records } = await startReceiver({ maxAgeMs: 60_000 })
    expect((await runCli(['send', url, '--all'], { env })).code).toBe(0)
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(['handled']))
    const times = events.flatMap((event) => occurredAt(event)?.getTime() ?? [])
    expect(times.length).toBeGreaterThan(8)
    for (const time of times) expect(time).toBeLessThan(Date.now() + 1000)
    const contact = events.find((event) => event.type === 'Contact.Updated')
    expect(JSON.stringify(contact)).toContain('"valueDate":"1991-03-08T00:00:00.000Z"')
  })

  test('the same new id wherever a payload repeats it, and unchanged ids of contacts and tags', async () => {
    const { url, received } = await startServer()
    await runCli(['send', url, 'Conversation.Create', 'Contact.Tag.Unmapped'], { env })
    const [conversation, tag] = received.map(({ body }) => JSON.parse(body.toString()))
    const sample = samplePayload('Conversation.Create')
    expect(conversation.latestMessage.id).toBe(conversation.latestMessageId)
    expect(conversation.latestMessageId).not.toBe(sample.latestMessageId)
    expect(conversation).toMatchObject({ id: sample.id, contact: sample.contact })
    expect(tag).toEqual(samplePayload('Contact.Tag.Unmapped'))
  })

  test('at most --concurrency deliveries at once', async () => {
    let active = 0
    let maximum = 0
    const { url } = await startServer(async (_req, res) => {
      maximum = Math.max(maximum, ++active)
      await new Promise((resolve) => setTimeout(resolve, 20))
      active--
      res.end()
    })
    const { err, out, progress } = await runCli(['send', url, '--count', '60', '--concurrency', '4'], {
      env,
      live: true,
    })
    expect(maximum).toBe(4)
    expect(err).toMatch(/^60 sent, 0 failed; response times in ms: min \d+, median \d+, p95 \d+, p99 \d+, max \d+$/)
    expect(out).toMatch(/^Event +Result +Count\nMessage\.Received +SUCCESS 200 +60$/)
    expect(progress[0]).toBe('0 of 60 sent')
    expect(progress.at(-1)).toBe('60 of 60 sent, 0 failed')
  })
})

describe('forged deliveries', () => {
  test.each([
    ['--tamper', 'signature-mismatch'],
    ['--unsigned', 'signature-missing'],
  ])('succeed with %s when they are rejected', async (option, code) => {
    const { url, events, records } = await startReceiver()
    const result = await runCli(['send', url, '--all', option], { env })
    expect(result).toMatchObject({ code: 0, err: expect.stringMatching(/^20 sent, all rejected, as they must be/) })
    expect(listRows(result.out)).toHaveLength(20)
    for (const line of listRows(result.out)) expect(line).toMatch(/Z {2}rejected 401, as it must be +\d+ ms$/)
    expect(result.out).not.toContain('FAILED')
    expect(events).toEqual([])
    expect(new Set(records.map((record) => record.code))).toEqual(new Set([code]))
  })

  test('are valid JSON with --tamper, so that only the signature differs', async () => {
    const { url, received } = await startServer((_req, res) => res.writeHead(401).end())
    await runCli(['send', url, '--all', '--tamper'], { env })
    for (const { body } of received) expect(JSON.parse(body.toString())).toBeTypeOf('object')
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '[1]' })
    expect(received.at(-1)?.body.toString()).toBe('[1] ')
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '{"a":"x\\"0"}' })
    expect(received.at(-1)?.body.toString()).toBe('{"a":"x\\"1"}')
    // An escaped character and a truncated string are not the end of a string.
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '{"a":"x\\n", "b" : "y"}' })
    expect(received.at(-1)?.body.toString()).toBe('{"a":"x\\n", "b" : "0"}')
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '{"a":"\\' })
    expect(received.at(-1)?.body.toString()).toBe('{"a":"\\ ')
  })

  test('differ in one byte with --tamper when the body is long and not UTF-8', async () => {
    const { url, received } = await startServer((_req, res) => res.writeHead(401).end())
    const body = Buffer.from(`{"a":"${'\xFF '.repeat(5_000_000)}z"}`, 'latin1')
    expect((await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: body })).code).toBe(0)
    const sent = received[0]?.body as Buffer
    expect(sent.length).toBe(body.length)
    expect(sent.at(-3)).toBe('0'.charCodeAt(0))
    expect(sent.subarray(0, -3).equals(body.subarray(0, -3))).toBe(true)
  })

  test('fail when the receiver accepts one', async () => {
    const { url } = await startServer()
    const { code, out, err } = await runCli(['send', url, '--unsigned'])
    expect(code).toBe(1)
    expect(out).toMatch(/Z {2}ACCEPTED 200 +\d+ ms\n {2}The receiver accepted a forged delivery\.$/)
    expect(err).toMatch(/^1 sent, 1 not rejected\nAnyone who has the URL can send this too\./)
  })

  test('fail when the receiver responds with 500 or not at all', async () => {
    const { url } = await startServer((_req, res) => res.writeHead(500).end())
    const { code, out } = await runCli(['send', url, '--unsigned'])
    expect(code).toBe(1)
    expect(out).toMatch(/Z {2}not rejected, but 500 +\d+ ms\n.*unknown whether the receiver verified it\.$/)
    const unreachable = await runCli(['send', 'http://127.0.0.1:1/', '--unsigned'])
    expect(unreachable.out).toMatch(/Connection refused\. No server is listening on 127\.0\.0\.1:1\./)
    // Neither server accepted the forgery.
    expect(unreachable.err).toBe('1 sent, 1 not rejected')
  })

  test.each([404, 405])('fail when the status is %i, because the path or the method is wrong', async (status) => {
    const { url } = await startServer((_req, res) => res.writeHead(status).end())
    const { code, out } = await runCli(['send', url, '--tamper'], { env })
    expect(code).toBe(1)
    expect(out).toMatch(/Nothing was verified\.$/)
  })

  test('can have another name with --as, because the name is not signed', async () => {
    const { url, events } = await startReceiver()
    const { code, err } = await runCli(['send', url, 'Message.received', '--as', 'Contact.created'], { env })
    expect(code).toBe(0)
    expect(err).toMatch(/does not sign the name/)
    expect(events).toMatchObject([{ type: 'unrecognized', name: 'Contact.Created', reason: 'unexpected-shape' }])
  })
})

describe('explains a failure', () => {
  test.each([
    [401, /gallabox-webhooks doctor/],
    [404, /Check the path/],
    [405, /--method/],
    [204, /documents only 200/],
    [302, /redirect/],
    [418, /rejected it/],
    [500, /its log.*onOutcome/],
    [503, /unavailable/],
  ])('with the status %i', async (status, hint) => {
    const { url } = await startServer((_req, res) =>
      res.writeHead(status, status === 302 ? { location: '/' } : {}).end(),
    )
    const { code, out, err } = await runCli(['send', url], { env })
    const [line, explanation] = listRows(out)
    expect(row.exec(line as string)?.slice(2)).toEqual(['FAILED', `${status}`])
    expect(explanation).toMatch(hint)
    expect({ code, err }).toEqual({ code: 1, err: '1 sent, 1 failed' })
  })

  test('without a response', async () => {
    const refused = await runCli(['send', 'http://127.0.0.1:1/'], { env })
    expect(refused.out).toMatch(/FAILED, no response +\d+ ms\n {2}Connection refused\. .+\.$/)
    const { url } = await startServer(() => {})
    expect((await runCli(['send', url, '--timeout', '50'], { env })).out).toMatch(/No response within 50 ms\.$/)
  })

  test('--retry tries again until an attempt succeeds', async () => {
    const { url, received } = await startServer((_req, res) => res.writeHead(received.length < 2 ? 500 : 200).end())
    const { code, out, progress } = await runCli(['send', url, '--retry'], { env, live: true })
    expect(received).toHaveLength(2)
    expect(progress).toEqual([
      '0 of 1 sent',
      '0 of 1 sent. Message.Received: status 500, attempt 2 of 5 in 1 s',
      '1 of 1 sent, 0 failed',
    ])
    expect(code).toBe(0)
    expect(out).toMatch(/^Event +Created At +Result +Time {2}Attempts\n.* SUCCESS 200 +\d+ ms {2}500, 200$/)
  })
})

test('--json prints each delivery as a line of JSON', async () => {
  const { url } = await startReceiver()
  const { out } = await runCli(['send', url, 'Contact.created', 'Message.Send', '--json'], { env })
  expect(out.split('\n').map((line) => JSON.parse(line))).toMatchObject([
    {
      event: 'Contact.Created',
      status: 'SUCCESS',
      asExpected: true,
      attempts: [{ status: 200, ms: expect.any(Number) }],
    },
    { event: 'Message.Send', status: 'SUCCESS', asExpected: true, attempts: [{ status: 200 }] },
  ])
  const forged = await runCli(['send', url, '--unsigned', '--json'])
  expect(JSON.parse(forged.out)).toMatchObject({ status: 'FAILED', asExpected: true, attempts: [{ status: 401 }] })
})

describe('more than 50 deliveries', () => {
  test('are counted by event and result, with each explanation once', async () => {
    let requests = 0
    const { url } = await startServer((req, res) =>
      res.writeHead(req.headers['x-event-name'] === 'Message.Send' && requests++ < 4 ? 503 : 200).end(),
    )
    const args = ['send', url, 'Message.Send', 'Contact.Created', '--count', '30']
    const { code, out } = await runCli(args, { env })
    expect(code).toBe(1)
    expect(out.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
      'Event Result Count',
      'Message.Send FAILED 503 4',
      ' The receiver is unavailable.',
      'Contact.Created SUCCESS 200 30',
      'Message.Send SUCCESS 200 26',
    ])
  })

  test('are all printed with --json', async () => {
    const { url } = await startServer()
    const { out } = await runCli(['send', url, '--count', '51', '--json'], { env })
    expect(out.split('\n').filter((line) => JSON.parse(line).status === 'SUCCESS')).toHaveLength(51)
  })

  test('are listed one by one up to 50', async () => {
    const { url } = await startServer()
    expect(listRows((await runCli(['send', url, '--count', '50'], { env })).out)).toHaveLength(50)
  })
})

test('explains equal failures once', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(503).end())
  const { out } = await runCli(['send', url, '--count', '3'], { env })
  expect(listRows(out)).toHaveLength(4)
  expect(out.split('The receiver is unavailable.')).toHaveLength(2)
})

test('exits with 130 on Ctrl-C during an attempt or a delay', async () => {
  for (const status of [0, 500]) {
    const stopping = new AbortController()
    const { url } = await startServer((_req, res) => {
      setTimeout(() => stopping.abort(), 50)
      if (status) res.writeHead(status).end()
    })
    const result = await runCli(['send', url, '--count', '5', '--retry'], { env, signal: stopping.signal })
    expect(result.code).toBe(130)
    // Clears the line.
    expect(result.progress.at(-1)).toBe('')
    expect(result.out + result.err).toBe('')
  }
})

test('prints the summary last, without interrupted deliveries, on Ctrl-C', async () => {
  const stopping = new AbortController()
  const { url, received } = await startServer((_req, res) => {
    if (received.length <= 2) return res.end()
    setTimeout(() => stopping.abort(), 20)
    if (received.length === 3) res.writeHead(500).end()
  })
  const lines: string[] = []
  const args = ['send', url, '--count', '9', '--concurrency', '2', '--retry']
  const onLine = (text: string) => void lines.push(text)
  const { code } = await runCli(args, { env, signal: stopping.signal, onPrint: onLine, onNote: onLine })
  expect(code).toBe(130)
  expect(lines.map((text) => /^Event|SUCCESS|FAILED|2 sent, 0 failed/.exec(text)?.[0])).toEqual([
    'Event',
    'SUCCESS',
    'SUCCESS',
    '2 sent, 0 failed',
  ])
})

test('computes percentiles by the nearest rank', async () => {
  const { url, received } = await startServer(async (_req, res) => {
    await new Promise((resolve) => setTimeout(resolve, received.length === 1 ? 200 : 0))
    res.end()
  })
  const { err } = await runCli(['send', url, '--count', '2'], { env })
  const [, min, median, p95, max] = /min (\d+), median (\d+), p95 (\d+), p99 \d+, max (\d+)$/.exec(err) ?? []
  expect(median).toBe(min)
  expect(p95).toBe(max)
  expect(Number(max)).toBeGreaterThan(Number(min))
})

test('prints no secret', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(401).end())
  const { out, err } = await runCli(['send', url, '--secret', secret, '--json'])
  expect(out + err).not.toContain(secret)
})

describe('a usage error exits with 2 and says what to change', () => {
  const url = 'http://127.0.0.1:1/'
  test.each([
    ['no URL', [], /<url> must be an http or https URL/],
    ['a URL without a scheme', ['example.com/x'], /<url> must be an http or https URL/],
    ['no secret', [url], /The secret is missing/, {}],
    [
      'an unknown event',
      [url, 'Message.Recieved'],
      /^No sample for "Message\.Recieved"\. Did you mean "Message\.Received"\? Pass its body with --data\./,
    ],
    [
      'an event without a sample',
      [url, 'Conversation.AI.Analyse'],
      /^No sample for "Conversation\.AI\.Analyse"\. Events without one: .*Conversation\.AI\.Analyse.*\. Pass its body with --data\./,
    ],
    ['--all and an event', [url, 'Message.Send', '--all'], /--all sends the sample of every event/],
    ['--all and --variant', [url, '--all', '--variant', 'image'], /--variant selects the sample of one event/],
    ['--data and --variant', [url, '--data', '-', '--variant', 'image'], /Remove --all and --data/],
    [
      'an unknown variant',
      [url, '--variant', 'imag'],
      /Message\.Received has no variant "imag"\. Did you mean "image"\?/,
    ],
    [
      'a variant of another event',
      [url, 'Message.Send', '--variant', 'location'],
      /Message\.Send has no variant "location"\. Variants: template, text, image, note\./,
    ],
    ['--story and an event', [url, 'Message.Send', '--story'], /--story sends its own events/],
    ['--story and --all', [url, '--story', '--all'], /--story sends its own events/],
    ['--story and --as', [url, '--story', '--as', 'A'], /--story sends its own events/],
    [
      '--story and --concurrency',
      [url, '--story', '--concurrency', '2'],
      /--story sends in order\. Remove --concurrency/,
    ],
    [
      '--set and --data',
      [url, '--data', '-', '--set', 'id=1'],
      /--set changes a sample, and --data is sent byte for byte/,
    ],
    ['--data and two events', [url, 'A', 'B', '--data', '-'], /--data is the body of one event/],
    ['a missing file', [url, '--data', join(folder, 'none')], /Cannot read .*: ENOENT/],
    ['two forgeries', [url, '--tamper', '--unsigned'], /cannot be combined/],
    ['an invalid count', [url, '--count', '0'], /--count must be an integer from 1/],
    ['an invalid header', [url, '--header', 'X'], /--header must be "Name: value"/],
    ['an invalid header value', [url, '--header', 'X: ₹'], /--header X contains an invalid character/],
    ['an event name that is not a header value', [url, 'Ünd€', '--data', '-'], /"Ünd€" is not a valid event name/],
    ['an empty name for --as', [url, '--as', ''], /"" is not a valid event name/],
    ['an invalid encoding', [url, '--encoding', 'base32'], /base64 or hex/],
    ['an invalid method', [url, '--method', 'P OST'], /--method must be an HTTP method/],
  ])('%s', async (_title, args, reason, variables = env) => {
    const { code, out, err } = await runCli(['send', ...args], { env: variables })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
  })
})
