// The shape check returns a list of issues for any JSON value, and changes neither its input nor a prototype.
import fc from 'fast-check'
import { eventTypes } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { expect, test } from 'vitest'
import { eventDescriptors } from '../../src/events/descriptors.js'
import { findShapeIssues } from '../../src/events/shape.js'

const runs = 500_000

// Keys that shapes check, and keys of Object.prototype.
const key = fc.constantFrom(
  ...['id', 'accountId', 'contactId', 'tagId', 'status', 'payment', 'whatsapp', 'order', 'flowResponse', 'flowData'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '0', 'length'],
)
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constantFrom(null, true, false, 0, -0, 1e308, '', 'failed', '\ud800', '₹80.00'),
    fc.string({ maxLength: 4 }),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    // From JSON.parse, for which `__proto__` is an ordinary member.
    fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((entries) => {
      const text = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()
      return JSON.parse(`{${text}}`) as unknown
    }),
  ),
})).value

// A known payload with one member, at any depth, replaced or removed.
const damagedPayload = fc
  .tuple(
    fc.constantFrom(...sampledEventTypes),
    fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    anyJson,
    fc.boolean(),
  )
  .map(([type, path, value, remove]) => {
    const body: unknown = samplePayload(type)
    let parent = body as Record<string, unknown>
    for (const [depth, step] of path.entries()) {
      const names = Object.keys(parent)
      const name = names[step % names.length]
      if (name === undefined) break
      const next = parent[name]
      if (depth < path.length - 1 && typeof next === 'object' && next !== null) {
        parent = next as Record<string, unknown>
        continue
      }
      if (remove) delete parent[name]
      else parent[name] = value
      break
    }
    return body
  })

// In strict mode, writing to a frozen object throws.
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const member of Object.values(value)) freeze(member)
}

function prototypes(): string {
  return JSON.stringify(
    [Object.prototype, Array.prototype, String.prototype].map((p) => Reflect.ownKeys(p).map(String)),
  )
}

test.each([
  ['any JSON', anyJson],
  ['a known payload with one damaged member', damagedPayload],
] as const)(`returns issues ${runs} times when given %s`, (_title, bodies) => {
  const before = prototypes()
  let matching = 0
  fc.assert(
    fc.property(fc.constantFrom(...eventTypes), bodies, (type, body) => {
      freeze(body)
      const issues = findShapeIssues(eventDescriptors[type].shape, body)
      if (issues.length === 0) matching++
      for (const { path, expected, found } of issues) {
        if (typeof path !== 'string' || !expected || !found) throw new Error('incomplete issue')
      }
    }),
    { numRuns: runs },
  )
  expect(prototypes()).toBe(before)
  // Both matching and non-matching payloads were generated.
  expect(matching).toBeGreaterThan(runs / 100)
  expect(matching).toBeLessThan(runs / 2)
})
