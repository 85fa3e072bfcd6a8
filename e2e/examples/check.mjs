// Runs each example on its platform, with the packed library: npm run examples [name…].
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cleanEnvironment, createReporter, createServerCheck } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary } from '../support/install.mjs'
import { run } from '../support/processes.mjs'
import {
  astroApp,
  bunProgram,
  denoProgram,
  netlifyFunction,
  nextApp,
  node22,
  nuxtApp,
  vercelFunctions,
  viteApp,
  worker,
} from './platforms.mjs'
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
  vercel: vercelFunctions({ files: { 'vercel, Web': 'api/gallabox.ts', 'vercel, Node': 'api/gallabox-node.ts' } }),
  astro: astroApp(),
  nuxt: nuxtApp(),
  netlify: netlifyFunction(),
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
  vercel: 'vercel',
  astro: 'astro',
  nuxt: 'nuxt',
  netlify: '@netlify/functions',
  'tanstack-start': '@tanstack/react-start',
}

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
  const args = [inModules('gallabox-webhooks/dist/cli.js'), 'init', folder, ...(dependency ? [] : ['--host', name])]
  const output = await run(process.execPath, args, { cwd: e2eFolder, env })
  cpSync(example, folder, { recursive: true, force: false })
  return output
}

const startedAt = performance.now()
await installLibrary()
// Imported late: it signs with the installed library.
const checkServer = createServerCheck({ counts, reporter, env, ...(await import('../support/deliveries.mjs')) })
const selected = process.argv.slice(2)
for (const [name, check] of Object.entries(examples)) {
  if (selected.length > 0 && !selected.includes(name)) continue
  const folder = join(copies, name)
  const created = await reporter(name)('gallabox-webhooks init', () => createProject(name, folder))
  if (created !== undefined) await check({ name, folder, env, reporter, checkServer })
}

console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude(counts)
