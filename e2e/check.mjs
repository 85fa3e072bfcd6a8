// Installs the packed library once, then runs every check of this folder, one after the other: npm run check.
import { spawn } from 'node:child_process'
import { e2eFolder, installLibrary } from './support/install.mjs'

const checks = ['examples', 'hosts', 'compilers', 'generators', 'conformance', 'stores', 'log-page', 'site']

function runCheck(name) {
  const env = { ...process.env, E2E_LIBRARY_INSTALLED: 'true' }
  const child = spawn(process.execPath, [`${name}/check.mjs`], { cwd: e2eFolder, env, stdio: 'inherit' })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}

const seconds = []
async function timed(name, work) {
  const startedAt = performance.now()
  const result = await work()
  seconds.push(`${name} ${Math.round((performance.now() - startedAt) / 1000)}`)
  return result
}

await timed('install', () => installLibrary())
for (const name of checks) {
  console.log(`\n> ${name}`)
  process.exitCode = await timed(name, () => runCheck(name))
  if (process.exitCode !== 0) break
}
console.log(`\nseconds: ${seconds.join(', ')}`)
