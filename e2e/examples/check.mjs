// Runs each example on its platform, with the packed library: npm run examples [name…]. Prints the hosts and their versions.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { checkHosts } from '../support/check-hosts.mjs'
import { cleanEnvironment, createReporter, createServerCheck } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary } from '../support/install.mjs'
import { run } from '../support/processes.mjs'
import { describeVersions, readGuides } from './guides.mjs'
import {
  astroApp,
  bunProgram,
  denoProgram,
  netlifyFunction,
  nextApp,
  node22,
  nuxtApp,
  pagesFunctions,
  vercelFunctions,
  viteApp,
  worker,
} from './platforms.mjs'
import {
  azureFunction,
  cloudFunction,
  compiledServers,
  firebaseFunction,
  lambdaApps,
  lambdaFunction,
  nodeRedFlow,
  nodeServer,
  strapiProject,
  testFiles,
} from './recipes.mjs'
import { throwFor } from './throwing.mjs'

// Beside node_modules, so that a copy finds the packed library and the frameworks as a user's app does.
const copies = join(e2eFolder, '.examples')
const env = cleanEnvironment(inModules('.cache/home'))

// One entry per example, by its folder.
const examples = {
  express: nodeServer({ get: 404 }),
  fastify: nodeServer({ get: 405 }),
  koa: nodeServer({ get: 405 }),
  node: nodeServer({ get: 405 }),
  hono: nodeServer({ get: 404 }),
  hapi: nodeServer({ get: 404 }),
  adonisjs: compiledServers({
    files: { adonisjs: ['build/bin/server.js'] },
    // As `node ace build` does.
    copies: { 'package.json': 'build/package.json' },
    env: { NODE_ENV: 'production', HOST: '127.0.0.1' },
    get: 405,
  }),
  strapi: strapiProject(),
  'node-red': nodeRedFlow(),
  'azure-functions': azureFunction({
    file: 'dist/src/functions/gallabox.js',
    path: '/api/webhooks/gallabox',
  }),
  supabase: denoProgram({
    file: 'supabase/functions/gallabox/index.ts',
    // Deno.serve reads it where no port is passed.
    env: (port) => ({ DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` }),
  }),
  nestjs: compiledServers({
    files: {
      // On Express, Nest's parser reads the body first.
      nestjs: ['dist/src/main.js', { readsFirst: true }],
      'nestjs on Fastify': ['dist/src/main.fastify.js'],
    },
    tests: 'dist/test/*.e2e-spec.js',
    get: 404,
  }),
  'aws-lambda': lambdaFunction(),
  'lambda-frameworks': lambdaApps({
    apps: ['serverless-http.mjs', 'serverless-express.mjs'],
    path: '/webhooks/gallabox',
    worker: 'queue-worker.mjs',
  }),
  'google-cloud-functions': cloudFunction({ target: 'gallabox' }),
  firebase: firebaseFunction({ target: 'gallabox' }),
  nextjs: nextApp({ paths: { 'next app': '/webhooks/gallabox', 'next pages': '/api/webhooks/gallabox' } }),
  sveltekit: viteApp({
    build: [inModules('vite/bin/vite.js'), 'build'],
    serve: ['build/index.js'],
    // Above the library's limit, so that the library's limit is the one that applies.
    env: { BODY_SIZE_LIMIT: '2M' },
  }),
  'react-router': viteApp({
    build: [inModules('@react-router/dev/bin.js'), 'build'],
    serve: [inModules('@react-router/serve/dist/cli.js'), 'build/server/index.js'],
    get: 400,
  }),
  'cloudflare-workers': worker({ file: 'worker.ts' }),
  'cloudflare-pages': pagesFunctions({
    database: 'my-app',
    paths: {
      'pages, D1': { path: '/webhooks/gallabox', once: true },
      'pages, queue': { path: '/webhooks/gallabox-queue' },
    },
  }),
  deno: denoProgram({ file: 'main.ts' }),
  bun: bunProgram({ file: 'server.ts' }),
  elysia: bunProgram({ file: 'server.ts' }),
  vercel: vercelFunctions({ files: { 'vercel, Web': 'api/gallabox.ts', 'vercel, Node': 'api/gallabox-node.ts' } }),
  astro: astroApp(),
  nuxt: nuxtApp(),
  netlify: netlifyFunction(),
  testing: testFiles({ vitest: '*/*.test.mjs', jest: '*/*.test.js' }),
  'tanstack-start': viteApp({
    node: node22,
    build: [inModules('vite/bin/vite.js'), 'build'],
    serve: [inModules('srvx/bin/srvx.mjs'), '--prod', 'dist/server/server.js'],
    // The page of the route, which is empty.
    get: 200,
  }),
}

// What a new project of each host depends on. The others are named to init.
const dependencies = {
  express: 'express',
  fastify: 'fastify',
  koa: 'koa',
  hono: 'hono',
  nestjs: '@nestjs/core',
  'google-cloud-functions': '@google-cloud/functions-framework',
  firebase: 'firebase-functions',
  nextjs: 'next',
  sveltekit: '@sveltejs/kit',
  'react-router': '@react-router/dev',
  'cloudflare-workers': 'wrangler',
  elysia: 'elysia',
  hapi: '@hapi/hapi',
  'azure-functions': '@azure/functions',
  adonisjs: '@adonisjs/core',
  strapi: '@strapi/strapi',
  vercel: 'vercel',
  astro: 'astro',
  nuxt: 'nuxt',
  netlify: '@netlify/functions',
  'tanstack-start': '@tanstack/react-start',
}

// Additions to a project of another host. init does not write them.
const additions = new Set(['lambda-frameworks', 'node-red', 'testing'])

/** Lets init write the receiver into a new project, and adds the rest of the example, which the host's starter writes. */
async function createProject(name, folder) {
  const example = resolve(e2eFolder, '../examples', name)
  const manifest = join(folder, 'package.json')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const ownManifest = existsSync(join(example, 'package.json'))
    ? JSON.parse(readFileSync(join(example, 'package.json'), 'utf8'))
    : { private: true }
  const dependency = dependencies[name]
  writeFileSync(manifest, JSON.stringify({ ...ownManifest, dependencies: dependency && { [dependency]: '*' } }))
  if (additions.has(name)) return cpSync(example, folder, { recursive: true })
  const args = [inModules('gallabox-webhooks/dist/cli.js'), 'init', folder, ...(dependency ? [] : ['--host', name])]
  const output = await run(process.execPath, args, { cwd: e2eFolder, env })
  cpSync(example, folder, { recursive: true, force: false })
  return output
}

await installLibrary()
// Imported late: it signs with the installed library.
const deliveries = await import('../support/deliveries.mjs')
const { secret, throwingNote } = deliveries
const guides = await readGuides()

async function checkExample(name, check, { counts, print }) {
  const folder = join(copies, name)
  const reporter = createReporter(counts, print)
  const title = additions.has(name) ? 'is copied' : 'gallabox-webhooks init'
  const created = await reporter(name)(title, async () => {
    await createProject(name, folder)
    throwFor(throwingNote, folder)
    return true
  })
  const checkServer = createServerCheck({ counts, print, reporter, env, ...deliveries })
  if (created) await check({ name, folder, env, secret, reporter, checkServer })
}

const selected = process.argv.slice(2)
const hosts = Object.entries(examples)
  .filter(([name]) => selected.length === 0 || selected.includes(name))
  .map(([name, check]) => ({
    name,
    folder: name,
    versions: guides.has(name) ? describeVersions(guides.get(name)) : '',
    check: (tools) => checkExample(name, check, tools),
  }))
const counts = await checkHosts(hosts)
for (const name of guides.keys()) {
  if (name in examples) continue
  counts.failed++
  console.log(`FAIL  no example starts the files of docs/guides/${name}.md`)
}
conclude(counts)
