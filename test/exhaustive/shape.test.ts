// The shape check is total: whatever JSON comes, it gives a list of issues, and leaves the input and all prototypes alone.
import fc from 'fast-check'
import { eventTypes } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { expect, test } from 'vitest'
import { findShapeIssues } from '../../src/events/shape.js'

const runs = 500_000

// Keys that a check looks for, and keys that reach for what every object has.
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
    // As JSON.parse makes them: `__proto__` is a member like any other.
    fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((entries) => {
      const text = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()
      return JSON.parse(`{${text}}`) as unknown
    }),
  ),
})).value

// A known body with one place of it, at any depth, replaced or taken out.
const spoiledBody = fc
  .tuple(
    fc.constantFrom(...sampledEventTypes),
    fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    anyJson,
    fc.boolean(),
  )
  .map(([type, way, value, remove]) => {
    const body: unknown = samplePayload(type)
    let parent = body as Record<string, unknown>
    for (const [depth, step] of way.entries()) {
      const names = Object.keys(parent)
      const name = names[step % names.length]
      if (name === undefined) break
      const next = parent[name]
      if (depth < way.length - 1 && typeof next === 'object' && next !== null) {
        parent = next as Record<string, unknown>
        continue
      }
      if (remove) delete parent[name]
      else parent[name] = value
      break
    }
    return body
  })

// In strict mode, writing to what is frozen throws.
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
  ['a known body with one place spoiled', spoiledBody],
] as const)(`${runs} times %s`, (_title, bodies) => {
  const before = prototypes()
  let fitting = 0
  fc.assert(
    fc.property(fc.constantFrom(...eventTypes), bodies, (type, body) => {
      freeze(body)
      const issues = findShapeIssues(type, body)
      if (issues.length === 0) fitting++
      for (const { path, expected, found } of issues) {
        if (typeof path !== 'string' || !expected || !found) throw new Error('an issue says too little')
      }
    }),
    { numRuns: runs },
  )
  expect(prototypes()).toBe(before)
  // Bodies of both kinds were among them, or little would be proved.
  expect(fitting).toBeGreaterThan(runs / 100)
  expect(fitting).toBeLessThan(runs / 2)
})
