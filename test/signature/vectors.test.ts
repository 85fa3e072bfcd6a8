// The suite of every runtime, on the sources; and that it sees what is wrong.
import * as library from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { runConformance } from '../conformance/conformance.mjs'
import { vectors } from '../conformance/vectors.mjs'

const claim = { runtime: 'node', version: process.versions.node, vectors }
const results = await runConformance(library, claim)

test.each(results)('$title', ({ error }) => {
  expect(error).toBeUndefined()
})

describe('the suite', () => {
  async function failuresOf(changes: Partial<typeof claim>, changed: Partial<typeof library> = {}) {
    const all = await runConformance({ ...library, ...changed }, { ...claim, ...changes })
    return all.filter(({ ok }) => !ok).map(({ title }) => title)
  }

  test('sees a vector that says the opposite, by every way', async () => {
    const find = (title: string) => vectors.find((vector) => vector.title === title)
    const forged = find('a signature that is all zero')
    const genuine = find('Message.Received, as on the wire')
    if (!forged || !genuine) throw new Error('the vectors are gone')
    const wrong = [
      { ...forged, title: 'forged', valid: true, code: 'signature-malformed' },
      { ...genuine, title: 'genuine', event: { type: 'Contact.Created' }, key: '0'.repeat(64) },
      { ...genuine, title: 'other bytes', body: `AAAA${genuine.body}` },
    ]
    expect(await failuresOf({ vectors: [...vectors, ...wrong] })).toEqual([
      'verifySignature: forged',
      'verifySignatureAsync: forged',
      'verifyDelivery: forged',
      'createReceiver: forged',
      ...['genuine', 'other bytes'].flatMap((title) =>
        ['verifyDelivery', 'createReceiver', 'context.key()'].map((way) => `${way}: ${title}`),
      ),
    ])
  })

  test.each([
    { runtime: 'node', version: '0.0.0' },
    { runtime: 'bun', version: '1.4.5' },
    { runtime: 'workerd nodejs_compat', version: '' },
  ])('sees that this is not $runtime $version', async (wrong) => {
    expect(await failuresOf(wrong)).toEqual([`this is really ${wrong.runtime} ${wrong.version}`.trim()])
  })

  test('sees that there are no vectors', async () => {
    expect(await failuresOf({ vectors: [] })).toEqual(['there are vectors of every kind'])
  })

  test('sees a function that works where the table says that it cannot', async () => {
    const failures = await failuresOf({ runtime: 'chromium' })
    const needing = vectors.filter(({ valid, code }) => valid || code === 'signature-mismatch')
    expect(failures.slice(1)).toEqual(
      needing.filter(({ valid }) => valid !== undefined).map(({ title }) => `verifySignature: ${title}`),
    )
  })

  test('goes on after a library that throws', async () => {
    const verifyDelivery = () => {
      throw undefined
    }
    expect((await failuresOf({}, { verifyDelivery })).length).toBeGreaterThan(100)
  })
})
