// What Web-standard hosts pass to a handler, and where they put waitUntil.
import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
import { verifyRequest, type WebHandler, webhookHandler } from 'gallabox-webhooks/web'
import { afterEach, describe, expect, test, vi } from 'vitest'

const secret = 'whsec_Jg8mZ2vQ'
const signed = signDelivery('Message.Received', samplePayload('Message.Received'), { secret })
const newRequest = () => toRequest(signed, 'http://localhost/hook?a=b')
const handler = webhookHandler({ secret, onEvent: () => {} })

/** An object with a getter that throws, as Hono's contexts have. */
function withThrowing(name: string, members: object): object {
  return Object.defineProperty(members, name, {
    get() {
      throw new Error('This context has none.')
    },
  })
}

const wrappings: [string, (request: Request) => readonly unknown[]][] = [
  ['Next: (request, context)', (request) => [request, { params: Promise.resolve({}) }]],
  ['Workers: (request, env, ctx)', (request) => [request, {}, { waitUntil() {} }]],
  ['SvelteKit: ({ request })', (request) => [{ request, url: new URL(request.url), platform: undefined }]],
  ['Astro: ({ request, locals })', (request) => [{ request, locals: {} }]],
  ['React Router: ({ request, params, context })', (request) => [{ request, params: {}, context: {} }]],
  ['Pages Functions: ({ request, env, waitUntil })', (request) => [{ request, env: {}, waitUntil() {} }]],
  ['Elysia: ({ request, set })', (request) => [{ request, set: {} }]],
  ['h3 2: ({ req })', (request) => [{ req: request, url: new URL(request.url) }]],
  ['Hono: ({ req: { raw } })', (request) => [withThrowing('executionCtx', { req: { raw: request, header() {} } })]],
]

describe('finds the request in what is passed by', () => {
  test.each(wrappings)('%s', async (_title, wrap) => {
    expect((await handler(...(wrap(newRequest()) as Parameters<WebHandler>))).status).toBe(200)
    const [argument] = wrap(newRequest()) as Parameters<WebHandler>
    expect(await verifyRequest(argument, { secret })).toMatchObject({ ok: true, event: { type: 'Message.Received' } })
  })
})

describe('finds waitUntil where it is put by', () => {
  afterEach(() => vi.unstubAllGlobals())

  type Host = { waitUntil(promise: Promise<unknown>): void }
  const places: [string, (request: Request, host: Host) => readonly unknown[]][] = [
    ['Workers', (request, host) => [request, {}, host]],
    ['Netlify', (request, host) => [request, host]],
    ['Pages Functions', (request, host) => [Object.assign(host, { request })]],
    ['Hono', (request, host) => [{ req: { raw: request }, executionCtx: host }]],
    ['SvelteKit on Cloudflare', (request, host) => [{ request, platform: { ctx: host } }]],
    ['SvelteKit on Cloudflare, earlier', (request, host) => [{ request, platform: { context: host } }]],
    ['Astro on Cloudflare', (request, host) => [{ request, locals: { cfContext: host } }]],
    ['Astro on Cloudflare, earlier', (request, host) => [{ request, locals: { runtime: { ctx: host } } }]],
    ['React Router on Cloudflare', (request, host) => [{ request, context: { cloudflare: { ctx: host } } }]],
    ['Nitro 3', (request, host) => [{ req: Object.assign(request, { waitUntil: host.waitUntil.bind(host) }) }]],
    [
      'Vercel',
      (request, host) => {
        vi.stubGlobal(Symbol.for('@vercel/request-context') as unknown as string, { get: () => host })
        return [request]
      },
    ],
  ]

  test.each(places)('%s', async (_title, place) => {
    const kept: Promise<unknown>[] = []
    const host: Host = {
      waitUntil(promise) {
        // Workers throw "Illegal invocation" where it is called without its object.
        if (typeof (this as Partial<Host>).waitUntil !== 'function') throw new TypeError('Illegal invocation')
        kept.push(promise)
      },
    }
    let finish = () => {}
    const work = new Promise<void>((resolve) => {
      finish = resolve
    })
    const waiting = webhookHandler({ secret, onEvent: (_event, { waitUntil }) => waitUntil(work) })
    const { status } = await waiting(...(place(newRequest(), host) as Parameters<WebHandler>))
    expect([status, kept.length]).toEqual([200, 1])
    finish()
    await kept[0]
  })
})

describe('rejects with a TypeError that says what to pass for', () => {
  test.each<[string, readonly unknown[], RegExp]>([
    ['nothing', [], /got undefined\. Pass the Request/],
    ['null', [null], /got null\. Pass the Request/],
    ['a string', ['{}'], /got string\. Pass the Request/],
    ['an empty object', [{}], /got object\. Pass the Request/],
    ['a promise of a request', [Promise.resolve(newRequest())], /got object\. Pass the Request/],
    ['a request of Node.js', [{ headers: {}, method: 'POST', on() {} }], /a request of Node\.js\. Use .*\/node/],
    ['an event of h3 1', [{ node: { req: {} }, headers: new Headers() }], /h3 1\. Use .*\/node.*fromNodeMiddleware/],
    ["Convex's arguments", [{ runQuery() {} }, newRequest()], /Convex.*handler\(request\)/],
    ["Lambda's arguments", [{ requestContext: {}, headers: {} }], /AWS Lambda\. Use .*\/lambda/],
    ['an object whose getters throw', [withThrowing('request', {})], /got object\. Pass the Request/],
  ])('%s', async (_title, passed, message) => {
    await expect(handler(...(passed as unknown as Parameters<WebHandler>))).rejects.toThrow(TypeError)
    await expect(handler(...(passed as unknown as Parameters<WebHandler>))).rejects.toThrow(message)
    await expect(verifyRequest(passed[0] as never, { secret })).rejects.toThrow(message)
  })
})

test('declares one parameter and does not name it again: Deno reads the number, Elysia the source', () => {
  expect(handler.length).toBe(1)
  const source = String(handler).replace(/\/\/.*/g, '')
  expect(source).toMatch(/^function gallaboxWebhook\((\w+)\) \{\s*return handle\(arguments\);?\s*\}$/)
})
