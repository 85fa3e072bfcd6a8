// Whether anything is lost in the long run: hundreds of thousands of deliveries of all sorts through one server of each
// adapter: npm run soak. It must not know what is sent.
import { frameworks } from './soak/frameworks.mjs'
import { soak } from './soak/run.mjs'
import { quick } from './support/options.mjs'
import { report } from './support/report.mjs'

const deliveries = quick ? 10_000 : 200_000
const intervals = 10
const warmUpIntervals = 3
// A leak of 16 bytes a delivery is more than this.
const heapLimitMb = quick ? 5 : 2
const named = process.argv.filter((argument) => frameworks.includes(argument))

/** How much the heap grew over the intervals after the warm-up, by the line that fits them best. */
function heapTrendMb(stocks) {
  const heaps = stocks.slice(warmUpIntervals).map(({ heapMb }) => heapMb)
  const middle = (heaps.length - 1) / 2
  const slope = heaps.reduce((sum, heap, i) => sum + (i - middle) * heap, 0)
  const spread = heaps.reduce((sum, _, i) => sum + (i - middle) ** 2, 0)
  return (slope / spread) * (heaps.length - 1)
}

function print(framework, stock) {
  const { heapMb, externalMb, rssMb, descriptors, handles, unhandled, wrong } = stock
  const memory = `heap ${heapMb.toFixed(2)} MB, external ${externalMb.toFixed(2)} MB, resident ${rssMb.toFixed(1)} MB`
  const held = `${descriptors ?? 'unknown'} descriptors, ${handles} handles`
  console.log(`${framework} ${stock.deliveries}: ${memory}, ${held}, ${unhandled.length} unhandled, ${wrong} wrong`)
}

const rows = []
const bars = []
for (const framework of named.length > 0 ? named : frameworks) {
  const onStock = (stock) => print(framework, stock)
  const { before, stocks, wrong } = await soak(framework, { deliveries, intervals, onStock })
  const { heapMb, rssMb, descriptors, handles, unhandled } = stocks.at(-1)
  const trendMb = heapTrendMb(stocks)
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
  const check = (bar, found, met) => bars.push({ bar: `${framework}: ${bar}`, found: `${found}`, met })
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
  bars,
})
