// Where a receiver can live: how to recognize the project, and what `init` writes into it.
import type { TemplateName } from './templates.js'

/** One file that `init` writes. */
export interface HostFile {
  /** The file of the guide, below `examples`. */
  readonly template: TemplateName
  /** Where the host expects it, below the project's folder. */
  readonly path: string
  /** True if the host also looks for it below `src`. */
  readonly mayBeInSrc?: true
  /** What to do where the file exists, because it is not overwritten. Default: to merge the two by hand. */
  readonly ifExists?: string
}

export interface Host {
  readonly title: string
  /** Packages of which a project of this host depends on at least one. */
  readonly packages: readonly string[]
  /** Files of which a project of this host has at least one. */
  readonly markers?: readonly string[]
  /** A setting that only projects of this host have, in one of these files. */
  readonly setting?: { readonly name: string; readonly files: readonly string[] }
  readonly files: readonly HostFile[]
  /** Packages that the files need in addition to this one. */
  readonly needs: readonly string[]
  /** True if the files import this package with an `npm:` specifier, so that nothing is to be installed. */
  readonly importsFromNpm?: true
  /** True if the files are ES modules only because package.json says so. */
  readonly needsModuleType?: true
  /** How to start it on this machine. `{file}` is the first file. */
  readonly start: string
  /** Where it receives deliveries then. */
  readonly url: string
  /** The guide, below `docs/guides`. */
  readonly guide: string
}

const localUrl = 'http://localhost:3000/webhooks/gallabox'
const wranglerFiles = ['wrangler.jsonc', 'wrangler.json', 'wrangler.toml']

// A host that is built on others precedes them: a Next.js project can depend on Express too.
export const hosts = {
  nextjs: {
    title: 'Next.js',
    packages: ['next'],
    files: [
      {
        template: 'nextjs/app/webhooks/gallabox/route.ts',
        path: 'app/webhooks/gallabox/route.ts',
        mayBeInSrc: true,
      },
    ],
    needs: [],
    start: 'npx next dev',
    url: localUrl,
    guide: 'nextjs.md',
  },
  sveltekit: {
    title: 'SvelteKit',
    packages: ['@sveltejs/kit'],
    files: [
      {
        template: 'sveltekit/src/routes/webhooks/gallabox/+server.ts',
        path: 'src/routes/webhooks/gallabox/+server.ts',
      },
    ],
    needs: [],
    start: 'npx vite dev --port 3000',
    url: localUrl,
    guide: 'sveltekit.md',
  },
  'react-router': {
    title: 'React Router',
    packages: ['@react-router/dev'],
    files: [
      {
        template: 'react-router/app/routes/webhooks.gallabox.ts',
        path: 'app/routes/webhooks.gallabox.ts',
      },
      {
        template: 'react-router/app/routes.ts',
        path: 'app/routes.ts',
        ifExists: "Add route('webhooks/gallabox', 'routes/webhooks.gallabox.ts') to its list.",
      },
    ],
    needs: [],
    start: 'npx react-router dev --port 3000',
    url: localUrl,
    guide: 'react-router.md',
  },
  astro: {
    title: 'Astro',
    packages: ['astro'],
    files: [{ template: 'astro/src/pages/webhooks/gallabox.ts', path: 'src/pages/webhooks/gallabox.ts' }],
    needs: [],
    start: 'npx astro dev --port 3000',
    url: localUrl,
    guide: 'astro.md',
  },
  nuxt: {
    title: 'Nuxt and Nitro',
    packages: ['nuxt', 'nitropack'],
    files: [{ template: 'nuxt/server/routes/webhooks/gallabox.ts', path: 'server/routes/webhooks/gallabox.ts' }],
    needs: [],
    start: 'npm run dev',
    url: localUrl,
    guide: 'nuxt.md',
  },
  'tanstack-start': {
    title: 'TanStack Start',
    packages: ['@tanstack/react-start'],
    files: [{ template: 'tanstack-start/src/routes/webhooks/gallabox.ts', path: 'src/routes/webhooks/gallabox.ts' }],
    needs: [],
    start: 'npx vite dev --port 3000',
    url: localUrl,
    guide: 'tanstack-start.md',
  },
  nestjs: {
    title: 'NestJS',
    packages: ['@nestjs/core'],
    files: [
      { template: 'nestjs/src/gallabox.module.ts', path: 'src/gallabox.module.ts' },
      {
        template: 'nestjs/src/app.module.ts',
        path: 'src/app.module.ts',
        ifExists: 'Add GallaboxModule to its imports.',
      },
      {
        template: 'nestjs/src/main.ts',
        path: 'src/main.ts',
        ifExists: 'Pass { rawBody: true } to NestFactory.create.',
      },
    ],
    needs: [],
    start: 'npx nest start',
    url: localUrl,
    guide: 'nestjs.md',
  },
  adonisjs: {
    title: 'AdonisJS',
    packages: ['@adonisjs/core'],
    files: [
      { template: 'adonisjs/app/middleware/gallabox_middleware.ts', path: 'app/middleware/gallabox_middleware.ts' },
      {
        template: 'adonisjs/start/kernel.ts',
        path: 'start/kernel.ts',
        ifExists: "Add () => import('#middleware/gallabox_middleware') to server.use, as its first entry.",
      },
    ],
    needs: [],
    start: 'node ace serve',
    url: 'http://localhost:3333/webhooks/gallabox',
    guide: 'adonisjs.md',
  },
  strapi: {
    title: 'Strapi',
    packages: ['@strapi/strapi'],
    files: [
      { template: 'strapi/src/middlewares/gallabox.ts', path: 'src/middlewares/gallabox.ts' },
      {
        template: 'strapi/config/middlewares.ts',
        path: 'config/middlewares.ts',
        ifExists: "Add 'global::gallabox' to it, above 'strapi::body'.",
      },
    ],
    needs: [],
    start: 'npm run develop',
    url: 'http://localhost:1337/webhooks/gallabox',
    guide: 'strapi.md',
  },
  firebase: {
    title: 'Firebase',
    packages: ['firebase-functions'],
    files: [{ template: 'firebase/index.js', path: 'index.js' }],
    needs: ['firebase-admin'],
    needsModuleType: true,
    start: 'npx firebase-tools emulators:start --only functions',
    url: 'http://127.0.0.1:5001/<project>/us-central1/gallabox',
    guide: 'firebase.md',
  },
  'google-cloud-functions': {
    title: 'Google Cloud Functions',
    packages: ['@google-cloud/functions-framework'],
    files: [{ template: 'google-cloud-functions/index.js', path: 'index.js' }],
    needs: [],
    needsModuleType: true,
    start: 'npx functions-framework --target=gallabox',
    url: 'http://localhost:8080/',
    guide: 'google-cloud-functions.md',
  },
  'azure-functions': {
    title: 'Azure Functions',
    packages: ['@azure/functions'],
    markers: ['host.json'],
    files: [{ template: 'azure-functions/src/functions/gallabox.ts', path: 'src/functions/gallabox.ts' }],
    needs: ['@azure/functions'],
    start: 'npm start',
    url: 'http://localhost:7071/api/webhooks/gallabox',
    guide: 'azure-functions.md',
  },
  'cloudflare-pages': {
    title: 'Cloudflare Pages',
    packages: [],
    setting: { name: 'pages_build_output_dir', files: wranglerFiles },
    files: [
      {
        template: 'cloudflare-pages/functions/webhooks/gallabox.ts',
        path: 'functions/webhooks/gallabox.ts',
      },
      {
        template: 'cloudflare-pages/migrations/0001_gallabox_deliveries.sql',
        path: 'migrations/0001_gallabox_deliveries.sql',
      },
      {
        template: 'cloudflare-pages/wrangler.jsonc',
        path: 'wrangler.jsonc',
        ifExists: 'Add a D1 database with the binding DB to it.',
      },
    ],
    needs: ['wrangler'],
    start: 'npx wrangler d1 migrations apply DB --local && npx wrangler pages dev',
    url: 'http://localhost:8788/webhooks/gallabox',
    guide: 'cloudflare-pages.md',
  },
  'cloudflare-workers': {
    title: 'Cloudflare Workers',
    packages: ['wrangler', '@cloudflare/workers-types'],
    markers: wranglerFiles,
    files: [
      { template: 'cloudflare-workers/worker.ts', path: 'worker.ts' },
      {
        template: 'cloudflare-workers/wrangler.jsonc',
        path: 'wrangler.jsonc',
        ifExists: 'Set its "main" to "worker.ts".',
      },
    ],
    needs: ['wrangler'],
    start: 'npx wrangler dev',
    url: 'http://localhost:8787/',
    guide: 'cloudflare-workers.md',
  },
  elysia: {
    title: 'Elysia',
    packages: ['elysia'],
    files: [{ template: 'elysia/server.ts', path: 'server.ts' }],
    needs: ['elysia'],
    start: 'bun {file}',
    url: localUrl,
    guide: 'elysia.md',
  },
  hono: {
    title: 'Hono',
    packages: ['hono'],
    files: [{ template: 'hono/server.mjs', path: 'server.mjs' }],
    needs: ['hono', '@hono/node-server'],
    start: 'node {file}',
    url: localUrl,
    guide: 'hono.md',
  },
  fastify: {
    title: 'Fastify',
    packages: ['fastify'],
    files: [{ template: 'fastify/server.mjs', path: 'server.mjs' }],
    needs: ['fastify'],
    start: 'node {file}',
    url: localUrl,
    guide: 'fastify.md',
  },
  koa: {
    title: 'Koa',
    packages: ['koa'],
    files: [{ template: 'koa/server.mjs', path: 'server.mjs' }],
    needs: ['koa'],
    start: 'node {file}',
    url: localUrl,
    guide: 'koa.md',
  },
  hapi: {
    title: 'Hapi',
    packages: ['@hapi/hapi'],
    files: [{ template: 'hapi/server.mjs', path: 'server.mjs' }],
    needs: ['@hapi/hapi'],
    start: 'node {file}',
    url: localUrl,
    guide: 'hapi.md',
  },
  express: {
    title: 'Express',
    packages: ['express'],
    files: [{ template: 'express/server.mjs', path: 'server.mjs' }],
    needs: ['express'],
    start: 'node {file}',
    url: localUrl,
    guide: 'express.md',
  },
  vercel: {
    title: 'Vercel Functions',
    packages: ['vercel', '@vercel/node', '@vercel/functions'],
    markers: ['vercel.json', 'vercel.ts'],
    files: [{ template: 'vercel/api/gallabox.ts', path: 'api/gallabox.ts' }],
    needs: [],
    start: 'npx vercel dev',
    url: 'http://localhost:3000/api/gallabox',
    guide: 'vercel.md',
  },
  netlify: {
    title: 'Netlify Functions',
    packages: ['@netlify/functions', 'netlify-cli', 'netlify'],
    markers: ['netlify.toml'],
    files: [{ template: 'netlify/netlify/functions/gallabox.mts', path: 'netlify/functions/gallabox.mts' }],
    needs: [],
    start: 'npx netlify dev',
    url: 'http://localhost:8888/webhooks/gallabox',
    guide: 'netlify.md',
  },
  'aws-lambda': {
    title: 'AWS Lambda',
    packages: ['@types/aws-lambda', 'aws-lambda', 'serverless', 'aws-cdk-lib'],
    markers: ['template.yaml', 'template.yml', 'samconfig.toml', 'serverless.yml'],
    files: [
      { template: 'aws-lambda/handler.mjs', path: 'handler.mjs' },
      {
        template: 'aws-lambda/template.yaml',
        path: 'template.yaml',
        ifExists: 'Add the function of the guide to its resources.',
      },
    ],
    needs: [],
    start: 'sam deploy --guided',
    url: 'https://<id>.lambda-url.<region>.on.aws/',
    guide: 'aws-lambda.md',
  },
  supabase: {
    title: 'Supabase Edge Functions',
    packages: ['supabase'],
    markers: ['supabase/config.toml'],
    files: [
      { template: 'supabase/supabase/functions/gallabox/index.ts', path: 'supabase/functions/gallabox/index.ts' },
      {
        template: 'supabase/supabase/config.toml',
        path: 'supabase/config.toml',
        ifExists: 'Add the section [functions.gallabox] with verify_jwt = false.',
      },
    ],
    needs: [],
    importsFromNpm: true,
    start: 'npx supabase functions serve gallabox',
    url: 'http://127.0.0.1:54321/functions/v1/gallabox',
    guide: 'supabase.md',
  },
  deno: {
    title: 'Deno',
    packages: [],
    markers: ['deno.json', 'deno.jsonc', 'deno.lock'],
    files: [{ template: 'deno/main.ts', path: 'main.ts' }],
    needs: [],
    start: 'deno run --allow-net=127.0.0.1:3000 --allow-env=GALLABOX_WEBHOOK_SECRET,PORT {file}',
    url: localUrl,
    guide: 'deno.md',
  },
  bun: {
    title: 'Bun',
    packages: ['@types/bun', 'bun-types'],
    markers: ['bun.lock', 'bun.lockb', 'bunfig.toml'],
    files: [{ template: 'bun/server.ts', path: 'server.ts' }],
    needs: [],
    start: 'bun {file}',
    url: localUrl,
    guide: 'bun.md',
  },
  node: {
    title: 'Node.js without a framework',
    packages: [],
    files: [{ template: 'node/server.mjs', path: 'server.mjs' }],
    needs: [],
    start: 'node {file}',
    url: localUrl,
    guide: 'node.md',
  },
} as const satisfies Readonly<Record<string, Host>>

export type HostName = keyof typeof hosts
