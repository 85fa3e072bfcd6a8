import { createReceiver, diagnose, type SecretValue, type UnverifiedRequest } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { createTestReceiver, delivery } from '../support/test-receiver.js'

const tenants = new Map<string, SecretValue>([
  ['/webhooks/acme', { id: 'acme', secret: 'the secret of Acme' }],
  ['/webhooks/umbra', { id: 'umbra', secret: 'the secret of Umbra' }],
])
const secretOf = ({ url = '' }: UnverifiedRequest) => tenants.get(url) ?? null
const of = (tenant: string, secret = `the secret of ${tenant}`) =>
  delivery({ url: `/webhooks/${tenant.toLowerCase()}`, secret })

describe('a secret function with a parameter', () => {
  test('gets the method, the URL and the headers, and nothing else', async () => {
    const requests: UnverifiedRequest[] = []
    const { receive } = createTestReceiver({
      secret(request) {
        requests.push(request)
        return secretOf(request)
      },
    })
    const sent = of('Acme')
    await receive(sent)
    expect(requests).toEqual([{ method: 'POST', url: '/webhooks/acme', headers: sent.headers }])
  })

  test.each([
    ['the secret', secretOf],
    ['a promise of it', async (request: UnverifiedRequest) => secretOf(request)],
  ])('chooses the secret of a tenant when it returns %s', async (_title, secret) => {
    const { receive, outcomes } = createTestReceiver({ secret })
    expect((await receive(of('Acme'))).code).toBe('handled')
    expect((await receive(of('Umbra'))).context?.secretId).toBe('umbra')
    expect(outcomes.map(({ secretId }) => secretId)).toEqual(['acme', 'umbra'])
  })

  test('rejects a body that was signed for one tenant under every other', async () => {
    const { receive } = createTestReceiver({ secret: secretOf })
    expect((await receive(of('Umbra', 'the secret of Acme'))).code).toBe('signature-mismatch')
    expect((await receive(of('Acme', 'the secret of Umbra'))).code).toBe('signature-mismatch')
  })

  test('rejects with 401 when it returns null, and reports the body', async () => {
    const bodies: unknown[] = []
    const { receive, events } = createTestReceiver({
      secret: secretOf,
      onOutcome: (_outcome, { rawBody }) => bodies.push(rawBody),
    })
    expect(await receive(of('Nobody'))).toMatchObject({ code: 'secret-not-found', status: 401 })
    expect(events).toEqual([])
    expect(bodies).toEqual([new TextEncoder().encode(of('Nobody').rawBody as string)])
  })

  test.each([
    ['throws', () => Promise.reject(new Error('down'))],
    ['returns undefined', (_request: UnverifiedRequest) => undefined],
    ['returns a blank secret', (_request: UnverifiedRequest) => ' '],
  ])('responds with 500 when it %s', async (_title, secret) => {
    const { receive } = createTestReceiver({ secret })
    expect(await receive(of('Acme'))).toMatchObject({ code: 'secret-unavailable', status: 500 })
  })

  test('is called for each of many concurrent deliveries', async () => {
    let calls = 0
    const { receive } = createTestReceiver({
      secret: async (request) => {
        calls++
        await new Promise((resolve) => setTimeout(resolve, 5))
        return secretOf(request)
      },
    })
    const names = ['Acme', 'Umbra', 'Acme', 'Nobody', 'Umbra']
    const outcomes = await Promise.all(names.map((name) => receive(of(name))))
    expect(calls).toBe(5)
    expect(outcomes.map(({ context }) => context?.secretId)).toEqual(['acme', 'umbra', 'acme', undefined, 'umbra'])
  })

  test('is not called before the headers have passed and the body is read', async () => {
    let calls = 0
    const { receive } = createTestReceiver({
      secret(request) {
        calls++
        return secretOf(request)
      },
    })
    await receive({ ...of('Acme'), headers: {} })
    await receive({ ...of('Acme'), rawBody: () => Promise.reject(new Error('aborted')) })
    expect(calls).toBe(0)
  })
})

test('a secret function without a parameter is called once for concurrent deliveries', async () => {
  let calls = 0
  const { receive } = createTestReceiver({
    secret: async () => {
      calls++
      await new Promise((resolve) => setTimeout(resolve, 5))
      return 'the secret of Acme'
    },
  })
  await Promise.all([receive(of('Acme')), receive(of('Acme')), receive(of('Acme'))])
  expect(calls).toBe(1)
})

test('diagnose passes the request to the function and names an unknown tenant', async () => {
  expect(await diagnose(of('Acme'), { secret: secretOf })).toMatchObject({ verified: true, secretId: 'acme' })
  expect(await diagnose(of('Nobody'), { secret: secretOf })).toMatchObject({ code: 'secret-not-found' })
})

test('costs the same with 1 and with 500 tenants', async () => {
  function withTenants(count: number) {
    const secrets = new Map<string, string>()
    for (let index = 0; index < count; index++) secrets.set(`/webhooks/${index}`, `the secret of ${index}`)
    const receiver = createReceiver({ secret: ({ url = '' }) => secrets.get(url) ?? null, onEvent: () => {} })
    const sent = delivery({ url: `/webhooks/${count - 1}`, secret: `the secret of ${count - 1}` })
    return async () => {
      const startedAt = performance.now()
      for (let index = 0; index < 300; index++) await receiver.receive(sent)
      return performance.now() - startedAt
    }
  }
  const [one, many] = [withTenants(1), withTenants(500)]
  await one()
  await many()
  const ratios: number[] = []
  for (let round = 0; round < 9; round++) {
    const base = await one()
    ratios.push((await many()) / base)
  }
  // Trying every secret would cost some hundred times as much.
  expect(ratios.sort((a, b) => a - b)[4]).toBeLessThan(5)
})
