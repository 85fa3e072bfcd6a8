// Runs each example on its platform, with the packed library: npm run examples [name…].
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cleanEnvironment, createReporter, createServerCheck } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary } from '../support/install.mjs'
import { bunProgram, denoProgram, nextApp, viteApp, worker } from './platforms.mjs'
import { cloudFunction, compiledServers, firebaseFunction, lambdaFunction, nodeServer } from './recipes.mjs'

// Beside node_modules, so that a copy finds the packed library and the frameworks as a user's app does.
const copies = join(e2eFolder, '.examples')
const counts = { passed: 0, failed: 0 }
const reporter = createReporter(counts)
const env = cleanEnvironment(inModules('.cache/home'))

// One entry per example, by its folder.
const examples = {
  express: nodeServer({ get: 404 }),
  fastify: nodeServer({ get: 405 }),
  koa: nodeServer({ get: 405 }),
  node: nodeServer({ get: 405 }),
  hono: nodeServer({ get: 404 }),
  nestjs: compiledServers({ files: { nestjs: 'dist/main.js', 'nestjs on Fastify': 'dist/main.fastify.js' }, get: 405 }),
  'aws-lambda': lambdaFunction(),
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
  deno: denoProgram({ file: 'main.ts' }),
  bun: bunProgram({ file: 'server.ts' }),
}

const startedAt = performance.now()
await installLibrary()
// Imported late: it signs with the installed library.
const checkServer = createServerCheck({ counts, reporter, env, ...(await import('../support/deliveries.mjs')) })
const selected = process.argv.slice(2)
for (const [name, check] of Object.entries(examples)) {
  if (selected.length > 0 && !selected.includes(name)) continue
  const folder = join(copies, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(resolve(e2eFolder, '../examples', name), folder, { recursive: true })
  await check({ name, folder, env, reporter, checkServer })
}

console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude(counts)
