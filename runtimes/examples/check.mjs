// Proves that each example runs on what it is an example of, with the packed library: npm run examples [name…].
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cleanEnvironment, createReporter, createServerCheck } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { inModules, installLibrary, runtimes } from '../support/install.mjs'
import { freePorts } from '../support/processes.mjs'

const cache = inModules('.cache/examples')
const counts = { passed: 0, failed: 0 }
const reporter = createReporter(counts)
const env = cleanEnvironment(cache)

// One row an example, by its folder: how it is built, how it is started, and what its framework answers to a GET.
const examples = {
  express: nodeServer({ get: 404 }),
  fastify: nodeServer({ get: 405 }),
  koa: nodeServer({ get: 405 }),
  node: nodeServer({ get: 405 }),
  hono: nodeServer({ get: 404 }),
}

/** An example that is one file for Node.js. */
function nodeServer({ file = 'server.mjs', get }) {
  return async (name, folder) => {
    const [port] = await freePorts(1)
    await checkServer(name, [process.execPath, file], {
      urls: { [name]: `http://127.0.0.1:${port}/webhooks/gallabox` },
      ports: [port],
      cwd: folder,
      env: { PORT: `${port}` },
      get,
    })
  }
}

const startedAt = performance.now()
await installLibrary()
// Only now: it signs with the library.
const checkServer = createServerCheck({ counts, reporter, env, ...(await import('../support/deliveries.mjs')) })
const asked = process.argv.slice(2)
for (const [name, check] of Object.entries(examples)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  // A copy inside node_modules, so that it finds the packed library and the frameworks as an app of a user does.
  const folder = join(cache, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(resolve(runtimes, '../examples', name), folder, { recursive: true })
  await check(name, folder)
}

console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude('examples', counts)
