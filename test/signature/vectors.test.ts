// Runs the conformance suite on the sources, and asserts that it finds defects.
import * as library from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { runConformance } from '../conformance/conformance.mjs'
import { vectors } from '../conformance/vectors.mjs'

const claim = { runtime: 'node', version: process.versions.node, vectors }
const results = await runConformance(library, claim)

test.each(results.map((result) => [result.title, result] as const))('%s', (_title, { error }) => {
  expect(error).toBeUndefined()
})

describe('the conformance suite', () => {
  async function failuresOf(changes: Partial<typeof claim>, libraryChanges: Partial<typeof library> = {}) {
    const all = await runConformance({ ...library, ...libraryChanges }, { ...claim, ...changes })
    return all.filter(({ ok }) => !ok).map(({ title }) => title)
  }

  test('reports a vector with wrong values for every function', async () => {
    const find = (title: string) => vectors.find((vector) => vector.title === title)
    const forged = find('a signature that is all zero')
    const valid = find('Message.Received, by its wire name')
    if (!forged || !valid) throw new Error('the vectors are missing')
    const wrong = [
      { ...forged, title: 'forged', valid: true, code: 'signature-malformed' },
      { ...valid, title: 'other event', event: { type: 'Contact.Created' }, key: '0'.repeat(64) },
      { ...valid, title: 'other bytes', body: `AAAA${valid.body}` },
    ]
    expect(await failuresOf({ vectors: [...vectors, ...wrong] })).toEqual([
      'verifySignature: forged',
      'verifySignatureAsync: forged',
      'verifyDelivery: forged',
      'createReceiver: forged',
      ...['other event', 'other bytes'].flatMap((title) =>
        ['verifyDelivery', 'createReceiver', 'context.key()'].map((name) => `${name}: ${title}`),
      ),
    ])
  })

  test.each([
    { runtime: 'node', version: '0.0.0' },
    { runtime: 'bun', version: '1.4.5' },
    { runtime: 'workerd nodejs_compat', version: '' },
  ])('reports a runtime that is not $runtime $version', async (wrong) => {
    expect(await failuresOf(wrong)).toEqual([`the runtime is ${wrong.runtime} ${wrong.version}`.trim()])
  })

  test('reports missing vectors', async () => {
    expect(await failuresOf({ vectors: [] })).toEqual(['every kind of vector is present'])
  })

  test('reports a function that works on a runtime that should not support it', async () => {
    const failures = await failuresOf({ runtime: 'chromium' })
    const cryptoVectors = vectors.filter(({ valid, code }) => valid || code === 'signature-mismatch')
    expect(failures.slice(1)).toEqual(
      cryptoVectors.filter(({ valid }) => valid !== undefined).map(({ title }) => `verifySignature: ${title}`),
    )
  })

  test('continues when the library throws', async () => {
    const verifyDelivery = () => {
      throw undefined
    }
    expect((await failuresOf({}, { verifyDelivery })).length).toBeGreaterThan(100)
  })
})
