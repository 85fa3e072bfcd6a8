// Runs the store contract with the packed library on databases that need Node.js 22: npm run stores [tarball].
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createReporter } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary } from '../support/install.mjs'
import { run } from '../support/processes.mjs'
import { findNode } from '../support/programs.mjs'

const counts = { passed: 0, failed: 0 }
const reporter = createReporter(counts)
const needs = { 'node:sqlite': [], D1: ['miniflare'] }

await installLibrary(process.argv[2])
const { program } = findNode('node22')
for (const [database, packages] of Object.entries(needs)) {
  const missing = [program ?? '', ...packages.map(inModules)].filter((file) => !existsSync(file))
  if (missing.length > 0) {
    console.log(`NOT CHECKED: ${database}. Run npm ci in e2e/.`)
    if (process.env.CI === 'true') counts.failed++
    continue
  }
  await reporter(database)('passes the store contract', () =>
    run(program, [join(e2eFolder, 'stores/contract.mjs'), database], { cwd: e2eFolder, env: process.env }),
  )
}
conclude(counts)
