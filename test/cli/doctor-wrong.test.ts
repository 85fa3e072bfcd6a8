// doctor finds the mistake of each receiver, and no other.
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { listen } from '../support/listen.js'
import { acceptingReceivers } from './receivers/accepting.js'
import { secret } from './receivers/by-hand.js'
import { carelessReceivers } from './receivers/careless.js'
import { fragileReceivers } from './receivers/fragile.js'
import { rejectingReceivers } from './receivers/rejecting.js'
import { runDoctor } from './receivers/run-doctor.js'

describe.each([
  ['rejects valid deliveries', rejectingReceivers],
  ['accepts forged deliveries', acceptingReceivers],
  ['fails on a body', fragileReceivers],
  ['fails on a client', carelessReceivers],
])('a receiver that %s', (_title, receivers) => {
  test.each(receivers.map((receiver) => [receiver.title, receiver] as const))('%s', async (_name, receiver) => {
    const { listener, fails, explanation, timeoutMs = 10_000 } = receiver
    const url = await listen(createServer(listener))
    const { code, out, err, checks, results } = await runDoctor(url, '--timeout', String(timeoutMs))
    expect([...(results.failed ?? [])].sort()).toEqual([...fails].sort())
    expect(code).toBe(1)
    const failures = checks.filter(({ status }) => status === 'failed')
    const [{ evidence, message } = { evidence: '', message: '' }] = failures
    expect(`${evidence}. ${message}`).toMatch(explanation)
    for (const failure of failures) expect(failure.fix).toBeTruthy()
    expect(out + err).not.toContain(secret)
  })
})
