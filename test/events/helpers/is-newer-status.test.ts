import fc from 'fast-check'
import { isNewerStatus } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'

// From the lowest to the highest.
const order = ['unknown', 'queued', 'sent', 'error', 'failed', 'received', 'delivered', 'read', 'deleted']

/** Stores each status that is newer than the stored one. */
function store(statuses: readonly string[]): string | undefined {
  let current: string | undefined
  for (const status of statuses) if (isNewerStatus(status, current)) current = status
  return current
}

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield []
  for (const [place, item] of items.entries())
    for (const rest of permutations(items.filter((_, other) => other !== place))) yield [item, ...rest]
}

describe('isNewerStatus', () => {
  test.each([
    { life: ['queued', 'sent', 'delivered', 'read'], end: 'read' },
    { life: ['queued', 'sent', 'failed'], end: 'failed' },
    { life: ['queued', 'sent', 'failed', 'delivered'], end: 'delivered' },
    { life: ['sent', 'error', 'failed', 'delivered', 'read'], end: 'read' },
    { life: ['received', 'read'], end: 'read' },
    { life: ['sent', 'delivered', 'read', 'deleted'], end: 'deleted' },
  ])('ends at $end, in whichever order $life arrive', ({ life, end }) => {
    for (const permutation of permutations(life)) expect(store(permutation)).toBe(end)
  })

  test('ends at the highest status of any list, repeated or not, in any letter case', () => {
    const status = fc.constantFrom(...order, ...order.map((name) => name.toUpperCase()))
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), (statuses) => {
        const highest = Math.max(...statuses.map((each) => order.indexOf(each.toLowerCase())))
        expect(store(statuses)?.toLowerCase()).toBe(order[highest])
      }),
    )
  })

  test.each([
    ['sent', 'failed', false],
    ['failed', 'sent', true],
    ['failed', 'delivered', false],
    ['failed', 'read', false],
    ['delivered', 'failed', true],
    ['read', 'read', false],
    ['sent', null, true],
    ['sent', undefined, true],
    ['sent', '', true],
    ['played', 'read', false],
    ['played', null, true],
    ['sent', 'played', true],
    ['toString', 'sent', false],
  ] as const)('given %j and %j, returns %j', (next, current, expected) => {
    expect(isNewerStatus(next, current)).toBe(expected)
  })

  test.each([undefined, null, 7, {}, [], ''])(
    'returns false, and does not throw, when the new status is %j',
    (next) => {
      expect(isNewerStatus(next as never, undefined)).toBe(false)
      expect(isNewerStatus(next as never, 'sent')).toBe(false)
      expect(isNewerStatus('sent', next as never)).toBe(true)
    },
  )
})
