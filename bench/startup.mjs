// Compares the cost of importing the library, a module that only loads node:crypto, and other libraries: npm run bench,
// or alone. Each import runs in a new process.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { quick } from './support/options.mjs'
import { report } from './support/report.mjs'
import { difference, format, median, paired, rotate } from './support/statistics.mjs'

const rounds = quick ? 3 : 31
const empty = 'only node:crypto'
const limitMs = 5
const adapters = ['express', 'koa', 'fastify', 'node', 'web', 'lambda']

const built = (name) => new URL(`../dist/${name}.js`, import.meta.url).href
const installed = (name) => import.meta.resolve(name)

// Creating the handler loads node:crypto, so both are measured.
const subjects = {
  [empty]: { url: new URL('support/only-crypto.mjs', import.meta.url).href },
  'gallabox-webhooks': { url: built('index') },
  ...Object.fromEntries(adapters.map((name) => [`gallabox-webhooks/${name}`, { url: built(name) }])),
  'gallabox-webhooks/testing': { url: built('testing') },
  ...Object.fromEntries(
    adapters
      .filter((name) => name !== 'fastify')
      .map((name) => [`gallabox-webhooks/${name}, with a handler`, { url: built(name), make: 'webhookHandler' }]),
  ),
  '@line/bot-sdk': { url: installed('@line/bot-sdk') },
  '@octokit/webhooks-methods': { url: installed('@octokit/webhooks-methods') },
  '@octokit/webhooks': { url: installed('@octokit/webhooks') },
  standardwebhooks: { url: installed('standardwebhooks') },
  stripe: { url: installed('stripe') },
}

function importAlone({ url, make = '' }) {
  const args = ['--expose-gc', join(import.meta.dirname, 'support/import.mjs'), url, make]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

const names = Object.keys(subjects)
const taken = Object.fromEntries(names.map((name) => [name, []]))
for (let round = 0; round < rounds; round++) {
  for (const name of rotate(names, round)) taken[name].push(importAlone(subjects[name]))
}

/** Returns the difference from the module that only loads node:crypto, in each round. */
function more(name, measure) {
  const values = (of) => taken[of].map((sample) => sample[measure])
  return paired(values(name), values(empty), difference)
}

const compared = names.filter((name) => name !== empty)
report({
  title: 'Start-up',
  table: [
    [`import, more than ${empty}`, 'ms', 'kB of heap'],
    ...compared.map((name) => [name, format(more(name, 'ms'), 1), format(more(name, 'heapKb'), 0)]),
  ],
  budgets: compared
    .filter((name) => adapters.some((adapter) => name.startsWith(`gallabox-webhooks/${adapter}`)))
    .map((name) => {
      const { median: found } = more(name, 'ms')
      return { budget: `${name}: at most ${limitMs} ms more`, found: `${found.toFixed(1)} ms`, met: found <= limitMs }
    }),
})
console.log(`${empty} alone: ${median(taken[empty].map(({ ms }) => ms)).toFixed(1)} ms`)
