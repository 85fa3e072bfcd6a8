// Two processes receive one delivery, in every order of their steps: deliver, claim, extend, succeed, fail, complete,
// release, crash, stall, lost and late responses, and time. Bounds limit how much of it is on one path.
import { describe, expect, test } from 'vitest'
import { type Bounds, currentBehavior, type Exploration, explore, type Variant } from '../support/interleavings.js'

async function run(bounds: Bounds, variant?: Variant): Promise<Exploration> {
  const { violation, ...counts } = await explore(bounds, variant)
  const { states, transitions, interleavings } = counts
  console.log(`${JSON.stringify(bounds)}: ${states} states, ${transitions} steps, ${interleavings} interleavings`)
  return { violation, ...counts }
}

describe('two processes that receive one delivery', () => {
  // Larger bounds were explored once, without a violation, in one, two and ten minutes:
  // { ticks: 3, faults: 2, deliveries: 1 }: 99 833 states, 257 175 steps, 16 816 666 interleavings.
  // { ticks: 4, faults: 2, deliveries: 1 }: 203 254 states, 544 744 steps, 74 476 364 interleavings.
  // { ticks: 4, faults: 1, deliveries: 2 }: 367 487 states, 907 104 steps, 1 011 618 624 interleavings.
  test.each<Bounds>([
    { ticks: 5, faults: 1, deliveries: 1 },
    { ticks: 4, faults: 0, deliveries: 2 },
  ])(
    'run it once at a time, not after a success, and in the end, within %o',
    async (bounds) => {
      const { violation, states } = await run(bounds)
      expect(violation).toBeUndefined()
      expect(states).toBeGreaterThan(5_000)
    },
    600_000,
  )
})

describe('the exploration finds', () => {
  const bounds: Bounds = { ticks: 4, faults: 1, deliveries: 1 }

  test.each<[reason: string, variant: Variant]>([
    ['two runs at once', { ...currentBehavior, heartbeat: false }],
    ['a run after a recorded success', { ...currentBehavior, lateComplete: false }],
  ])('%s with %o', async (reason, variant) => {
    const { violation } = await run(bounds, variant)
    expect(violation?.reason).toBe(reason)
  })
})
