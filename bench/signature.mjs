// Compares verifySignature with the bare digest, a check by hand, and other libraries: npm run bench, or alone.
import { Bench } from 'tinybench'
import { bodies } from './support/bodies.mjs'
import { quick } from './support/options.mjs'
import { report } from './support/report.mjs'
import { format, paired, ratio, rotate } from './support/statistics.mjs'
import { createVerifiers } from './support/verifiers.mjs'

const rounds = quick ? 3 : 31
const msPerTask = quick ? 5 : 25
const limit = 1.1
const bare = 'bare digest'
const ours = 'verifySignature'

/** Repeats a call for about a tenth of a millisecond, so that reading the clock costs little in comparison. */
function repeat({ run, async }, bytes) {
  const times = Math.max(1, Math.round(60_000 / (2000 + bytes)))
  function repeatSync() {
    for (let i = 0; i < times; i++) run()
  }
  async function repeatAsync() {
    for (let i = 0; i < times; i++) await run()
  }
  return async ? repeatAsync : repeatSync
}

/** Returns the median time of a call, for each verifier in each round. */
async function measure(body) {
  const verifiers = Object.entries(await createVerifiers(body))
  const times = Object.fromEntries(verifiers.map(([name]) => [name, []]))
  // The first rounds warm up.
  for (let round = -3; round < rounds; round++) {
    const bench = new Bench({ time: msPerTask, iterations: 1, warmup: false, throws: true })
    for (const [name, verifier] of rotate(verifiers, round + 3)) bench.add(name, repeat(verifier, body.byteLength))
    await bench.run()
    for (const { name, result } of bench.tasks) if (round >= 0) times[name].push(result.latency.p50)
  }
  return times
}

const sizes = Object.keys(bodies)
const times = {}
for (const size of sizes) times[size] = await measure(bodies[size])

const ratios = (name, size) => paired(times[size][name], times[size][bare], ratio)
const names = Object.keys(times[sizes[0]]).filter((name) => name !== bare)
report({
  title: 'Signatures',
  table: [
    ['time, relative to the bare digest', ...sizes],
    ...names.map((name) => [name, ...sizes.map((size) => format(ratios(name, size)))]),
  ],
  budgets: sizes.map((size) => {
    const { median } = ratios(ours, size)
    return { budget: `${ours}, ${size}: at most ${limit}`, found: median.toFixed(3), met: median <= limit }
  }),
})
