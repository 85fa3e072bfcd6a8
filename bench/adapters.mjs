// Compares each adapter with the same framework with a check by hand, with its own parser and no check, and with another
// library: npm run bench, or node bench/adapters.mjs [framework…].
import { bodies } from './support/bodies.mjs'
import { compareServers, startClient } from './support/bursts.mjs'
import { report } from './support/report.mjs'
import { format, paired, ratio } from './support/statistics.mjs'

const variants = {
  express: ['ours', 'by-hand', 'unverified', 'octokit'],
  koa: ['ours', 'by-hand', 'unverified'],
  fastify: ['ours', 'by-hand', 'unverified'],
  node: ['ours', 'by-hand', 'unverified', 'octokit'],
  web: ['ours', 'by-hand', 'unverified'],
}
const budgets = { 'by-hand': () => 0.95, unverified: (framework) => (framework === 'express' ? 1 : undefined) }
const named = process.argv.filter((argument) => argument in variants)
const frameworks = named.length > 0 ? named : Object.keys(variants)
const { '0.7 kB': small, '4 kB': middle } = bodies

const client = await startClient()
const results = {}
for (const framework of frameworks) {
  results[framework] = await compareServers(client, framework, variants[framework], { '0.7 kB': small, '4 kB': middle })
}
await client.stop()

const cells = frameworks.flatMap((framework) =>
  Object.entries(results[framework]).map(([size, bursts]) => ({ framework, size, bursts })),
)

/** The ratio of our throughput to another's. Above 1, ours is faster. */
function compare({ bursts }, variant) {
  const values = (name) => bursts[name].map((burst) => burst.perCpuMs)
  return variant in bursts ? paired(values('ours'), values(variant), ratio) : undefined
}

function show(compared) {
  return compared ? format(compared) : '–'
}

report({
  title: 'Adapters',
  table: [
    ['ours, relative to', 'body', 'by hand', 'its own parser, no check', '@octokit/webhooks'],
    ...cells.map((cell) => [
      cell.framework,
      cell.size,
      show(compare(cell, 'by-hand')),
      show(compare(cell, 'unverified')),
      show(compare(cell, 'octokit')),
    ]),
  ],
  budgets: cells.flatMap((cell) =>
    Object.entries(budgets).flatMap(([variant, budgetOf]) => {
      const least = budgetOf(cell.framework)
      if (least === undefined) return []
      const { median } = compare(cell, variant)
      const budget = `${cell.framework}, ${cell.size}: at least ${least} of ${variant}`
      return [{ budget, found: median.toFixed(3), met: median >= least }]
    }),
  ),
})
