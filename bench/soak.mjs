// Looks for leaks: sends hundreds of thousands of different deliveries to one server of each adapter: npm run soak.
import { frameworks } from './soak/frameworks.mjs'
import { soak } from './soak/run.mjs'
import { quick } from './support/options.mjs'
import { report } from './support/report.mjs'

const deliveries = quick ? 10_000 : 200_000
const intervals = 10
const warmUpIntervals = 3
// A leak of 16 bytes per delivery exceeds this.
const heapLimitMb = quick ? 5 : 2
const named = process.argv.filter((argument) => frameworks.includes(argument))

/** Returns the growth of the heap over the intervals after the warm-up, by linear regression. */
function heapTrendMb(snapshots) {
  const heaps = snapshots.slice(warmUpIntervals).map(({ heapMb }) => heapMb)
  const middle = (heaps.length - 1) / 2
  const slope = heaps.reduce((sum, heap, i) => sum + (i - middle) * heap, 0)
  const spread = heaps.reduce((sum, _, i) => sum + (i - middle) ** 2, 0)
  return (slope / spread) * (heaps.length - 1)
}

function print(framework, snapshot) {
  const { heapMb, externalMb, rssMb, descriptors, handles, unhandled, wrong } = snapshot
  const memory = `heap ${heapMb.toFixed(2)} MB, external ${externalMb.toFixed(2)} MB, resident ${rssMb.toFixed(1)} MB`
  const held = `${descriptors ?? 'unknown'} descriptors, ${handles} handles`
  console.log(`${framework} ${snapshot.deliveries}: ${memory}, ${held}, ${unhandled.length} unhandled, ${wrong} wrong`)
}

const rows = []
const budgets = []
for (const framework of named.length > 0 ? named : frameworks) {
  const onSnapshot = (snapshot) => print(framework, snapshot)
  const { before, snapshots, wrong } = await soak(framework, { deliveries, intervals, onSnapshot })
  const { heapMb, rssMb, descriptors, handles, unhandled } = snapshots.at(-1)
  const trendMb = heapTrendMb(snapshots)
  const lost = (now, then) => (now === undefined ? 0 : now - then)
  rows.push([
    framework,
    `${trendMb.toFixed(2)} MB`,
    `${heapMb.toFixed(1)} MB`,
    `${rssMb.toFixed(0)} MB`,
    ...[lost(descriptors, before.descriptors), lost(handles, before.handles), unhandled.length, wrong.length].map(
      String,
    ),
  ])
  const check = (budget, found, met) => budgets.push({ budget: `${framework}: ${budget}`, found: `${found}`, met })
  check(`the heap grows by at most ${heapLimitMb} MB`, `${trendMb.toFixed(2)} MB`, trendMb <= heapLimitMb)
  check('no descriptor is lost', descriptors, lost(descriptors, before.descriptors) <= 0)
  check('no handle is lost', handles, lost(handles, before.handles) <= 0)
  check('nothing is unhandled', unhandled[0] ?? 'nothing', unhandled.length === 0)
  check('every status is right', wrong[0] ?? 'all', wrong.length === 0)
}

report({
  title: 'Soak',
  table: [
    ['adapter', 'heap, trend', 'heap', 'resident', 'descriptors lost', 'handles lost', 'unhandled', 'wrong'],
    ...rows,
  ],
  budgets,
})
