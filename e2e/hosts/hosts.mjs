// The hosts: how each is built and started, and what is its own.
import { join } from 'node:path'
import { e2eFolder, findProgram, inModules } from '../support/install.mjs'
import { findNode } from '../support/programs.mjs'

const node = process.execPath
// For hosts that need it. Where npm has none for this platform, this Node.js must be as new.
const node22 = findNode('node22').program ?? node

// Reads the whole body before it calls the handler, so it cannot respond earlier.
const readsFirst = /not ended/
// The same, and rejects JSON that is neither an object nor an array.
const parsesObjects = /not ended|^1 B/

/** A function of Vercel, in the development server of its builder. */
function vercelFunction(file) {
  return {
    command: [node22, inModules('@vercel/node/dist/dev-server.mjs')],
    cwd: 'vercel',
    env: (port) => ({
      ...{ VERCEL_DEV_PORT: `${port}`, VERCEL_DEV_ENTRYPOINT: `api/${file}` },
      ...{ VERCEL_DEV_CONFIG: '{}', VERCEL_DEV_BUILD_ENV: '{}' },
    }),
    skip: /chunked|not ended/,
    note: 'Its proxy rejects chunked requests',
  }
}

/** A function of AWS Lambda, behind a simulated gateway. */
function lambdaFunction(file) {
  return {
    command: [node, gateway, file],
    env: () => ({ AWS_LAMBDA_FUNCTION_NAME: 'gallabox' }),
    paths: ['/rest-api', '/http-api', '/load-balancer', '/rest-api-base64', '/load-balancer-base64'],
    skip: readsFirst,
  }
}

/** An app of Nitro 2, built for a platform. */
function nitroApp(preset, host) {
  return {
    cwd: 'nitro',
    build: [node22, inModules('nitropack/dist/cli/index.mjs'), 'build', '--preset', preset],
    ...host,
  }
}

const bun = [findProgram('bun', 'bin/bun'), '--no-install']
const deno = findProgram('deno', 'deno')
const denoFlags = ['--no-lock', '--node-modules-dir=manual']
const tsc = inModules('typescript/bin/tsc')
const gateway = join(import.meta.dirname, '../support/gateway.mjs')
const functionsFramework = inModules('@google-cloud/functions-framework/build/src/main.js')
const next = inModules('next/dist/bin/next')

// Closes the connection after an early response, which a client that is still sending may miss.
const resets = true

// One entry per host.
export const hosts = {
  'vercel /node': vercelFunction('node.mjs'),
  'vercel /express': vercelFunction('express.mjs'),
  'vercel /web, POST': vercelFunction('web-post.mjs'),
  'vercel /web, fetch': vercelFunction('web-fetch.mjs'),
  next: {
    cwd: 'next',
    build: [node, next, 'build'],
    command: [node, next, 'start', '-H', '127.0.0.1', '-p', '{port}'],
    paths: ['/edge', '/node', '/api/webhook'],
    skip: readsFirst,
    note: 'It responds after the end of the request',
  },
  hono: { command: [node, 'web/hono.mjs'], resets },
  'h3 1': { command: [node, 'node/h3.mjs'] },
  'h3 2': { command: [node, 'web/h3.mjs'], resets },
  'elysia, Node': { command: [node, 'web/elysia-node.mjs'], resets },
  'elysia, Bun': { command: [...bun, 'web/elysia-bun.mjs'], resets },
  'elysia, mount': { command: [...bun, 'web/elysia-mount.mjs'], paths: ['/webhook'], resets },
  bun: { command: [...bun, 'web/bun.mjs'], resets },
  deno: {
    command: [
      ...[deno, 'run', ...denoFlags, '--cached-only', '--no-prompt'],
      ...['--allow-net=127.0.0.1:{port}', '--allow-env=GALLABOX_WEBHOOK_SECRET,PORT', 'web/deno.mjs'],
    ],
    resets,
    types: [deno, 'check', '--all', '--check-js', ...denoFlags, 'web/deno.mjs'],
  },
  sveltekit: {
    cwd: 'sveltekit',
    build: [node, inModules('vite/bin/vite.js'), 'build'],
    command: [node, 'build/index.js'],
    // Above the library's limit, so that the library's limit is the one that applies.
    env: () => ({ BODY_SIZE_LIMIT: '8M' }),
    resets,
  },
  'react-router': {
    cwd: 'react-router',
    build: [node, inModules('@react-router/dev/bin.js'), 'build'],
    command: [node, inModules('@react-router/serve/dist/cli.js'), 'build/server/index.js'],
    paths: ['/webhook'],
    resets,
  },
  astro: {
    cwd: 'astro',
    build: [node22, inModules('astro/bin/astro.mjs'), 'build'],
    command: [node22, 'dist/server/entry.mjs'],
    resets,
  },
  'tanstack-start': {
    cwd: 'tanstack-start',
    build: [node22, inModules('vite/bin/vite.js'), 'build'],
    command: [node22, inModules('srvx/bin/srvx.mjs'), '--prod', 'dist/server/server.js'],
    paths: ['/webhook'],
    resets,
  },
  netlify: {
    command: [node22, join(e2eFolder, 'support/netlify.mjs'), 'netlify'],
    skip: readsFirst,
  },
  'handler types, Node': { types: [node, tsc, '-p', 'types'] },
  'handler types, Bun': { types: [node, tsc, '-p', 'types/bun.json'] },
  'handler types, Cloudflare': { types: [node, tsc, '-p', 'types/workers.json'] },
  hapi: { command: [node, 'node/hapi.mjs'], resets },
  'azure functions': {
    command: [node, join(import.meta.dirname, '../support/azure-host.mjs'), 'node/azure.mjs'],
    paths: ['/api/webhook'],
    skip: readsFirst,
  },
  adonisjs: {
    command: [node, 'server.js'],
    cwd: 'adonisjs',
    env: () => ({ NODE_ENV: 'production', HOST: '127.0.0.1' }),
    resets,
  },
  'node-red': {
    command: [node, inModules('node-red/red.js'), '--userDir', '.', '--settings', 'settings.js'],
    cwd: 'node-red',
    paths: ['/webhook'],
    skip: readsFirst,
  },
  'express.text': { command: [node, 'node/express-text.mjs'], skip: readsFirst },
  'koa-body, unparsed kept': { command: [node, 'node/koa-body.mjs'], skip: parsesObjects },
  'fastify, Cloud Functions': {
    command: [node, functionsFramework, '--source=node/fastify-function.mjs', '--target=gallabox'],
    skip: parsesObjects,
  },
  'fastify, express.json': { command: [node, 'node/fastify-express.mjs'], skip: readsFirst },
  'serverless-http, express': lambdaFunction('node/lambda-express.mjs'),
  'serverless-http, koa': lambdaFunction('node/lambda-koa.mjs'),
  'nitro, node-server': nitroApp('node-server', { command: [node22, '.output/server/index.mjs'] }),
  'nitro, aws-lambda': nitroApp('aws-lambda', {
    command: [node22, gateway, '.output/server/index.mjs'],
    paths: ['/rest-api', '/http-api', '/rest-api-base64', '/http-api-base64'],
    skip: readsFirst,
  }),
  'nitro, netlify': nitroApp('netlify', {
    command: [node22, 'netlify.mjs', './.netlify/functions-internal/server/server.mjs'],
    resets,
  }),
}
