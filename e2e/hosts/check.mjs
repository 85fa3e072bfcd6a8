// Starts each host with the packed library and sends to it: npm run hosts [tarball] [name…].
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cleanEnvironment } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary } from '../support/install.mjs'
import { freePorts, run, serve } from '../support/processes.mjs'
import { hosts } from './hosts.mjs'

// Beside node_modules, so that a copy finds the packed library and the frameworks as a user's app does.
const apps = join(e2eFolder, '.hosts')
const counts = { passed: 0, failed: 0 }
const env = cleanEnvironment(inModules('.cache/home'))

/** Runs one part of a check, prints its result and counts it. */
async function report(name, title, work) {
  const startedAt = performance.now()
  try {
    const result = await work()
    counts.passed++
    console.log(`ok    ${name.padEnd(28)} ${result ?? title} (${Math.round(performance.now() - startedAt)} ms)`)
    return true
  } catch (error) {
    counts.failed++
    console.log(`FAIL  ${name.padEnd(28)} ${title}: ${error.message}`)
    return false
  }
}

/** Builds a host, starts it, sends everything to each of its paths, stops it, and compiles it against its types. */
async function checkHost(name, { build, command, cwd = '.', env: more, paths = ['/'], types, note, ...expectations }) {
  const options = { cwd: join(apps, cwd), env }
  if (build && !(await report(name, 'builds', () => run(build[0], build.slice(1), options).then(() => {})))) return
  if (command) {
    for (const path of paths) {
      await report(paths.length > 1 ? `${name} ${path}` : name, 'handles deliveries', async () => {
        const [port] = await freePorts(1)
        const [program, ...args] = command.map((argument) => argument.replace('{port}', `${port}`))
        const ownEnv = { ...env, GALLABOX_WEBHOOK_SECRET: secret, PORT: `${port}`, ...more?.(port) }
        const server = await serve(program, args, { ...options, env: ownEnv, ports: [port] })
        try {
          const { sent, failures } = await sendAll(`http://127.0.0.1:${port}${path}`, server.output, expectations)
          if (failures.length > 0) throw new Error(`${failures.slice(0, 8).join('\n      ')}\n${server.output()}`)
          return `${sent} deliveries${note ? `. ${note}` : ''}`
        } finally {
          await server.stop()
        }
      })
    }
  }
  if (types)
    await report(name, 'compiles', () => run(types[0], types.slice(1), { ...options, cwd: apps }).then(() => {}))
}

const startedAt = performance.now()
const selected = process.argv.slice(2)
const [tarball] = selected[0]?.endsWith('.tgz') ? selected.splice(0, 1) : []
await installLibrary(tarball)
// Imported late: it signs with the installed library.
const { secret, sendAll } = await import('./deliveries.mjs')
rmSync(apps, { recursive: true, force: true })
cpSync(join(e2eFolder, 'hosts/apps'), apps, { recursive: true })

for (const [name, host] of Object.entries(hosts)) {
  if (selected.length === 0 || selected.some((prefix) => name.startsWith(prefix))) await checkHost(name, host)
}

console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude(counts)
