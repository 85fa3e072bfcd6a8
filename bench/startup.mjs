// What importing costs: the library, an empty module that loads node:crypto, and other libraries: npm run bench, or alone.
// Every import is the only one of a fresh process. It must not know what is in the modules.
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

// Making the handler is what loads node:crypto, and nobody imports an adapter without making one.
const subjects = {
  [empty]: { url: new URL('support/only-crypto.mjs', import.meta.url).href },
  'gallabox-webhooks': { url: built('index') },
  ...Object.fromEntries(adapters.map((name) => [`gallabox-webhooks/${name}`, { url: built(name) }])),
  'gallabox-webhooks/testing': { url: built('testing') },
  ...Object.fromEntries(
    adapters
      .filter((name) => name !== 'fastify')
      .map((name) => [`gallabox-webhooks/${name}, and a handler made`, { url: built(name), make: 'webhookHandler' }]),
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

/** How much more than the empty module, in each round. */
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
  bars: compared
    .filter((name) => adapters.some((adapter) => name.startsWith(`gallabox-webhooks/${adapter}`)))
    .map((name) => {
      const { median: found } = more(name, 'ms')
      return { bar: `${name}: at most ${limitMs} ms more`, found: `${found.toFixed(1)} ms`, met: found <= limitMs }
    }),
})
console.log(`${empty} alone: ${median(taken[empty].map(({ ms }) => ms)).toFixed(1)} ms`)
