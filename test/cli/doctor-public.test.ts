// doctor sends no valid delivery to a public address, unless it is told to.
import { createServer, type RequestListener } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checks } from '../../src/cli/commands/doctor/run-checks.js'
import { runCli } from '../support/cli.js'
import { listen } from '../support/listen.js'
import { createManualReceiver, digestOf, respond, secret } from './receivers/by-hand.js'

// The name of the server resolves to this address for doctor, and to this machine for its requests.
const addresses = vi.hoisted(() => ({ found: ['203.0.113.5'] as string[] }))
vi.mock('node:dns/promises', () => ({
  lookup: async () => addresses.found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
}))

const env = { GALLABOX_WEBHOOK_SECRET: secret }
let url: string
let handled: number
let verified: number

/** Starts a correct receiver, unless another listener is given. Counts deliveries whose signature is valid. */
async function start(listener?: RequestListener): Promise<void> {
  handled = 0
  verified = 0
  const receiver = createManualReceiver({
    verify({ signature, body }) {
      const isValid = signature === digestOf(body).toString('base64')
      if (isValid) verified++
      return isValid
    },
    handle({ res }) {
      handled++
      respond(res, 200)
    },
  })
  url = (await listen(createServer(listener ?? receiver))).replace('127.0.0.1', 'localhost')
}

beforeEach(() => start())
afterEach(() => {
  addresses.found = ['203.0.113.5']
})

test.each([
  [['203.0.113.5'], true],
  [['2001:db8::1'], true],
  [['::ffff:203.0.113.5'], true],
  [['127.0.0.1', '203.0.113.5'], true],
  [['172.15.255.255'], true],
  [['172.32.0.0'], true],
  [[], true],
  [['127.0.0.1'], false],
  [['127.8.9.10', '::1'], false],
  [['10.0.0.5'], false],
  [['172.16.0.1'], false],
  [['172.31.255.255'], false],
  [['192.168.1.2'], false],
  [['100.64.0.1'], false],
  [['169.254.1.1'], false],
  [['fd00::1'], false],
  [['fe80::1%eth0'], false],
  [['::ffff:192.168.1.2'], false],
])('the addresses %j are public: %j', async (found, isPublic) => {
  addresses.found = found
  const { code } = await runCli(['doctor', url, '--only', 'unsigned'], { env })
  expect({ code, isPublic: handled === 0 }).toEqual({ code: 0, isPublic })
})

describe('at a public address, doctor', () => {
  test('sends no valid delivery, and says what it left out', async () => {
    const { code, out } = await runCli(['doctor', url, '--verbose'], { env })
    expect({ code, handled, verified }).toEqual({ code: 0, handled: 0, verified: 0 })
    expect(out).toMatch(/^passed receiver: responds to an unsigned delivery$/m)
    expect(out).toMatch(/^passed wrong-secret: /m)
    expect(out).toMatch(/^passed flood: /m)
    expect(out).toMatch(/^skipped \d+: Not checked: a public address gets only forgeries.*\n {2}valid-delivery, /m)
    expect(out).toMatch(/Fix: Use a test server, or add --with-verified\./)
    expect(out).toMatch(/^Verdict: passed \(\d+ skipped, \d+ passed, \d+ requests\)$/m)
  })

  test('never puts the secret into a header or the URL', async () => {
    const seen: string[] = []
    await start((req, res) => {
      seen.push(JSON.stringify(req.rawHeaders), req.url ?? '')
      respond(res, 401)
    })
    await runCli(['doctor', url], { env })
    expect(seen.length).toBeGreaterThan(50)
    expect(seen.join()).not.toContain(secret)
  })

  test('names a missing check, whose forgeries are handled', async () => {
    await start((_req, res) => respond(res, 200))
    const { code, out } = await runCli(['doctor', url], { env })
    expect(code).toBe(1)
    expect(out).toMatch(/^FAILED unsigned: /)
  })

  test.each([
    [404, 2, /There is no receiver here: the route does not exist/],
    [405, 2, /There is no receiver here: the route does not accept the method/],
    [301, 2, /It is a redirect/],
  ])('ends with 1 at once when every response is %i', async (status, requests, explanation) => {
    await start((_req, res) => respond(res, status))
    const { code, out } = await runCli(['doctor', url], { env })
    expect(code).toBe(1)
    expect(out).toMatch(explanation)
    expect(out).toContain(`Verdict: failed (1 failed, ${requests} requests)`)
  })

  test('finds a receiver that responds to unsigned deliveries with 404', async () => {
    await start((req, res) => respond(res, req.headers['x-gallabox-signature'] ? 401 : 404))
    expect(await runCli(['doctor', url], { env })).toMatchObject({ code: 0 })
  })

  test('runs every check with --with-verified', async () => {
    const { code, out } = await runCli(['doctor', url, '--with-verified'], { env })
    expect(code).toBe(0)
    expect(handled).toBeGreaterThan(30)
    expect(out).not.toMatch(/public/)
  })

  test('asks at a terminal, and runs every check after a yes', async () => {
    const questions: string[] = []
    const ask = (question: string) => {
      questions.push(question)
      return 'yes'
    }
    expect((await runCli(['doctor', url], { env, ask })).code).toBe(0)
    expect(questions).toEqual([expect.stringMatching(/^localhost:\d+ is public\. Send valid deliveries too\?/)])
    expect(handled).toBeGreaterThan(30)
  })

  test('asks nothing with --json, whose report says so', async () => {
    const ask = () => {
      throw new Error('asked')
    }
    const { out } = await runCli(['doctor', url, '--json'], { env, ask })
    const { verdict, checks: results } = JSON.parse(out)
    expect(verdict).toBe('passed')
    expect(results).toContainEqual(expect.objectContaining({ check: 'every-event', status: 'skipped' }))
    expect(handled).toBe(0)
  })

  test('rejects --only for a check that sends valid deliveries', async () => {
    const { code, err } = await runCli(['doctor', url, '--only', 'non-ascii'], { env })
    expect(code).toBe(2)
    expect(err).toMatch(/--only: non-ascii sends valid deliveries to a public address\. Add --with-verified\./)
    expect(handled).toBe(0)
  })

  test.each(checks.filter(({ sendsOnlyForgeries }) => sendsOnlyForgeries).map(({ id }) => id))(
    'sends no valid delivery with --only %s',
    async (id) => {
      expect((await runCli(['doctor', url, '--only', id], { env })).code).toBe(0)
      expect({ handled, verified }).toEqual({ handled: 0, verified: 0 })
    },
  )
})

test('a correct receiver handles the number of messages that the question names', async () => {
  const questions: string[] = []
  await runCli(['doctor', url], { env, ask: (question) => (questions.push(question) > 0 ? 'y' : 'n') })
  const [, named] = /about (\d+) messages/.exec(questions[0] ?? '') ?? []
  expect(handled).toBeGreaterThanOrEqual(Number(named) - 2)
  expect(handled).toBeLessThanOrEqual(Number(named) + 2)
})
