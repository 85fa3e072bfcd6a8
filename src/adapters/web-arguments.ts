import { tryOptional } from '../platform/optional-globals.js'
import { typeName } from '../platform/type-name.js'
import type { WebRequest } from './web-request.js'

/** What a Web-standard host passes first: a request, or an object that contains it. */
export type WebArgument =
  /** Next, Deno, Bun, Workers, Netlify, Vercel. */
  | WebRequest
  /** SvelteKit, Astro, React Router, TanStack Start, Pages Functions, Elysia. */
  | { readonly request: WebRequest }
  /** h3 2 and Nitro 3. */
  | { readonly req: WebRequest }
  /** Hono. */
  | { readonly req: { readonly raw: WebRequest } }

/**
 * Finds the request in what a host passes to its handlers.
 *
 * @throws TypeError that says what to pass, for anything else.
 */
export function findRequest(subject: string, argument: unknown): WebRequest {
  for (const path of requestPaths) {
    const candidate = readPath(argument, path)
    if (isWebRequest(candidate)) return candidate
  }
  throw new TypeError(`${subject}: must get a Request, got ${describe(argument)}`)
}

const requestPaths = [[], ['request'], ['req'], ['req', 'raw']]

/** Finds the host's `waitUntil` in the arguments that it passes. */
export function findWaitUntil(platform: ArrayLike<unknown>): ((promise: Promise<unknown>) => void) | undefined {
  for (const argument of [...Array.from(platform), vercelContext()]) {
    for (const path of waitUntilPaths) {
      const host = readPath(argument, path) as { waitUntil?: (promise: Promise<unknown>) => void } | undefined
      // Called as a method, because it needs its object.
      if (typeof tryOptional(() => host?.waitUntil) === 'function') return (promise) => host?.waitUntil?.(promise)
    }
  }
  return undefined
}

// Workers and Netlify pass a context of their own. The others put it into the argument that contains the request.
const waitUntilPaths = [
  [],
  // Hono.
  ['executionCtx'],
  // SvelteKit on Cloudflare.
  ['platform', 'ctx'],
  ['platform', 'context'],
  // Astro on Cloudflare.
  ['locals', 'cfContext'],
  ['locals', 'runtime', 'ctx'],
  // React Router and Remix on Cloudflare.
  ['context', 'cloudflare', 'ctx'],
  // h3 2 and Nitro 3.
  ['req'],
  ['context', 'cloudflare', 'context'],
]

/** Vercel's functions find their request's context here, as `@vercel/functions` does. */
function vercelContext(): unknown {
  const holder = (globalThis as Record<symbol, unknown>)[Symbol.for('@vercel/request-context')]
  return tryOptional(() => (holder as { get(): unknown } | undefined)?.get())
}

/** Reads a nested member. A getter may throw, as Hono's `executionCtx` does where there is none. */
function readPath(value: unknown, path: readonly string[]): unknown {
  return tryOptional(() => path.reduce((holder, name) => (holder as Record<string, unknown>)[name], value))
}

function isWebRequest(value: unknown): value is WebRequest {
  const { headers, arrayBuffer } = Object(value) as Partial<WebRequest>
  return typeof headers?.get === 'function' && typeof arrayBuffer === 'function'
}

/** Says what an argument is instead of a request, and what to pass. */
function describe(argument: unknown): string {
  const members = Object(argument) as Record<string, unknown>
  if (readPath(argument, ['node', 'req']) !== undefined) {
    return "an event of h3 1. Use gallabox-webhooks/node, through h3's fromNodeMiddleware."
  }
  if (typeof members.on === 'function' && typeof members.headers === 'object') {
    return 'a request of Node.js. Use gallabox-webhooks/node.'
  }
  if ('runQuery' in members)
    return "Convex's context. Pass the request: httpAction((ctx, request) => handler(request))."
  if ('requestContext' in members) return 'an event of AWS Lambda. Use gallabox-webhooks/lambda.'
  return `${typeName(argument)}. Pass the Request object of your framework.`
}
