// Checks the packed library against every test vector on every runtime: npm run conformance [tarball].
import { conclude } from '../support/conclude.mjs'
import { installLibrary } from '../support/install.mjs'

const inCi = process.env.CI === 'true'
const counts = { passed: 0, failed: 0 }
const messages = []
// Per runtime: the first failures usually explain the others.
const maxShown = 10

function print(...cells) {
  console.log(cells.map((cell, i) => (i < 2 ? `${cell}`.padEnd(22) : `${cell}`.padStart(8))).join(' '))
}

/** Runs the suite on a runtime. Returns the number of its results. */
async function check({ name, version, run }) {
  const startedAt = performance.now()
  const results = await run().catch((error) => [{ title: 'runs', ok: false, error: error.message }])
  const failures = results.filter(({ ok }) => !ok)
  for (const { title, error } of failures.slice(0, maxShown)) messages.push(`FAIL  ${name}: ${title}: ${error}`)
  if (failures.length > maxShown) messages.push(`FAIL  ${name}: and ${failures.length - maxShown} more`)
  counts.passed += results.length - failures.length
  counts.failed += failures.length
  const ms = Math.round(performance.now() - startedAt)
  print(name, version, results.length - failures.length, failures.length, `${ms} ms`)
  return results.length
}

const startedAt = performance.now()
await installLibrary(process.argv[2])
// Imported late: it looks for programs among the installed packages.
const { makeBundles, targets } = await import('./targets.mjs')
await makeBundles()

print('runtime', 'version', 'passed', 'failed', 'time')
const sizes = new Map()
// One after the other, so that the times are comparable.
for (const target of targets) {
  if (target.missing) print(target.name, target.version, '-', '-', 'NOT RUN')
  else sizes.set(target.name, await check(target))
}

// A suite that stops early would look like one that passed.
const expectedSize = Math.max(...sizes.values())
for (const [name, size] of sizes) {
  if (size === expectedSize) continue
  counts.failed++
  messages.push(`FAIL  ${name}: it has ${size} results, others have ${expectedSize}`)
}
for (const { name, missing } of targets.filter((target) => target.missing)) {
  if (inCi) counts.failed++
  messages.push(`${inCi ? 'FAIL ' : 'NOT RUN'} ${name}: it is not installed (${missing})`)
}

for (const message of messages) console.log(message)
console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude(counts)
