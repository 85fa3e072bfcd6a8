// What an unverified delivery may cost. test/memory measures its memory.
import { diagnose, type SecretSource } from 'gallabox-webhooks'
import { samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { expectWithin } from '../support/budgets.js'
import { hostileBodies, hostileHeaders } from '../support/hostile-bodies.js'
import { diagnoseCase, secret, sign } from './cases/fixtures.js'

// The budget is 100 ms, which test/memory asserts. Code that is measured for coverage takes twice as long.
const maxMs = 250
const manySecrets = Array.from({ length: 20 }, (_, i) => `${secret}${i}`)

/** Diagnoses an unverified delivery several times. Returns the shortest time, which other processes disturb least. */
async function measureMs(rawBody: Uint8Array, secret: SecretSource, headers: object = hostileHeaders): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 4; i++) {
    const startedAt = performance.now()
    const { verified } = await diagnose({ headers: { ...headers }, rawBody }, { secret })
    times.push(performance.now() - startedAt)
    expect(verified).toBe(false)
  }
  return Math.min(...times)
}

test.for(hostileBodies)('takes a bounded time for $title', async ({ title, build }, { task }) => {
  const rawBody = build()
  expect(rawBody.byteLength).toBeGreaterThan(64_000)
  expect(rawBody.byteLength).toBeLessThanOrEqual(65_536)
  const measured = Math.max(await measureMs(rawBody, secret), await measureMs(rawBody, manySecrets))
  expectWithin(task, { subject: `diagnose of ${title}`, measured, limit: maxMs, unit: 'ms' })
})

test('takes a bounded time for 200 repeated signatures', async ({ task }) => {
  const signatures = Array.from({ length: 200 }, (_, i) => Buffer.alloc(32, i).toString('base64'))
  const headers = { 'x-gallabox-signature': signatures }
  const measured = await measureMs(Buffer.alloc(65_536, 32), manySecrets, headers)
  expectWithin(task, { subject: 'diagnose of 200 signatures', measured, limit: maxMs, unit: 'ms' })
})

describe('still explains', () => {
  const item = JSON.stringify({ ...samplePayload('Message.Received'), text: '₹80 & “so”/on', z: 1.5, a: [] })
  const createBody = (bytes: number) =>
    `[ ${Array(Math.ceil(bytes / Buffer.byteLength(item)))
      .fill(item)
      .join()}]`
  const sortKeys = (_key: string, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  test('the least likely serialization of a body of 8 kB', async () => {
    const rawBody = createBody(8000)
    const signature = sign(JSON.stringify(JSON.parse(rawBody), sortKeys, 3).replaceAll('&', '\\u0026'))
    expect((await diagnoseCase({ rawBody, signature })).code).toBe('body-reserialized')
  })

  test.each<[title: string, serialize: (value: unknown) => string]>([
    ['JavaScript', (value) => JSON.stringify(value)],
    ['JavaScript with sorted keys', (value) => JSON.stringify(value, sortKeys)],
    ['Go', (value) => JSON.stringify(value, sortKeys).replaceAll('&', '\\u0026')],
    ['PHP', (value) => toAscii(JSON.stringify(value)).replaceAll('/', '\\/')],
    ['Python', (value) => toAscii(JSON.stringify(value, null, 1).replace(/,\n */g, ', ').replace(/\n */g, ''))],
    ['JavaScript with an indent', (value) => JSON.stringify(value, null, 2)],
  ])('a body of 64 kB that %s serialized again', async (_title, serialize) => {
    const rawBody = createBody(62_000)
    const signature = sign(serialize(JSON.parse(rawBody)))
    expect((await diagnoseCase({ rawBody, signature })).code).toBe('body-reserialized')
  })

  test('a space after the last of 40 secrets', async () => {
    const secrets = Array.from({ length: 40 }, (_, i) => `other ${i}`)
    expect((await diagnoseCase({ options: { secret: [...secrets, `${secret} `] } })).code).toBe('secret-whitespace')
  })

  test('a body that was serialized again, with 40 secrets', async () => {
    const options = { secret: [...Array.from({ length: 40 }, (_, i) => `other ${i}`), secret] }
    const signature = sign('{"id":"1","price":80}')
    const diagnosis = await diagnoseCase({ rawBody: '{"id": "1", "price": 80.0}', signature, options })
    expect(diagnosis).toMatchObject({ code: 'body-reserialized', secretId: '41' })
  })
})

function toAscii(text: string): string {
  return text.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
