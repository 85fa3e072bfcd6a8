// The runtimes: how to run the suite on each, or why it cannot run on this machine.
import { mkdirSync } from 'node:fs'
import { e2eFolder, inModules } from '../support/install.mjs'
import { freePorts, run, serve } from '../support/processes.mjs'
import { findChromium, findInstalled, findNode } from '../support/programs.mjs'
import { runInChromium } from './chromium.mjs'

const cache = inModules('.cache/conformance')
// Nothing else of the environment is passed on. Without NODE_NO_WARNINGS, Node.js 20 warns about JSON imports.
const env = {
  ...{ PATH: process.env.PATH, HOME: cache, NO_COLOR: '1', NODE_NO_WARNINGS: '1' },
  ...{ DENO_DIR: `${cache}/deno`, DENO_NO_UPDATE_CHECK: '1' },
}
const options = { cwd: e2eFolder, env, timeoutMs: 60_000 }

const noNode = 'npm has no such Node.js for this platform'

export const targets = [
  commandTarget('node 20', findNode('node20'), ['conformance/node.mjs'], noNode),
  commandTarget('node 22', findNode('node22'), ['conformance/node.mjs'], noNode),
  commandTarget('node 24', findNode('node24'), ['conformance/node.mjs'], noNode),
  commandTarget('node 26', findNode('node26'), ['conformance/node.mjs'], noNode),
  commandTarget('bun', findInstalled('bun', 'bin/bun'), ['--no-install', 'conformance/bun.mjs']),
  commandTarget('deno', findInstalled('deno', 'deno'), [
    ...['run', '--no-lock', '--node-modules-dir=manual', '--cached-only', '--no-prompt'],
    'conformance/deno.mjs',
  ]),
  workerdTarget('workerd'),
  workerdTarget('workerd nodejs_compat'),
  chromiumTarget(),
]

/** Builds the bundles for the runtimes that cannot load packages. */
export async function makeBundles() {
  mkdirSync(cache, { recursive: true })
  const esbuild = [inModules('esbuild/bin/esbuild'), '--bundle', '--external:cloudflare:*', `--outdir=${cache}`]
  await run(process.execPath, [...esbuild, '--format=esm', 'conformance/worker.mjs', 'conformance/page.mjs'], options)
}

// A program that prints its results as one line of JSON.
function commandTarget(name, { version, program }, args, hint) {
  return {
    name,
    version,
    missing: program ? undefined : hint,
    async run() {
      const output = await run(program, [...args, version], options)
      const line = output.split('\n').find((text) => text.startsWith('[{"title":'))
      if (!line) throw new Error(`it wrote no results\n${output}`)
      return JSON.parse(line)
    },
  }
}

function workerdTarget(name) {
  const { version, program } = findInstalled('workerd', 'bin/workerd')
  return {
    name,
    version,
    async run() {
      const ports = await freePorts(2)
      const sockets = ['workerd', 'workerd nodejs_compat'].map(
        (socket, i) => `--socket-addr=${socket}=127.0.0.1:${ports[i]}`,
      )
      const server = await serve(program, ['serve', 'conformance/workerd.capnp', ...sockets], { ...options, ports })
      try {
        const response = await fetch(`http://127.0.0.1:${ports[name === 'workerd' ? 0 : 1]}/`, {
          signal: AbortSignal.timeout(options.timeoutMs),
        })
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}\n${server.output()}`)
        return await response.json()
      } finally {
        await server.stop()
      }
    },
  }
}

function chromiumTarget() {
  const { version, program } = findChromium()
  return {
    name: 'chromium',
    version,
    missing: program ? undefined : 'install chromium, or set CHROMIUM_PATH',
    run: () => runInChromium(program, version, `${cache}/page.js`, options),
  }
}
