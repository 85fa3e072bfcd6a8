// send: what goes out, what is said of it, and what the exit code means.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryStore, occurredAt, verifySignature } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { secret, startReceiver, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }
const folder = temporaryFolder()

const logLine = /^[0-9a-f]{24} {2}(\S+) +\d{4}-\d\d-\d\dT[\d:.]+Z {2}(SUCCESS|FAILED ) {2} *(\d+|–) +\d+ ms/

describe('what is sent', () => {
  test('without an event: a signed Message.Received, and a line of the webhook log', async () => {
    const { url, events, records } = await startReceiver()
    const { code, out, err } = await runCli(['send', url], { env })
    expect({ code, err }).toEqual({ code: 0, err: '1 sent, 0 failed' })
    expect(logLine.exec(out)?.slice(1)).toEqual(['Message.Received', 'SUCCESS', '200'])
    expect(events.map(({ type }) => type)).toEqual(['Message.Received'])
    expect(records[0]).toMatchObject({ code: 'handled', secretId: '1' })
  })

  test('events by either of their names', async () => {
    const { url, events } = await startReceiver()
    expect((await runCli(['send', url, 'Contact.mapped', 'template.STATUS'], { env })).code).toBe(0)
    expect(events.map(({ type }) => type)).toEqual(['Contact.Tag.Mapped', 'Template.Status'])
  })

  test('--all: every event that has a sample', async () => {
    const { url, events } = await startReceiver()
    expect((await runCli(['send', url, '--all'], { env })).code).toBe(0)
    expect(events.map(({ type }) => type)).toEqual(sampledEventTypes)
  })

  test('--data: these bytes, whatever they are, under any name', async () => {
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

  test('headers, method and spelling as they are asked for', async () => {
    const { url, received } = await startServer()
    await runCli(['send', url, '--header', 'X-Token: a: b', '--method', 'put', '--encoding', 'hex'], { env })
    expect(received).toMatchObject([
      { method: 'PUT', headers: { 'x-token': 'a: b', 'content-type': 'application/json' } },
    ])
    expect(received[0]?.headers['x-gallabox-signature']).toMatch(/^[0-9a-f]{64}$/)
  })

  test('copies are deliveries of their own, unless they should be the same', async () => {
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

  test('what is sent again by hand is no duplicate for a receiver that looks for them', async () => {
    const { url, records } = await startReceiver({ idempotency: { store: memoryStore() } })
    for (const _run of [1, 2]) await runCli(['send', url, '--all', '--count', '2'], { env })
    expect(records).toHaveLength(80)
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(['handled']))
    for (const _run of [1, 2]) await runCli(['send', url, '--same'], { env })
    expect(records.slice(80).map(({ code }) => code)).toEqual(['handled', 'duplicate'])
  })

  test('samples happen now, so that a receiver does not find them too old', async () => {
    const { url, events, records } = await startReceiver({ maxAgeMs: 60_000 })
    expect((await runCli(['send', url, '--all'], { env })).code).toBe(0)
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(['handled']))
    const times = events.flatMap((event) => occurredAt(event)?.getTime() ?? [])
    expect(times.length).toBeGreaterThan(8)
    for (const time of times) expect(time).toBeLessThan(Date.now() + 1000)
    const contact = events.find((event) => event.type === 'Contact.Updated')
    expect(JSON.stringify(contact)).toContain('"valueDate":"1991-03-08T00:00:00.000Z"')
  })

  test('an id that stands in two places is fresh in both, and those of contacts and tags stay', async () => {
    const { url, received } = await startServer()
    await runCli(['send', url, 'Conversation.Create', 'Contact.Tag.Unmapped'], { env })
    const [conversation, tag] = received.map(({ body }) => JSON.parse(body.toString()))
    const sample = samplePayload('Conversation.Create')
    expect(conversation.latestMessage.id).toBe(conversation.latestMessageId)
    expect(conversation.latestMessageId).not.toBe(sample.latestMessageId)
    expect(conversation).toMatchObject({ id: sample.id, contact: sample.contact })
    expect(tag).toEqual(samplePayload('Contact.Tag.Unmapped'))
  })

  test('as many at once as asked, and no more', async () => {
    let now = 0
    let most = 0
    const { url } = await startServer(async (_req, res) => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 20))
      now--
      res.end()
    })
    const { err, out, progress } = await runCli(['send', url, '--count', '60', '--concurrency', '4'], {
      env,
      live: true,
    })
    expect(most).toBe(4)
    expect(err).toMatch(/^60 sent, 0 failed; ms until the answer: min \d+, median \d+, p95 \d+, p99 \d+, max \d+$/)
    // So many are counted, not listed.
    expect(out).toBe('')
    expect(progress.at(-1)).toBe('60 of 60 sent, 0 failed')
  })
})

describe('forgeries: refused is success', () => {
  test.each([
    ['--tamper', 'signature-mismatch'],
    ['--unsigned', 'signature-missing'],
  ])('%s', async (option, code) => {
    const { url, events, records } = await startReceiver()
    const result = await runCli(['send', url, '--all', option], { env })
    expect(result).toMatchObject({ code: 0, err: expect.stringMatching(/^20 sent, 0 not refused/) })
    expect(events).toEqual([])
    expect(new Set(records.map((record) => record.code))).toEqual(new Set([code]))
  })

  test('what was tampered with is JSON still, so that the signature alone can tell', async () => {
    const { url, received } = await startServer((_req, res) => res.writeHead(401).end())
    await runCli(['send', url, '--all', '--tamper'], { env })
    for (const { body } of received) expect(JSON.parse(body.toString())).toBeTypeOf('object')
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '[1]' })
    expect(received.at(-1)?.body.toString()).toBe('[1] ')
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '{"a":"x\\"0"}' })
    expect(received.at(-1)?.body.toString()).toBe('{"a":"x\\"1"}')
    // What is escaped, and what is cut off, is not taken for the end of a text.
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '{"a":"x\\n", "b" : "y"}' })
    expect(received.at(-1)?.body.toString()).toBe('{"a":"x\\n", "b" : "0"}')
    await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: '{"a":"\\' })
    expect(received.at(-1)?.body.toString()).toBe('{"a":"\\ ')
  })

  test('one byte is another, however long a text is and whatever its bytes are', async () => {
    const { url, received } = await startServer((_req, res) => res.writeHead(401).end())
    const body = Buffer.from(`{"a":"${'\xFF '.repeat(5_000_000)}z"}`, 'latin1')
    expect((await runCli(['send', url, 'X', '--data', '-', '--tamper'], { env, input: body })).code).toBe(0)
    const sent = received[0]?.body as Buffer
    expect(sent.length).toBe(body.length)
    expect(sent.at(-3)).toBe('0'.charCodeAt(0))
    expect(sent.subarray(0, -3).equals(body.subarray(0, -3))).toBe(true)
  })

  test('a receiver that takes them fails, and is told what that means', async () => {
    const { url } = await startServer()
    const { code, out, err } = await runCli(['send', url, '--unsigned'])
    expect(code).toBe(1)
    expect(out).toMatch(/A forged delivery was taken as genuine\.$/)
    expect(err).toMatch(/^1 sent, 1 not refused\nWhoever knows the address can send this too\./)
  })

  test('one that fails on them has not refused them', async () => {
    const { url } = await startServer((_req, res) => res.writeHead(500).end())
    const { code, out } = await runCli(['send', url, '--unsigned'])
    expect(code).toBe(1)
    expect(out).toMatch(/not known what was checked\.$/)
    const nobody = await runCli(['send', 'http://127.0.0.1:1/', '--unsigned'])
    expect(nobody.out).toMatch(/nothing listens there\.$/)
    // Neither took the forgery, so neither is said to.
    expect(nobody.err).toBe('1 sent, 1 not refused')
  })

  test.each([404, 405])('%i is no refusal: the path or the method is wrong', async (status) => {
    const { url } = await startServer((_req, res) => res.writeHead(status).end())
    const { code, out } = await runCli(['send', url, '--tamper'], { env })
    expect(code).toBe(1)
    expect(out).toMatch(/So nothing was checked\.$/)
  })

  test('--as: the name is another, and not signed', async () => {
    const { url, events } = await startReceiver()
    const { code, err } = await runCli(['send', url, 'Message.received', '--as', 'Contact.created'], { env })
    expect(code).toBe(0)
    expect(err).toMatch(/The name is not signed/)
    expect(events).toMatchObject([{ type: 'unrecognized', name: 'Contact.Created', reason: 'unexpected-shape' }])
  })
})

describe('failures are explained', () => {
  test.each([
    [401, /gallabox-webhooks doctor/],
    [404, /Is the path right/],
    [405, /--method/],
    [204, /Only 200/],
    [302, /redirect/],
    [418, /refused it/],
    [500, /own log.*onOutcome/],
    [503, /could not take it now/],
  ])('%i', async (status, hint) => {
    const { url } = await startServer((_req, res) =>
      res.writeHead(status, status === 302 ? { location: '/' } : {}).end(),
    )
    const { code, out, err } = await runCli(['send', url], { env })
    expect(logLine.exec(out)?.slice(2)).toEqual(['FAILED ', `${status}`])
    expect(out.split('\n')[1]).toMatch(hint)
    expect({ code, err }).toEqual({ code: 1, err: '1 sent, 1 failed' })
  })

  test('no answer, with the reason', async () => {
    const refused = await runCli(['send', 'http://127.0.0.1:1/'], { env })
    expect(refused.out).toMatch(/FAILED +– +\d+ ms\n {2}nothing listens there\.$/)
    const { url } = await startServer(() => {})
    expect((await runCli(['send', url, '--timeout', '50'], { env })).out).toMatch(/no answer within 50 ms\.$/)
  })

  test('--retry: five attempts with growing delays, unless one succeeds', async () => {
    const { url, received } = await startServer((_req, res) => res.writeHead(received.length < 2 ? 500 : 200).end())
    const { code, out } = await runCli(['send', url, '--retry'], { env })
    expect(received).toHaveLength(2)
    expect(code).toBe(0)
    expect(out).toMatch(/SUCCESS {2}200 +\d+ ms {2}2 attempts$/)
  })
})

test('--json: a line for each delivery, for programs', async () => {
  const { url } = await startReceiver()
  const { out } = await runCli(['send', url, 'Contact.created', 'Message.Send', '--json'], { env })
  expect(out.split('\n').map((line) => JSON.parse(line))).toMatchObject([
    { event: 'Contact.Created', status: 'SUCCESS', attempts: [{ status: 200, ms: expect.any(Number) }] },
    { event: 'Message.Send', status: 'SUCCESS', attempts: [{ status: 200 }] },
  ])
})

test('Ctrl-C ends it at once, with 130, in the middle of an attempt or of a delay', async () => {
  for (const status of [0, 500]) {
    const stopping = new AbortController()
    const { url } = await startServer((_req, res) => {
      setTimeout(() => stopping.abort(), 50)
      if (status) res.writeHead(status).end()
    })
    const result = await runCli(['send', url, '--count', '5', '--retry'], { env, signal: stopping.signal })
    expect(result.code).toBe(130)
    expect(result.out + result.err).toBe('')
  }
})

test('Ctrl-C: what was cut off has not failed, and the sum comes last', async () => {
  const stopping = new AbortController()
  const { url, received } = await startServer((_req, res) => {
    if (received.length <= 2) return res.end()
    setTimeout(() => stopping.abort(), 20)
    if (received.length === 3) res.writeHead(500).end()
  })
  const said: string[] = []
  const args = ['send', url, '--count', '9', '--concurrency', '2', '--retry']
  const hear = (text: string) => void said.push(text)
  const { code } = await runCli(args, { env, signal: stopping.signal, onPrint: hear, onNote: hear })
  expect(code).toBe(130)
  expect(said.map((text) => /SUCCESS|FAILED|2 sent, 0 failed/.exec(text)?.[0])).toEqual([
    'SUCCESS',
    'SUCCESS',
    '2 sent, 0 failed',
  ])
})

test('the spread is of the nearest rank', async () => {
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

test('the secret is in no output', async () => {
  const { url } = await startServer((_req, res) => res.writeHead(401).end())
  const { out, err } = await runCli(['send', url, '--secret', secret, '--json'])
  expect(out + err).not.toContain(secret)
})

describe('called wrongly: exit code 2, and what to change', () => {
  const url = 'http://127.0.0.1:1/'
  test.each([
    ['no address', [], /first argument must be an address/],
    ['no address at all', ['localhost:3000'], /first argument must be an address/],
    ['no secret', [url], /There is no secret/, {}],
    ['an unknown event', [url, 'Message.Recieved'], /no sample of "Message\.Recieved": give one with --data/],
    ['an event without a sample', [url, 'Conversation.AI.Analyse'], /No body of Conversation\.AI\.Analyse was ever/],
    ['--all and an event', [url, 'Message.Send', '--all'], /--all is every event/],
    ['--data and two events', [url, 'A', 'B', '--data', '-'], /--data is the body of one event/],
    ['a file that is not there', [url, '--data', join(folder, 'none')], /cannot be read: ENOENT/],
    ['two forgeries', [url, '--tamper', '--unsigned'], /exclude each other/],
    ['a count that is none', [url, '--count', '0'], /--count must be a whole number from 1/],
    ['a header that is none', [url, '--header', 'X'], /--header must be "Name: value"/],
    ['a value that no header carries', [url, '--header', 'X: ₹'], /--header X has a character that no header/],
    ['a name that no header carries', [url, 'Ünd€', '--data', '-'], /"Ünd€" cannot be a name/],
    ['a false name that is empty', [url, '--as', ''], /"" cannot be a name/],
    ['a spelling that is none', [url, '--encoding', 'base32'], /base64 or hex/],
    ['a method that is none', [url, '--method', 'P OST'], /--method must be the name/],
  ])('%s', async (_title, args, reason, given = env) => {
    const { code, out, err } = await runCli(['send', ...args], { env: given })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
  })
})
