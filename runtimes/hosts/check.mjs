// Proves that one handler, made by the packed library, runs and type-checks on every host: npm run hosts [tarball].
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cleanEnvironment, createReporter, createServerCheck } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { findProgram, inModules, installLibrary, runtimes, versions } from '../support/install.mjs'
import { freePorts, run } from '../support/processes.mjs'

const hosts = import.meta.dirname
const cache = inModules('.cache/hosts')
const node = process.execPath
const counts = { passed: 0, failed: 0 }

const env = cleanEnvironment(cache)
const reporter = createReporter(counts)

async function checkNext() {
  const cwd = join(hosts, 'next')
  const cli = inModules('next/dist/bin/next')
  rmSync(join(cwd, '.next'), { recursive: true, force: true })
  const report = reporter('next')
  // It also validates the types of what the route exports.
  const built = await report('next build, no secret set', () => run(node, [cli, 'build'], { cwd, env }))
  if (built === undefined) return
  const [port] = await freePorts(1)
  const urls = { next: `http://127.0.0.1:${port}/webhooks/gallabox` }
  await checkServer('next', [node, cli, 'start', '-H', '127.0.0.1', '-p', `${port}`], { urls, ports: [port], cwd })
}

const denoFlags = ['--no-lock', '--node-modules-dir=manual']

async function checkDeno() {
  const [port] = await freePorts(1)
  const address = `127.0.0.1:${port}`
  const allowed = ['--cached-only', '--no-prompt', `--allow-net=${address}`, '--allow-env=GALLABOX_WEBHOOK_SECRET']
  await checkServer('deno', [findProgram('deno', 'deno'), 'run', ...denoFlags, ...allowed, 'hosts/deno.ts'], {
    urls: { deno: `http://${address}/` },
    ports: [port],
    env: { DENO_SERVE_ADDRESS: `tcp:${address}` },
  })
}

async function checkBun() {
  const [port] = await freePorts(1)
  await checkServer('bun', [findProgram('bun', 'bin/bun'), '--no-install', 'hosts/bun.ts'], {
    urls: { bun: `http://127.0.0.1:${port}/` },
    ports: [port],
    env: { PORT: `${port}` },
  })
}

// The sockets in workerd.capnp, and whether node:crypto is there.
const workers = { 'no-flag': 'undefined', 'nodejs-compat': 'function', today: 'function' }

async function checkWorkerd() {
  const bundle = ['hosts/worker.ts', '--bundle', '--format=esm', '--external:cloudflare:*']
  const built = await reporter('workerd')('bundles', () =>
    run(node, [inModules('esbuild/bin/esbuild'), ...bundle, `--outfile=${join(cache, 'worker.js')}`], {
      cwd: runtimes,
      env,
    }),
  )
  if (built === undefined) return
  const names = Object.keys(workers)
  const sockets = names.flatMap((name) => [name, `${name}-probe`])
  const ports = await freePorts(sockets.length)
  const urlOf = (socket) => `http://127.0.0.1:${ports[sockets.indexOf(socket)]}/`
  const addresses = sockets.map((socket, i) => `--socket-addr=${socket}=127.0.0.1:${ports[i]}`)
  await checkServer('workerd', [findProgram('workerd', 'bin/workerd'), 'serve', 'hosts/workerd.capnp', ...addresses], {
    urls: Object.fromEntries(names.map((name) => [`workerd ${name}`, urlOf(name)])),
    ports,
    async probe() {
      for (const [name, expected] of Object.entries(workers)) {
        await reporter(`workerd ${name}`)(`getBuiltinModule is ${expected}`, async () => {
          const found = await (await fetch(urlOf(`${name}-probe`))).text()
          if (found !== expected) throw new Error(`it is ${found}`)
        })
      }
    },
  })
}

async function checkTypes() {
  for (const host of ['next', 'bun', 'workerd']) {
    const args = [inModules('typescript/bin/tsc'), '-p', `hosts/tsconfig.${host}.json`]
    await reporter(host)('types, tsc', () => run(node, args, { cwd: runtimes, env }))
  }
  const args = ['check', '--all', ...denoFlags, 'hosts/deno.ts']
  await reporter('deno')('types, deno check', () => run(findProgram('deno', 'deno'), args, { cwd: runtimes, env }))
}

async function checkOthers() {
  await checkDeno()
  await checkBun()
  await checkWorkerd()
  await checkTypes()
}

const startedAt = performance.now()
await installLibrary(process.argv[2])
// Only now: it signs with the library.
const checkServer = createServerCheck({ counts, reporter, env, ...(await import('../support/deliveries.mjs')) })
mkdirSync(cache, { recursive: true })
const { next, deno, bun, workerd, typescript } = versions()
console.log(
  `next ${next}, deno ${deno}, bun ${bun}, workerd ${workerd}, typescript ${typescript}, node ${process.version}`,
)

// Two at a time: most of it is the build of Next and the type checks.
await Promise.all([checkNext(), checkOthers()])

console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude('hosts', counts)
