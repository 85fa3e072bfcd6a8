// How to build and run examples that are not plain Node.js servers. See recipes.mjs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { e2eFolder, findProgram, inModules } from '../support/install.mjs'
import { freePorts, run } from '../support/processes.mjs'
import { findNode } from '../support/programs.mjs'

// For hosts that need it. Where npm has none for this platform, this Node.js must be as new.
export const node22 = findNode('node22').program ?? process.execPath

const path = '/webhooks/gallabox'

const wrangler = inModules('wrangler/bin/wrangler.js')
const wranglerEnv = { WRANGLER_SEND_METRICS: 'false' }

/** A Next.js app: built without a secret, which also validates the types of its routes, then served. */
export function nextApp({ paths }) {
  const cli = inModules('next/dist/bin/next')
  return async ({ name, folder, env, reporter, checkServer }) => {
    // Where the library is installed. Next.js would take the repository's root, which has a lock file too.
    const config = `export default { turbopack: { root: ${JSON.stringify(e2eFolder)} } }\n`
    writeFileSync(join(folder, 'next.config.mjs'), config)
    const build = () => run(process.execPath, [cli, 'build'], { cwd: folder, env })
    if ((await reporter(name)('next build, no secret set', build)) === undefined) return
    const [port] = await freePorts(1)
    const urls = Object.fromEntries(
      Object.entries(paths).map(([title, path]) => [title, `http://127.0.0.1:${port}${path}`]),
    )
    const args = [cli, 'start', '-H', '127.0.0.1', '-p', `${port}`]
    await checkServer(name, [process.execPath, ...args], { urls, ports: [port], cwd: folder })
    await checkTypes('next', { name, env, reporter })
  }
}

/** An app that Vite builds without a secret and a Node.js program serves. */
export function viteApp({ build, serve, env: more, get = 405, node = process.execPath }) {
  return async ({ name, folder, env, reporter, checkServer }) => {
    // React Router looks here for its target runtime and for isbot. Without them, the build would run npm install and
    // replace the pinned versions.
    const manifest = { type: 'module', dependencies: { '@react-router/node': '*', isbot: '*' } }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    const built = await reporter(name)('builds, no secret set', () => run(node, build, { cwd: folder, env }))
    if (built === undefined) return
    const [port] = await freePorts(1)
    await checkServer(name, [node, ...serve], {
      urls: { [name]: `http://127.0.0.1:${port}${path}` },
      ports: [port],
      cwd: folder,
      env: { PORT: `${port}`, HOST: '127.0.0.1', ...more },
      get,
      resets: true,
    })
    await checkTypes(name, { name, env, reporter })
  }
}

/** A Deno program, with only the permissions that it needs. `env` tells it its port. */
export function denoProgram({ file, env: envOf = (port) => ({ PORT: `${port}` }) }) {
  const flags = ['--no-lock', '--node-modules-dir=manual']
  return async ({ name, folder, env, reporter, checkServer }) => {
    const deno = findProgram('deno', 'deno')
    const [port] = await freePorts(1)
    const allowed = ['--cached-only', '--no-prompt', `--allow-net=127.0.0.1:${port}`]
    const variables = '--allow-env=GALLABOX_WEBHOOK_SECRET,PORT'
    await checkServer(name, [deno, 'run', ...flags, ...allowed, variables, join(folder, file)], {
      urls: { [name]: `http://127.0.0.1:${port}${path}` },
      ports: [port],
      env: envOf(port),
    })
    const check = ['check', '--all', ...flags, join(folder, file)]
    await reporter(name)('types, deno check', () => run(deno, check, { cwd: e2eFolder, env }))
  }
}

/** A Bun program. */
export function bunProgram({ file }) {
  return async ({ name, folder, env, reporter, checkServer }) => {
    const [port] = await freePorts(1)
    await checkServer(name, [findProgram('bun', 'bin/bun'), '--no-install', join(folder, file)], {
      urls: { [name]: `http://127.0.0.1:${port}${path}` },
      ports: [port],
      env: { PORT: `${port}` },
    })
    await checkTypes(name, { name, env, reporter })
  }
}

// The sockets in workerd.capnp, and the type of getBuiltinModule in each.
const settings = { 'no-flag': 'undefined', 'nodejs-compat': 'function', today: 'function' }

/** A Cloudflare Worker in workerd: with Node compatibility by its flag, by its date, and without it. */
export function worker({ file }) {
  return async ({ name, folder, env, secret, reporter, checkServer }) => {
    const bundle = [join(folder, file), '--bundle', '--format=esm', '--external:cloudflare:*']
    const esbuild = [inModules('esbuild/bin/esbuild'), ...bundle, `--outfile=${join(folder, 'worker.js')}`]
    const built = await reporter(name)('bundles', () => run(process.execPath, esbuild, { cwd: e2eFolder, env }))
    if (built === undefined) return
    const names = Object.keys(settings)
    const sockets = names.flatMap((setting) => [setting, `${setting}-probe`])
    const ports = await freePorts(sockets.length)
    const urlOf = (socket) => `http://127.0.0.1:${ports[sockets.indexOf(socket)]}/`
    const addresses = sockets.map((socket, i) => `--socket-addr=${socket}=127.0.0.1:${ports[i]}`)
    await checkServer(name, [findProgram('workerd', 'bin/workerd'), 'serve', 'examples/workerd.capnp', ...addresses], {
      urls: Object.fromEntries(names.map((setting) => [`workerd ${setting}`, urlOf(setting)])),
      ports,
      async probe() {
        for (const [setting, expected] of Object.entries(settings)) {
          await reporter(`workerd ${setting}`)(`getBuiltinModule is ${expected}`, async () => {
            const found = await (await fetch(urlOf(`${setting}-probe`))).text()
            if (found !== expected) throw new Error(`it is ${found}`)
          })
        }
      },
    })
    await generateTypes({ folder, env, secret, reporter, name })
    await checkTypes('workerd', { name, env, reporter })
  }
}

// What the guide for Pages adds to wrangler.jsonc for its queue.
const queues = { producers: [{ binding: 'QUEUE', queue: 'gallabox' }] }

/** Functions of Cloudflare Pages in `wrangler pages dev`, with D1 and a queue on this machine. */
export function pagesFunctions({ database, paths }) {
  return async ({ name, folder, env: clean, secret, reporter, checkServer }) => {
    const env = { ...clean, ...wranglerEnv }
    const config = join(folder, 'wrangler.jsonc')
    writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), queues }))
    mkdirSync(join(folder, 'public'), { recursive: true })
    await generateTypes({ folder, env, secret, reporter, name })
    await checkTypes(name, { name, env, reporter })
    const migrate = [wrangler, 'd1', 'migrations', 'apply', database, '--local']
    await reporter(name)('wrangler d1 migrations apply', () => run(node22, migrate, { cwd: folder, env }))
    const [port, inspectorPort] = await freePorts(2)
    const args = ['--ip', '127.0.0.1', '--port', `${port}`, '--inspector-port', `${inspectorPort}`]
    for (const [title, { path, ...expectations }] of Object.entries(paths)) {
      await checkServer(title, [node22, wrangler, 'pages', 'dev', ...args], {
        urls: { [title]: `http://127.0.0.1:${port}${path}` },
        ports: [port],
        cwd: folder,
        env: wranglerEnv,
        get: 404,
        // Its own middleware reads the rest of each body.
        readsFirst: true,
        ...expectations,
      })
    }
  }
}

/** Generates the types of a Worker's bindings, and of its secret in .dev.vars, which `wrangler dev` reads too. */
async function generateTypes({ name, folder, env, secret, reporter }) {
  writeFileSync(join(folder, '.dev.vars'), `GALLABOX_WEBHOOK_SECRET="${secret}"\n`)
  // The types of the runtime are those of @cloudflare/workers-types. To generate them takes eight seconds.
  const types = [wrangler, 'types', '--include-runtime=false']
  await reporter(name)('wrangler types', () => run(node22, types, { cwd: folder, env: { ...env, ...wranglerEnv } }))
}

/** An Astro app, built without a secret into a standalone server. */
export function astroApp() {
  const astro = inModules('astro/bin/astro.mjs')
  return async ({ name, folder, env, reporter, checkServer }) => {
    // Bundles cookie, because the server would find another version beside the other frameworks.
    const config = `import config from './astro.config.mjs'
export default { ...config, vite: { ssr: { noExternal: ['cookie'] } } }\n`
    writeFileSync(join(folder, 'check.config.mjs'), config)
    const build = () => run(node22, [astro, 'build', '--config', 'check.config.mjs'], { cwd: folder, env })
    if ((await reporter(name)('astro build, no secret set', build)) === undefined) return
    const [port] = await freePorts(1)
    await checkServer(name, [node22, 'dist/server/entry.mjs'], {
      urls: { [name]: `http://127.0.0.1:${port}${path}` },
      ports: [port],
      cwd: folder,
      env: { PORT: `${port}`, HOST: '127.0.0.1' },
      get: 404,
      resets: true,
    })
    await checkTypes(name, { name, env, reporter })
  }
}

/** A Nuxt app, built without a secret into a Node.js server. */
export function nuxtApp() {
  const nuxt = inModules('nuxt/bin/nuxt.mjs')
  return async ({ name, folder, env, reporter, checkServer }) => {
    const build = () =>
      run(node22, [nuxt, 'build'], { cwd: folder, env: { ...env, NUXT_TELEMETRY_DISABLED: '1' }, timeoutMs: 300_000 })
    if ((await reporter(name)('nuxt build, no secret set', build)) === undefined) return
    const [port] = await freePorts(1)
    await checkServer(name, [node22, '.output/server/index.mjs'], {
      urls: { [name]: `http://127.0.0.1:${port}${path}` },
      ports: [port],
      cwd: folder,
      env: { PORT: `${port}`, HOST: '127.0.0.1' },
    })
    await checkTypes(name, { name, env, reporter })
  }
}

/** A function of Netlify, in the server that `netlify dev` uses. */
export function netlifyFunction() {
  const server = join(e2eFolder, 'support/netlify.mjs')
  return async ({ name, folder, env, reporter, checkServer }) => {
    const [port] = await freePorts(1)
    await checkServer(name, [node22, server, folder], {
      urls: { [name]: `http://127.0.0.1:${port}${path}` },
      ports: [port],
      env: { PORT: `${port}` },
      readsFirst: true,
    })
    await checkTypes(name, { name, env, reporter })
  }
}

/** Functions of Vercel, each in the development server of its builder. */
export function vercelFunctions({ files }) {
  return async ({ name, folder, env, reporter, checkServer }) => {
    for (const [title, file] of Object.entries(files)) {
      const [port] = await freePorts(1)
      const url = `http://127.0.0.1:${port}/${file.replace(/\.ts$/, '')}`
      const args = ['--import', inModules('tsx/dist/loader.mjs'), inModules('@vercel/node/dist/dev-server.mjs')]
      await checkServer(title, [node22, ...args], {
        urls: { [title]: url },
        ports: [port],
        cwd: folder,
        env: {
          ...{ VERCEL_DEV_PORT: `${port}`, VERCEL_DEV_ENTRYPOINT: file },
          ...{ VERCEL_DEV_CONFIG: '{}', VERCEL_DEV_BUILD_ENV: '{}' },
        },
        probe: () => waitWhile(url, (response) => response.status === 500),
        // Its proxy reads the whole body first, and rejects chunked requests.
        readsFirst: true,
        skip: /chunked/,
      })
    }
    await checkTypes('vercel', { name, env, reporter })
  }
}

/** Waits until a server passes requests on. Some accept connections before that. */
async function waitWhile(url, isNotReady) {
  for (let i = 0; i < 100 && isNotReady(await fetch(url)); i++) await sleep(100)
}

// TypeScript 7 takes about a tenth of the time of TypeScript 5 (measured). compilers/ checks the library's types with each.
async function checkTypes(project, { name, env, reporter }) {
  const args = [inModules('typescript7/bin/tsc'), '-p', `examples/types/${project}.json`]
  await reporter(name)('types, tsc', () => run(process.execPath, args, { cwd: e2eFolder, env }))
}
