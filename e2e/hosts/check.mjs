// Starts each host with the packed library and sends to it: npm run hosts [tarball] [name…].
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkHosts } from '../support/check-hosts.mjs'
import { cleanEnvironment, createReporter } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary } from '../support/install.mjs'
import { freePorts, run, serve } from '../support/processes.mjs'
import { hosts } from './hosts.mjs'

// Beside node_modules, so that a copy finds the packed library and the frameworks as a user's app does.
const apps = join(e2eFolder, '.hosts')
const env = cleanEnvironment(inModules('.cache/home'))

/** Builds a host, starts it, sends everything to each of its paths, stops it, and compiles it against its types. */
async function checkHost(name, { build, command, cwd = '.', paths = ['/'], types, note, ...host }, { counts, print }) {
  const reporter = createReporter(counts, print)
  const options = { cwd: join(apps, cwd), env }
  if (build && (await reporter(name)('builds', () => run(build[0], build.slice(1), options))) === undefined) return
  const cases = selectCases(host)
  const title = `handles ${cases.length} deliveries${note ? `. ${note}` : ''}`
  for (const path of command ? paths : [])
    await reporter(paths.length > 1 ? `${name} ${path}` : name)(title, () =>
      checkPath(path, { ...host, command, cases, cwd: options.cwd }),
    )
  if (types) await reporter(name)('compiles', () => run(types[0], types.slice(1), { ...options, cwd: apps }))
}

async function checkPath(path, { command, env: more, cases, resets, cwd }) {
  const [port] = await freePorts(1)
  const [program, ...args] = command.map((argument) => argument.replace('{port}', `${port}`))
  const ownEnv = { ...env, GALLABOX_WEBHOOK_SECRET: secret, PORT: `${port}`, ...more?.(port) }
  const server = await serve(program, args, { cwd, env: ownEnv, ports: [port] })
  try {
    const failures = await sendAll(`http://127.0.0.1:${port}${path}`, server.output, { cases, resets })
    if (failures.length > 0) throw new Error(`${failures.slice(0, 8).join('\n      ')}\n${server.output()}`)
  } finally {
    await server.stop()
  }
}

const selected = process.argv.slice(2)
const [tarball] = selected[0]?.endsWith('.tgz') ? selected.splice(0, 1) : []
await installLibrary(tarball)
// Imported late: it signs with the installed library.
const { secret, selectCases, sendAll } = await import('./deliveries.mjs')
rmSync(apps, { recursive: true, force: true })
cpSync(join(e2eFolder, 'hosts/apps'), apps, { recursive: true })

const chosen = Object.entries(hosts)
  .filter(([name]) => selected.length === 0 || selected.some((prefix) => name.startsWith(prefix)))
  .map(([name, host]) => ({ name, folder: host.cwd ?? name, check: (tools) => checkHost(name, host, tools) }))
conclude(await checkHosts(chosen))
