// Proves that the packed library gives every vector's answer on every runtime: npm run conformance [tarball].
// It must not know how a runtime is started.

import { conclude } from '../support/conclude.mjs'
import { installLibrary } from '../support/install.mjs'

const inCi = process.env.CI === 'true'
const counts = { passed: 0, failed: 0 }
const complaints = []
// Of one runtime: what is wrong with the first is mostly what is wrong with all.
const shown = 10

function print(...cells) {
  console.log(cells.map((cell, i) => (i < 2 ? `${cell}`.padEnd(22) : `${cell}`.padStart(8))).join(' '))
}

/** Runs the suite on a runtime, and gives the number of its results. */
async function check({ name, version, run }) {
  const startedAt = performance.now()
  const results = await run().catch((error) => [{ title: 'runs', ok: false, error: error.message }])
  const failures = results.filter(({ ok }) => !ok)
  for (const { title, error } of failures.slice(0, shown)) complaints.push(`FAIL  ${name}: ${title}: ${error}`)
  if (failures.length > shown) complaints.push(`FAIL  ${name}: and ${failures.length - shown} more`)
  counts.passed += results.length - failures.length
  counts.failed += failures.length
  const ms = Math.round(performance.now() - startedAt)
  print(name, version, results.length - failures.length, failures.length, `${ms} ms`)
  return results.length
}

const startedAt = performance.now()
await installLibrary(process.argv[2])
// Only now: it looks for programs in what must have been installed.
const { makeBundles, targets } = await import('./targets.mjs')
await makeBundles()

print('runtime', 'version', 'passed', 'failed', 'time')
const sizes = new Map()
// One after the other, so that each has the time to itself.
for (const target of targets) {
  if (target.missing) print(target.name, target.version, '-', '-', 'NOT RUN')
  else sizes.set(target.name, await check(target))
}

// A suite that stopped half way would look like one that passed.
const whole = Math.max(...sizes.values())
for (const [name, size] of sizes) {
  if (size === whole) continue
  counts.failed++
  complaints.push(`FAIL  ${name}: it has ${size} results where others have ${whole}`)
}
for (const { name, missing } of targets.filter((target) => target.missing)) {
  if (inCi) counts.failed++
  complaints.push(`${inCi ? 'FAIL ' : 'NOT RUN'} ${name}: it is not here (${missing}), so nothing is proved of it`)
}

for (const complaint of complaints) console.log(complaint)
console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`)
conclude('conformance', counts)
