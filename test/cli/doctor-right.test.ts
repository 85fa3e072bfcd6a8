// doctor: receivers that are right have nothing to mend. Every adapter is among them.
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { listen } from '../support/listen.js'
import { targets } from '../support/targets.js'
import { byHand, secret } from './receivers/by-hand.js'
import { examine } from './receivers/examined.js'

test('one that was written by hand passes every check', async () => {
  const { code, results, entries } = await examine(await listen(createServer(byHand())))
  expect({ code, results }).toEqual({ code: 0, results: { noted: ['event-name'] } })
  expect(entries.length).toBeGreaterThan(40)
})

test.each(targets.map((target) => [`${target.name}, ${target.form}`, target] as const))(
  'the adapter passes every check: %s',
  async (_title, target) => {
    const running = await target.start({ secret, onEvent: () => {} })
    const { code, results } = await examine(running.url)
    await running.close()
    // A gateway reads requests to their end before the adapter sees them.
    const noted = target.streams ? ['event-name'] : ['event-name', 'flood']
    expect({ code, results }).toEqual({ code: 0, results: { noted } })
  },
)
