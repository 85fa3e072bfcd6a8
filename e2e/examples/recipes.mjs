// How to build, start and check each kind of example. Each recipe returns a function that takes the example's name, its
// folder and the tools of check.mjs.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inModules } from '../support/install.mjs'
import { freePorts, run } from '../support/processes.mjs'

/** One file for Node.js. `get` is its framework's status for a GET request. */
export function nodeServer({ file = 'server.mjs', get }) {
  return (tools) => checkProgram(tools, tools.name, [file], { get })
}

/**
 * TypeScript, compiled with tsc without a secret. Each of the files is a server, with what it is expected to do. Copies are
 * made after the build. `tests` matches the compiled tests.
 */
export function compiledServers({ files, copies = {}, tests, ...shared }) {
  return async (tools) => {
    if (!(await compile(tools))) return
    for (const [from, to] of Object.entries(copies)) cpSync(join(tools.folder, from), join(tools.folder, to))
    if (tests) await runVitest(tools, tests)
    for (const [title, [file, own]] of Object.entries(files)) {
      await checkProgram(tools, title, [file], { ...shared, ...own })
    }
  }
}

/** Test files, some for Vitest and some for Jest. */
export function testFiles({ vitest, jest }) {
  return async (tools) => {
    await runVitest(tools, vitest)
    const { name, folder, env, reporter } = tools
    const args = [inModules('jest/bin/jest.js'), `--testMatch=**/${jest}`]
    await reporter(name)(`Jest passes ${jest}`, () => run(process.execPath, args, { cwd: folder, env }))
  }
}

/**
 * An AWS Lambda function behind each kind of gateway, with bodies as text and in base64. Where the function fails, the gateway
 * responds 502.
 */
export function lambdaFunction({ file = 'handler.mjs', path = '', throws = 502, ...expectations } = {}) {
  const formats = ['rest-api', 'http-api', 'url', 'load-balancer'].flatMap((format) => [format, `${format}-base64`])
  const paths = Object.fromEntries(formats.map((format) => [`lambda ${format}`, `/${format}${path}`]))
  const gateway = join(import.meta.dirname, '../support/gateway.mjs')
  return (tools) =>
    checkProgram(tools, tools.name, [gateway, file], { paths, readsFirst: true, throws, ...expectations })
}

/** Express on AWS Lambda in each of the wrappers, and a worker behind SQS, which must keep what it rejects out of the queue. */
export function lambdaApps({ apps, path, worker }) {
  return async (tools) => {
    for (const file of apps) await lambdaFunction({ file, path, get: 404, throws: 500 })(tools)
    const { name, folder, reporter, env, secret } = tools
    await reporter(name)(`${worker} handles 1 of 3 messages and returns no failure`, async () => {
      const args = [join(import.meta.dirname, '../support/queue.mjs'), worker]
      const output = await run(process.execPath, args, {
        cwd: folder,
        env: { ...env, GALLABOX_WEBHOOK_SECRET: secret },
      })
      // The two streams may mix in any order.
      const lines = output.trim().split('\n').sort()
      const expected = [
        /^Message\.Received .+/,
        /^failed$/,
        /^rejected signature-mismatch$/,
        /^rejected signature-missing$/,
      ]
      const matches = lines.length === expected.length && expected.every((line, i) => line.test(lines[i].trim()))
      if (!matches) throw new Error(output)
    })
  }
}

/** A Strapi project, compiled with tsc without a secret, in a simulated Strapi. */
export function strapiProject() {
  const strapi = join(import.meta.dirname, '../support/strapi.mjs')
  return async (tools) => {
    if (await compile(tools)) await checkProgram(tools, tools.name, [strapi, 'dist'], { get: 405 })
  }
}

/** A flow of Node-RED. */
export function nodeRedFlow() {
  const args = [inModules('node-red/red.js'), '--userDir', '.', '--settings', 'settings.js']
  return (tools) => checkProgram(tools, tools.name, args, { get: 404, readsFirst: true, startsLate: true })
}

/** A function of Azure Functions, compiled with tsc without a secret, in a simulated host. */
export function azureFunction({ file, path }) {
  const host = join(import.meta.dirname, '../support/azure-host.mjs')
  return async (tools) => {
    if (!(await compile(tools))) return
    await checkProgram(tools, tools.name, [host, file], { paths: { [tools.name]: path }, get: 404, readsFirst: true })
  }
}

/** A Google Cloud function in its Functions Framework. */
export function cloudFunction({ target }) {
  const framework = inModules('@google-cloud/functions-framework/build/src/main.js')
  return (tools) => checkProgram(tools, tools.name, [framework, `--target=${target}`], { readsFirst: true })
}

/** A Firebase function: discovered without a secret, as `firebase deploy` does, then run like one of Google Cloud. */
export function firebaseFunction({ target }) {
  const discover = [inModules('firebase-functions/lib/bin/firebase-functions.js'), '.']
  return async (tools) => {
    const { name, folder, reporter, env } = tools
    const manifest = join(folder, 'manifest.json')
    await reporter(name)('is discovered', async () => {
      const options = { cwd: folder, env: { ...env, FUNCTIONS_MANIFEST_OUTPUT_PATH: manifest } }
      await run(process.execPath, discover, options)
      const { endpoints } = JSON.parse(readFileSync(manifest, 'utf8'))
      if (!(target in endpoints)) throw new Error(`only ${Object.keys(endpoints)} was discovered`)
    })
    await cloudFunction({ target })(tools)
  }
}

async function runVitest({ name, folder, env, reporter }, include) {
  // Without a configuration here, Vitest would take the repository's. A new project of Nest has the globals.
  const config = `export default { test: { globals: true, include: ['${include}'] } }\n`
  writeFileSync(join(folder, 'vitest.config.mjs'), config)
  const args = [inModules('vitest/vitest.mjs'), 'run']
  await reporter(name)(`Vitest passes ${include}`, () => run(process.execPath, args, { cwd: folder, env }))
}

async function compile({ name, folder, env, reporter }) {
  const tsc = [inModules('typescript/bin/tsc'), '-p', '.']
  return (await reporter(name)('tsc', () => run(process.execPath, tsc, { cwd: folder, env }))) !== undefined
}

async function checkProgram({ folder, checkServer }, name, args, { paths, env, startsLate, ...expectations }) {
  const [port] = await freePorts(1)
  const urls = Object.entries(paths ?? { [name]: '/webhooks/gallabox' }).map(([title, path]) => [
    title,
    `http://127.0.0.1:${port}${path}`,
  ])
  await checkServer(name, [process.execPath, ...args], {
    urls: Object.fromEntries(urls),
    ports: [port],
    cwd: folder,
    env: { PORT: `${port}`, ...env },
    probe: startsLate && (() => waitForRoute(urls[0][1])),
    ...expectations,
  })
}

/** Waits until a program that accepts connections also has its routes. */
async function waitForRoute(url) {
  for (let i = 0; i < 100; i++) {
    const { status } = await fetch(url, { method: 'POST' })
    if (status !== 404) return
    await sleep(100)
  }
}
