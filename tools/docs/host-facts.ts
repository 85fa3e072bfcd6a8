// What docs/guides/index.md says about each host. Its guide shows the files, and e2e starts them.

/** Whether a handler can run after the response. */
type AckSupport = 'yes' | 'with waitUntil' | 'no'

export interface HostFacts {
  readonly title: string
  /** The guide, below docs/guides. */
  readonly guide: string
  /** How to mount the handler, in one line of code. */
  readonly mount: string
  /** Where the raw body gets lost there, in one sentence. */
  readonly bodyLost: string
  /** Where `waitUntil` comes from. Undefined where the host has none. */
  readonly waitUntil?: string
  /** Whether `ack: 'before-handler'` can be used. */
  readonly ack: AckSupport
  /** The packages of e2e/package.json that the guide's files were started with. */
  readonly packages: readonly string[]
  /** What was driven by its published types or shapes, because it cannot run on a test machine. */
  readonly simulated?: string
}

export const hostFacts: readonly HostFacts[] = [
  {
    title: 'Express',
    guide: 'express.md',
    mount: "app.post('/webhooks/gallabox', webhookHandler(options))",
    bodyLost: 'In express.json() above the route.',
    ack: 'yes',
    packages: ['express'],
  },
  {
    title: 'Fastify',
    guide: 'fastify.md',
    mount: "app.register(webhookPlugin, { url: '/webhooks/gallabox', ...options })",
    bodyLost: 'Nowhere: the plugin has its own parser.',
    ack: 'yes',
    packages: ['fastify'],
  },
  {
    title: 'Koa',
    guide: 'koa.md',
    mount: "router.post('/webhooks/gallabox', webhookHandler(options))",
    bodyLost: 'In a body parser above the route.',
    ack: 'yes',
    packages: ['koa'],
  },
  {
    title: 'node:http',
    guide: 'node.md',
    mount: 'createServer(webhookHandler(options))',
    bodyLost: 'Wherever the stream is read first.',
    ack: 'yes',
    packages: ['node20'],
  },
  {
    title: 'NestJS',
    guide: 'nestjs.md',
    mount: "consumer.apply(webhookHandler(options)).forRoutes('webhooks/gallabox')",
    bodyLost: "In Nest's body parser on Express, unless rawBody is true.",
    ack: 'yes',
    packages: ['@nestjs/core', '@nestjs/platform-express', '@nestjs/platform-fastify'],
  },
  {
    title: 'Hono',
    guide: 'hono.md',
    mount: "app.post('/webhooks/gallabox', webhookHandler(options))",
    bodyLost: 'In middleware that reads the body, such as a validator.',
    waitUntil: 'c.executionCtx, where the platform has it',
    ack: 'with waitUntil',
    packages: ['hono', '@hono/node-server'],
  },
  {
    title: 'Next.js',
    guide: 'nextjs.md',
    mount: 'export const POST = webhookHandler(options)',
    bodyLost: 'In the body parser of pages/api, unless it is turned off.',
    waitUntil: 'the option waitUntil: after',
    ack: 'with waitUntil',
    packages: ['next'],
  },
  {
    title: 'SvelteKit',
    guide: 'sveltekit.md',
    mount: 'export const POST = webhookHandler(options)',
    bodyLost: 'In a hook that reads the request.',
    waitUntil: 'platform.ctx, on Cloudflare',
    ack: 'with waitUntil',
    packages: ['@sveltejs/kit', '@sveltejs/adapter-node'],
  },
  {
    title: 'React Router and Remix',
    guide: 'react-router.md',
    mount: 'export const action = webhookHandler(options)',
    bodyLost: 'In middleware that reads the request.',
    waitUntil: 'context.cloudflare.ctx, on Cloudflare',
    ack: 'with waitUntil',
    packages: ['react-router', '@react-router/serve'],
  },
  {
    title: 'AWS Lambda',
    guide: 'aws-lambda.md',
    mount: 'export const handler = webhookHandler(options)',
    bodyLost: 'Nowhere: the event contains it.',
    ack: 'no',
    packages: [],
    simulated: 'events of API Gateway, function URLs and load balancers',
  },
  {
    title: 'Google Cloud Functions',
    guide: 'google-cloud-functions.md',
    mount: "http('gallabox', webhookHandler(options))",
    bodyLost: 'Nowhere: the framework keeps req.rawBody.',
    ack: 'no',
    packages: ['@google-cloud/functions-framework'],
  },
  {
    title: 'Firebase',
    guide: 'firebase.md',
    mount: 'export const gallabox = onRequest({ secrets: [secret] }, webhookHandler(options))',
    bodyLost: 'Nowhere: the framework keeps req.rawBody.',
    ack: 'no',
    packages: ['firebase-functions'],
  },
  {
    title: 'Cloudflare Workers',
    guide: 'cloudflare-workers.md',
    mount: 'export default { fetch: webhookHandler(options) }',
    bodyLost: 'In code that reads the request first.',
    waitUntil: 'the third argument of fetch',
    ack: 'with waitUntil',
    packages: ['workerd'],
  },
  {
    title: 'Cloudflare Pages',
    guide: 'cloudflare-pages.md',
    mount: 'export const onRequestPost = webhookHandler(options)',
    bodyLost: 'In code that reads the request first.',
    waitUntil: 'the context',
    ack: 'with waitUntil',
    packages: ['wrangler'],
  },
  {
    title: 'Deno',
    guide: 'deno.md',
    mount: 'Deno.serve(webhookHandler(options))',
    bodyLost: 'In code that reads the request first.',
    ack: 'no',
    packages: ['deno'],
  },
  {
    title: 'Bun',
    guide: 'bun.md',
    mount: "Bun.serve({ routes: { '/webhooks/gallabox': webhookHandler(options) } })",
    bodyLost: 'In code that reads the request first.',
    ack: 'no',
    packages: ['bun'],
  },
  {
    title: 'Elysia',
    guide: 'elysia.md',
    mount: "app.mount('/webhooks/gallabox', webhookHandler(options))",
    bodyLost: 'In .post() with aot: false, or with a hook that uses the body.',
    ack: 'no',
    packages: ['elysia', '@elysiajs/node'],
  },
  {
    title: 'Hapi',
    guide: 'hapi.md',
    mount: 'handler: ({ raw }, h) => receive(raw.req, raw.res).then(() => h.abandon)',
    bodyLost: "In the route's parser, unless payload is { parse: false, output: 'stream' }.",
    ack: 'yes',
    packages: ['@hapi/hapi'],
  },
  {
    title: 'Supabase Edge Functions',
    guide: 'supabase.md',
    mount: 'Deno.serve(webhookHandler(options))',
    bodyLost: 'In code that reads the request first.',
    waitUntil: 'the option waitUntil, with EdgeRuntime.waitUntil',
    ack: 'with waitUntil',
    packages: ['deno'],
    simulated: 'the edge runtime, by Deno',
  },
  {
    title: 'Azure Functions',
    guide: 'azure-functions.md',
    mount: "app.http('gallabox', { authLevel: 'anonymous', handler })",
    bodyLost: 'In code that reads the request first.',
    ack: 'no',
    packages: ['@azure/functions'],
    simulated: 'the host and its worker',
  },
  {
    title: 'serverless-http, serverless-express',
    guide: 'lambda-frameworks.md',
    mount: "app.post('/webhooks/gallabox', webhookHandler(options))",
    bodyLost: 'In express.json() above the route.',
    ack: 'no',
    packages: ['serverless-http', '@codegenie/serverless-express'],
    simulated: 'events of API Gateway, load balancers and SQS',
  },
  {
    title: 'AdonisJS',
    guide: 'adonisjs.md',
    mount: "server.use([() => import('#middleware/gallabox_middleware')])",
    bodyLost: 'In the body parser, which runs before every route.',
    ack: 'yes',
    packages: ['@adonisjs/core'],
  },
  {
    title: 'Strapi 5',
    guide: 'strapi.md',
    mount: "'global::gallabox', above 'strapi::body', in config/middlewares.ts",
    bodyLost: 'In strapi::body, unless its includeUnparsed is on.',
    ack: 'yes',
    packages: ['koa', 'koa-body'],
    simulated: "Strapi's order of middleware",
  },
  {
    title: 'Node-RED',
    guide: 'node-red.md',
    mount: 'httpNodeMiddleware: webhookMiddleware(options)',
    bodyLost: 'In the "http in" node, unless "Do not parse request body" is on.',
    ack: 'no',
    packages: ['node-red'],
  },
  {
    title: 'Vercel Functions',
    guide: 'vercel.md',
    mount: 'export const POST = webhookHandler(options)',
    bodyLost: 'In code that reads the request first. The lazy req.body of a Node function does no harm.',
    waitUntil: "the request's context, for the Web handler",
    ack: 'with waitUntil',
    packages: ['@vercel/node'],
  },
  {
    title: 'Astro',
    guide: 'astro.md',
    mount: 'export const POST = webhookHandler(options)',
    bodyLost: 'In middleware that reads the request.',
    waitUntil: 'locals, on Cloudflare',
    ack: 'with waitUntil',
    packages: ['astro', '@astrojs/node'],
  },
  {
    title: 'Nuxt, Nitro 2 and h3 1',
    guide: 'nuxt.md',
    mount: 'export default fromNodeMiddleware(webhookHandler(options))',
    bodyLost: 'In server middleware that calls readBody(event).',
    ack: 'yes',
    packages: ['nuxt', 'nitropack', 'h3'],
  },
  {
    title: 'Netlify Functions',
    guide: 'netlify.md',
    mount: 'export default webhookHandler(options)',
    bodyLost: 'In code that reads the request first.',
    waitUntil: 'the second argument',
    ack: 'with waitUntil',
    packages: ['@netlify/functions', '@netlify/functions-dev'],
  },
  {
    title: 'TanStack Start',
    guide: 'tanstack-start.md',
    mount: 'server: { handlers: { POST: webhookHandler(options) } }',
    bodyLost: 'In middleware that reads the request.',
    ack: 'no',
    packages: ['@tanstack/react-start', 'srvx'],
  },
]
