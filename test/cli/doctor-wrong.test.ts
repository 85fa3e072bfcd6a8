// doctor: receivers that make one mistake each. It names the mistake, and finds no other.
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { listen } from '../support/listen.js'
import { secret } from './receivers/by-hand.js'
import { deceived } from './receivers/deceived.js'
import { fragile } from './receivers/fragile.js'
import { refusing } from './receivers/refusing.js'

interface Entry {
  readonly id: string
  readonly result: string
  readonly found: string
  readonly means: string
  readonly fix: string
}

describe.each([
  ['refuses what is genuine', refusing],
  ['takes what is forged', deceived],
  ['does not withstand', fragile],
])('a receiver that %s', (_title, receivers) => {
  test.each(receivers.map((receiver) => [receiver.title, receiver] as const))('%s', async (_name, receiver) => {
    const { listener, fails, says, timeoutMs = 10_000 } = receiver
    const url = await listen(createServer(listener))
    const args = ['doctor', url, '--json', '--timeout', String(timeoutMs)]
    const { code, out } = await runCli(args, { env: { GALLABOX_WEBHOOK_SECRET: secret } })
    const failures: Entry[] = JSON.parse(out).checks.filter(({ result }: Entry) => result === 'failed')
    expect(failures.map(({ id }) => id).sort()).toEqual([...fails].sort())
    expect(code).toBe(1)
    const [{ found, means, fix } = { found: '', means: '', fix: '' }] = failures
    expect(`${found}. ${means}`).toMatch(says)
    expect(fix).not.toBe('')
  })
})
