// doctor: receivers that make one mistake each. It names the mistake, and finds no other.
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { listen } from '../support/listen.js'
import { secret } from './receivers/by-hand.js'
import { careless } from './receivers/careless.js'
import { deceived } from './receivers/deceived.js'
import { examine } from './receivers/examined.js'
import { fragile } from './receivers/fragile.js'
import { refusing } from './receivers/refusing.js'

describe.each([
  ['refuses what is genuine', refusing],
  ['takes what is forged', deceived],
  ['does not withstand a body', fragile],
  ['does not withstand a client', careless],
])('a receiver that %s', (_title, receivers) => {
  test.each(receivers.map((receiver) => [receiver.title, receiver] as const))('%s', async (_name, receiver) => {
    const { listener, fails, says, timeoutMs = 10_000 } = receiver
    const url = await listen(createServer(listener))
    const { code, out, err, entries, results } = await examine(url, '--timeout', String(timeoutMs))
    expect([...(results.failed ?? [])].sort()).toEqual([...fails].sort())
    expect(code).toBe(1)
    const failures = entries.filter(({ result }) => result === 'failed')
    const [{ found, means } = { found: '', means: '' }] = failures
    expect(`${found}. ${means}`).toMatch(says)
    for (const failure of failures) expect(failure.fix).not.toBe('')
    expect(out + err).not.toContain(secret)
  })
})
